import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { runsFolder } from '../../../labs/kit/run/paths.ts';
import type { Header } from '../../../labs/kit/wire/journal.ts';

/** A kept journal, for a list. */
export interface KeptJournal {
  name: string;
  startedAt: string;
  broker: string;
}

/** What can be read while others wait, in bytes; about a hundred gradings. */
const longestJournal = 8_000_000;

/** A journal may be long, and its header is not: only so much is read, in bytes. */
const longestHeader = 65_536;

const folderOf = (slug: string): string => join(runsFolder, slug);

/** The journals that a lab has kept, newest first. */
export function journalsOf(slug: string): KeptJournal[] {
  const folder = folderOf(slug);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ndjson'))
    .toSorted()
    .toReversed()
    .flatMap((name) => {
      const header = headerOf(join(folder, name));
      return header ? [{ name, startedAt: header.startedAt, broker: header.broker }] : [];
    });
}

/**
 * What is kept under a name, or why it can't be read.
 * @param command what reads a journal that is too long for a page: `grade 01`
 */
export function journalOf(
  slug: string,
  name: string,
  command: string,
): { text: string; startedAt: string } | { status: 404 | 409; why: string } {
  // Only what the list names: a name is never a path.
  const kept = journalsOf(slug).find((journal) => journal.name === name);
  if (!kept) return { status: 404, why: `got the journal ${name}, expected one that is kept` };
  const file = join(folderOf(slug), name);
  const { size } = statSync(file);
  if (size > longestJournal)
    return {
      status: 409,
      why: `got a journal of ${Math.round(size / 1e6)} MB, expected at most ${longestJournal / 1e6}. Try: npm run ${command} -- --journal ${file}`,
    };
  return { text: readFileSync(file, 'utf8'), startedAt: kept.startedAt };
}

function headerOf(file: string): Header | undefined {
  try {
    const [line = ''] = beginningOf(file).split('\n', 1);
    const header = JSON.parse(line) as Header;
    return header.type === 'header' ? header : undefined;
  } catch {
    return undefined;
  }
}

function beginningOf(file: string): string {
  const fd = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(longestHeader);
    return bytes.toString('utf8', 0, readSync(fd, bytes, 0, longestHeader, 0));
  } finally {
    closeSync(fd);
  }
}
