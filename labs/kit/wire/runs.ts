import type { SeenHop } from '../flow/types.ts';

/**
 * One thing a user does, followed over the wire. `id` is a random value that only this run knows and
 * that its messages carry; `value` is another that only the database knows before the run.
 */
export interface Run {
  readonly key: string;
  readonly action: string;
  readonly id: string;
  readonly value?: string;
  readonly startAt: number;
  /**
   * One of very many at once: its hops are told to this and are in no journal, and what it claims is not
   * looked up.
   */
  readonly crowd?: (hop: SeenHop) => void;
  readonly hops: SeenHop[];
  /** Components that a message has brought `value` to. */
  readonly holders: Set<string>;
  /** Store hops already concluded, `write.service-b.database-b`. */
  readonly concluded: Set<string>;
}

/** Tells concurrent runs apart by their ids; never by order. */
export class Runs {
  /** By id, each with the number that it began as. */
  #active = new Map<string, { run: Run; number: number }>();
  /** Ids that are more than one word: a text has to be searched for each of them. */
  #phrases = new Set<string>();
  #count = 0;

  /** Begins a run; an earlier one with the same id ends. */
  begin(run: Pick<Run, 'action' | 'id' | 'startAt'> & Partial<Pick<Run, 'value' | 'crowd'>>): Run {
    this.#count += 1;
    const begun: Run = {
      ...run,
      key: `r${this.#count}`,
      hops: [],
      holders: new Set(),
      concluded: new Set(),
    };
    this.#active.set(run.id, { run: begun, number: this.#count });
    if (!isOneWord.test(run.id)) this.#phrases.add(run.id);
    return begun;
  }

  /** The run that a message belongs to: the youngest whose id it carries. */
  of(text: string): Run | undefined {
    return this.allIn(text).at(-1);
  }

  /** Every run whose id a text carries, the oldest first: a reply with a list may bring news of several. */
  allIn(text: string): Run[] {
    if (this.#active.size === 0) return [];
    // Each word is looked up: the time that this takes must not grow with the number of runs.
    const words = new Set(text.match(/[\w-]+/g));
    for (const id of this.#phrases) if (carries(text, id)) words.add(id);
    const found = [...words].flatMap((word) => this.#active.get(word) ?? []);
    return found.toSorted((a, b) => a.number - b.number).map(({ run }) => run);
  }

  /** The runs that have not ended, the oldest first. */
  active(): Run[] {
    return [...this.#active.values()].toSorted((a, b) => a.number - b.number).map(({ run }) => run);
  }

  end(run: Run): void {
    if (this.#active.get(run.id)?.run !== run) return;
    this.#active.delete(run.id);
    this.#phrases.delete(run.id);
  }

  /** Ends all runs: what comes late belongs to none. */
  endAll(): void {
    this.#active.clear();
    this.#phrases.clear();
  }
}

const isOneWord = /^[\w-]+$/;

/** Whether a text holds an id as a whole word: `o-1` is not in `o-12`. */
function carries(text: string, id: string): boolean {
  for (let at = text.indexOf(id); at !== -1; at = text.indexOf(id, at + 1))
    if (!isWord(text[at - 1]) && !isWord(text[at + id.length])) return true;
  return false;
}

const isWord = (character: string | undefined): boolean =>
  character !== undefined && /[\w-]/.test(character);
