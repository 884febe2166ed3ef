import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from './leftovers.ts';
import { runsFolder } from './paths.ts';

/**
 * Takes a lab for this process: two watchers of the same files would only confuse, two gradings would
 * write the same results. A lock whose process is gone is taken over.
 * @param purpose what it is taken for; different purposes don't exclude each other
 * @returns the function that gives it back
 * @throws if another process has it
 */
export function lockLab(slug: string, purpose: 'watching' | 'grading'): () => void {
  const folder = join(runsFolder, slug);
  const file = join(folder, `${purpose}.lock`);
  mkdirSync(folder, { recursive: true });
  const holder = read(file);
  if (holder !== undefined && holder !== process.pid && isAlive(holder))
    throw new Error(
      `[lab] ${slug}: ${purpose} runs already: got process ${holder}, expected one at a time. Try: end it there (q or Ctrl-C), then start again.`,
    );
  writeFileSync(file, String(process.pid));
  return () => {
    if (read(file) === process.pid) rmSync(file, { force: true });
  };
}

function read(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8')) || undefined;
  } catch {
    return undefined;
  }
}
