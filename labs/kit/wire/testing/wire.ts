import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Journal, type HopLine, type NoteLine } from '../journal.ts';
import { Looks } from '../look.ts';
import { Runs } from '../runs.ts';
import { Witness, type Claim, type Feed, type Listing, type Reads } from '../witness.ts';

/** A witness over one database file with one table, `things (id)`. */
export interface Wire {
  witness: Witness;
  journal: Journal;
  runs: Runs;
  database: DatabaseSync;
  hops: () => string[];
  notes: (what: string) => NoteLine[];
  close: () => void;
}

export function wire({
  claims = [],
  reads = [],
  feeds = [],
  listings = [],
}: { claims?: Claim[]; reads?: Reads[]; feeds?: Feed[]; listings?: Listing[] } = {}): Wire {
  const folder = mkdtempSync(join(tmpdir(), 'nine-hops-wire-'));
  const file = join(folder, 'db.sqlite');
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL; CREATE TABLE things (id TEXT)');
  const journal = new Journal();
  const runs = new Runs();
  const looks = new Looks(() => file);
  const hops = (): string[] =>
    journal.lines
      .filter((line): line is HopLine => line.type === 'hop')
      .map((h) => `${h.via}.${h.kind}.${h.from}.${h.to}`);
  return {
    witness: new Witness({ journal, runs, looks, claims, reads, feeds, listings }),
    journal,
    runs,
    database,
    hops,
    notes: (what) =>
      journal.lines.filter((l): l is NoteLine => l.type === 'note' && l.what === what),
    close: () => {
      looks.close();
      database.close();
      journal.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
