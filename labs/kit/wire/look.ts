import { DatabaseSync, type StatementSync } from 'node:sqlite';

/**
 * Looks into the components' database files, read-only. A file is opened on first use and kept; reads
 * wait up to a second for a writer.
 */
export class Looks {
  #files: (database: string) => string;
  #open = new Map<string, DatabaseSync>();
  #statements = new Map<string, StatementSync>();

  /** `files` maps a database component's id to its file. */
  constructor(files: (database: string) => string) {
    this.#files = files;
  }

  /** Runs `sql`, whose first column is a count and which takes the run's id; returns that count. */
  count(database: string, sql: string, id: string): number {
    const row = this.#statement(database, sql).get(id) as Record<string, unknown> | undefined;
    return Number(Object.values(row ?? { n: 0 })[0]);
  }

  /** Runs `sql`, whose rows are an id and a count each; returns the counts by id. */
  tally(database: string, sql: string): Map<string, number> {
    const rows = this.#statement(database, sql)
      .all()
      .map((row) => Object.values(row));
    return new Map(rows.map(([id, count]) => [String(id), Number(count)]));
  }

  close(): void {
    for (const database of this.#open.values()) database.close();
    this.#open.clear();
    this.#statements.clear();
  }

  #statement(database: string, sql: string): StatementSync {
    const key = `${database} ${sql}`;
    let statement = this.#statements.get(key);
    if (!statement) {
      let open = this.#open.get(database);
      if (!open) {
        open = new DatabaseSync(this.#files(database), { readOnly: true, timeout: 1_000 });
        this.#open.set(database, open);
      }
      statement = open.prepare(sql);
      this.#statements.set(key, statement);
    }
    return statement;
  }
}
