import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '../run/leftovers.ts';
import { runsFolder } from '../run/paths.ts';
import type { GradeResult } from './results.ts';

/** How many journals of a lab are kept, the new one among them, and how many bytes all but it may have. */
const most = { files: 20, bytes: 100e6 };

const journals = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.ndjson'))
    .toSorted();

/** Whether another process is still writing a journal: its number stands in the name. */
function isOpen(name: string): boolean {
  const pid = Number(/-(\d+)\.ndjson$/.exec(name)?.[1]);
  return pid > 0 && pid !== process.pid && isAlive(pid);
}

/** Removes the oldest journals of a folder until there is room for one more; what is open stays. */
function makeRoom(folder: string): void {
  const newestFirst = journals(folder).toReversed();
  let bytes = 0;
  for (const [i, name] of newestFirst.entries()) {
    const file = join(folder, name);
    // Another grading may have removed it meanwhile.
    bytes += statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    const isTooMuch = i >= most.files - 1 || (i > 0 && bytes > most.bytes);
    if (isTooMuch && !isOpen(name)) rmSync(file, { force: true });
  }
}

/**
 * A file for a new journal of a lab: `.runs/<slug>/<time>.ndjson`. The file `latest` beside it names
 * the newest; of all, the last 20 are kept, as far as the older ones have 100 MB together: a lab that polls
 * for an hour writes some 20 MB.
 */
export function journalFor(slug: string): string {
  const folder = join(runsFolder, slug);
  mkdirSync(folder, { recursive: true });
  const name = `${new Date().toISOString().replaceAll(/[:.]/g, '-')}-${process.pid}.ndjson`;
  writeFileSync(join(folder, 'latest'), `${name}\n`);
  makeRoom(folder);
  return join(folder, name);
}

/** Writes what a grading said so far to `.runs/<slug>/results.json`; returns the file. */
export function keepResult(result: GradeResult): string {
  const folder = join(runsFolder, result.lab);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'results.json');
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  return file;
}
