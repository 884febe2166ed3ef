import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '../run/leftovers.ts';
import { runsFolder } from '../run/paths.ts';

/**
 * Takes a lab for this process, since two watchers of the same files would only confuse. A lock whose
 * process is gone is taken over.
 * @returns the function that gives it back
 * @throws if another process has it
 */
export function lockLab(slug: string): () => void {
  const folder = join(runsFolder, slug);
  const file = join(folder, 'lock');
  mkdirSync(folder, { recursive: true });
  const holder = read(file);
  if (holder !== undefined && holder !== process.pid && isAlive(holder))
    throw new Error(
      `[lab] ${slug} runs already: got a running process ${holder}, expected one run a lab at a time. Try: press q there, then start again.`,
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
