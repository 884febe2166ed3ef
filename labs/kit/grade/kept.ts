import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runsFolder } from '../run/paths.ts';
import type { GradeResult } from './results.ts';

const most = 20;

const journals = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.ndjson'))
    .toSorted();

/**
 * A file for a new journal of a lab: `.runs/<slug>/<time>.ndjson`. The file `latest` beside it names
 * the newest; of all, the last 20 are kept.
 */
export function journalFor(slug: string): string {
  const folder = join(runsFolder, slug);
  mkdirSync(folder, { recursive: true });
  const name = `${new Date().toISOString().replaceAll(/[:.]/g, '-')}-${process.pid}.ndjson`;
  writeFileSync(join(folder, 'latest'), `${name}\n`);
  for (const old of journals(folder).slice(0, -(most - 1))) rmSync(join(folder, old));
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
