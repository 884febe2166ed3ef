import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { isAlive } from './leftovers.ts';
import { runsFolder } from './paths.ts';

/** Who has a lab, and where others can reach it, if they can. */
export interface Holder {
  pid: number;
  port?: number;
  token?: string;
}

type Purpose = 'watching' | 'grading' | 'soaking';

/** The file that says who has a lab for a purpose. */
export const lockFile = (slug: string, purpose: Purpose): string =>
  join(runsFolder, slug, `${purpose}.lock`);

/**
 * Takes a lab for this process: two watchers of the same files would only confuse, two gradings would
 * write the same results. A lock whose process is gone is taken over.
 * @param purpose what it is taken for; different purposes don't exclude each other
 * @param address where others can reach it: told in the file, which only this user can read
 * @returns the function that gives it back
 * @throws if another process has it
 */
export function lockLab(slug: string, purpose: Purpose, address: Partial<Holder> = {}): () => void {
  const file = lockFile(slug, purpose);
  mkdirSync(join(runsFolder, slug), { recursive: true });
  const holder = holderOf(slug, purpose);
  if (holder && holder.pid !== process.pid) throw taken(slug, purpose, holder);
  const { pid } = process;
  const mine = `${file}-${pid}-${randomBytes(4).toString('hex')}`;
  writeFileSync(mine, JSON.stringify({ pid, ...address }), { mode: 0o600 });
  try {
    // A second name for a file that is whole already: unlike a write, it fails if there is one.
    linkSync(mine, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const other = holderOf(slug, purpose);
    if (other && other.pid !== pid) throw taken(slug, purpose, other);
    // What is left of a process that is gone. The file appears whole, as a rename has it.
    renameSync(mine, file);
  } finally {
    rmSync(mine, { force: true });
  }
  return () => {
    if (read(file)?.pid === pid) rmSync(file, { force: true });
  };
}

/** Who has a lab; undefined if nobody, or a process that is gone. */
export function holderOf(slug: string, purpose: Purpose): Holder | undefined {
  const holder = read(lockFile(slug, purpose));
  return holder && isAlive(holder.pid) ? holder : undefined;
}

const taken = (slug: string, purpose: Purpose, { pid }: Holder): Error =>
  new Error(
    `[lab] ${slug}: ${purpose} runs already: got process ${pid}, expected one at a time. Try: end it there (q or Ctrl-C), then start again.`,
  );

function read(file: string): Holder | undefined {
  try {
    const value = JSON.parse(readFileSync(file, 'utf8')) as Partial<Holder> | number | null;
    const holder = typeof value === 'object' && value !== null ? value : {};
    return typeof holder.pid === 'number' ? { ...holder, pid: holder.pid } : undefined;
  } catch {
    return undefined;
  }
}
