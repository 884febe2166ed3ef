import { EventEmitter } from 'node:events';
import { closeSync, openSync, writeSync } from 'node:fs';
import type { SeenHop } from '../flow/types.ts';

/** First line of a kept journal: what one has to know to judge it again. */
export interface Header {
  type: 'header';
  format: 1;
  lab: string;
  /** Hash of the lab's flows: a journal is judged by the flows it was recorded under. */
  flow: string;
  seed: string;
  /** Deadlines were multiplied by this, as measured when the lab started. */
  factor: number;
  broker: string;
  versions: Record<string, string>;
  startedAt: string;
}

/** One hop, with what only the journal keeps: which run it belongs to and the facts behind it. */
export interface HopLine extends SeenHop {
  type: 'hop';
  /** The run (one thing a user did) it belongs to, told by a random id; absent if none matched. */
  run?: string;
  /** The same message once more, for another run that it carries: it crossed once. */
  copy?: true;
  facts?: Record<string, string | number | boolean>;
}

/** Something that is no hop but explains hops: a connection, a fault, a process that ended. */
export interface NoteLine {
  type: 'note';
  at: number;
  component: string;
  what: string;
  /** Which of two buses it was on, from 1; absent where there is one. */
  instance?: number;
  detail?: string;
  facts?: Record<string, string | number | boolean>;
}

/** Start and end of a run or a check, and what was said of it. */
export interface MarkLine {
  type: 'mark';
  at: number;
  what: 'run' | 'verdict' | 'check' | 'result';
  [key: string]: unknown;
}

export type Line = HopLine | NoteLine | MarkLine;

/**
 * The ordered record of what the taps saw: in memory, and as NDJSON in a file if one is given.
 * One clock, in milliseconds since the journal began. Lines are written as they come, so that a
 * crash leaves all that was seen.
 */
export class Journal {
  readonly lines: Line[] = [];
  readonly file: string | undefined;
  #events = new EventEmitter();
  #began = performance.now();
  #fd: number | undefined;

  constructor(header?: Header, file?: string) {
    this.#events.setMaxListeners(0);
    this.file = file;
    if (file) this.#fd = openSync(file, 'w');
    if (header) this.#write(header);
  }

  /** Milliseconds since the journal began. */
  now(): number {
    return Math.round((performance.now() - this.#began) * 1000) / 1000;
  }

  /** Appends a line and tells everyone who waits. */
  append(line: Line): void {
    this.lines.push(line);
    this.#write(line);
    this.#events.emit('line', line);
  }

  note(
    component: string,
    what: string,
    detail?: string,
    { facts, instance }: Pick<NoteLine, 'facts' | 'instance'> = {},
  ): void {
    this.append({
      type: 'note',
      at: this.now(),
      component,
      what,
      ...(instance !== undefined && { instance }),
      ...(detail !== undefined && { detail }),
      ...(facts && { facts }),
    });
  }

  mark(what: MarkLine['what'], data: Record<string, unknown>): void {
    this.append({ type: 'mark', at: this.now(), what, ...data });
  }

  /** Calls `listener` for each further line; returns the function that stops it. */
  follow(listener: (line: Line) => void): () => void {
    this.#events.on('line', listener);
    return () => this.#events.off('line', listener);
  }

  /**
   * Resolves with the first line, from index `since` on, that `matches`; with undefined when
   * `timeout` milliseconds have passed without one.
   */
  waitFor<L extends Line = Line>(
    matches: (line: Line) => boolean,
    { timeout, since = 0 }: { timeout: number; since?: number },
  ): Promise<L | undefined> {
    const already = this.lines.slice(since).find(matches);
    if (already) return Promise.resolve(already as L);
    return new Promise((resolve) => {
      const end = (line?: Line): void => {
        stop();
        clearTimeout(timer);
        resolve(line as L | undefined);
      };
      const stop = this.follow((line) => matches(line) && end(line));
      const timer = setTimeout(end, timeout);
    });
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
    this.#events.removeAllListeners();
  }

  #write(line: Header | Line): void {
    if (this.#fd !== undefined) writeSync(this.#fd, `${JSON.stringify(line)}\n`);
  }
}
