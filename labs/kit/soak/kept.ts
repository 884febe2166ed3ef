import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runsFolder } from '../run/paths.ts';

/** A verdict that is not what it has to be, with all that was said of it. */
export interface Wrong {
  check: string;
  outcome: string;
  message: string;
}

/** What came of one job: a line of the file. */
export interface Entry {
  /** Of what the verdicts depended on. */
  fingerprint: string;
  variant: string;
  round: number;
  verdicts: number;
  wrong: readonly Wrong[];
  factor: number;
  ms: number;
}

/** Where what a soak has found out so far is kept. */
export const soakFile = (slug: string): string => join(runsFolder, 'soak', `${slug}.ndjson`);

/**
 * What is known already: the entries with this fingerprint. Others, and half a line as a crash leaves
 * it, are left out.
 */
export function readEntries(file: string, fingerprint: string): Entry[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line): Entry[] => {
      try {
        const entry = JSON.parse(line) as Entry;
        return entry.fingerprint === fingerprint ? [entry] : [];
      } catch {
        return [];
      }
    });
}

/** Keeps an entry, as soon as it is known. */
export function keepEntry(file: string, entry: Entry): void {
  mkdirSync(dirname(file), { recursive: true });
  const isCutOff = existsSync(file) && !/(?:^|\n)$/.test(readFileSync(file, 'utf8'));
  appendFileSync(file, `${isCutOff ? '\n' : ''}${JSON.stringify(entry)}\n`);
}
