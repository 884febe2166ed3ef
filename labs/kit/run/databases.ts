import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { labFolder } from './paths.ts';
import type { Lab } from './define.ts';

/** The database files of one running lab. Services never create tables: `schema/` does, here. */
export class Databases {
  readonly #folder: string;
  readonly #lab: Lab;

  constructor(lab: Lab, folder: string) {
    this.#lab = lab;
    this.#folder = folder;
  }

  /** The file of a database component. */
  file = (database: string): string => join(this.#folder, `${database}.sqlite`);

  /** Makes every database anew from its schema and fills in the lab's rows. */
  create(): void {
    mkdirSync(this.#folder, { recursive: true });
    for (const [database, { owner }] of Object.entries(this.#lab.databases)) {
      for (const ending of ['', '-wal', '-shm'])
        rmSync(this.file(database) + ending, { force: true });
      const schema = readFileSync(
        join(labFolder(this.#lab.slug), 'schema', `${owner}.sql`),
        'utf8',
      );
      // Write-ahead logging lets the taps read while a service writes.
      this.#with(database, (open) => open.exec(`PRAGMA journal_mode = WAL;\n${schema}`));
    }
    for (const { database, sql, values } of this.#lab.seed ?? []) this.write(database, sql, values);
  }

  /** Writes as the lab, not as a service: a row that only this run knows. */
  write(database: string, sql: string, values: readonly (string | number)[]): void {
    this.#with(database, (open) => open.prepare(sql).run(...values));
  }

  /** Empties what the lab wants anew with other code; numbers that count up go on. */
  empty(): void {
    for (const [database, { anew = false }] of Object.entries(this.#lab.databases)) {
      if (!anew) continue;
      this.#with(database, (open) => {
        const tables = open
          .prepare(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
          )
          .all();
        for (const { name } of tables) open.exec(`DELETE FROM "${String(name)}"`);
      });
    }
  }

  /**
   * Keeps everyone from writing to a database until the function that it returns is called. Readers
   * are not kept out; a writer waits as long as its busy timeout allows.
   * @throws if somebody holds a transaction open
   */
  lock(database: string): () => void {
    const open = new DatabaseSync(this.file(database), { timeout: 250 });
    try {
      open.exec('BEGIN IMMEDIATE');
    } catch (error) {
      open.close();
      throw error;
    }
    return () => {
      open.exec('ROLLBACK');
      open.close();
    };
  }

  #with(database: string, work: (open: DatabaseSync) => void): void {
    const open = new DatabaseSync(this.file(database), { timeout: 1_000 });
    try {
      work(open);
    } finally {
      open.close();
    }
  }
}
