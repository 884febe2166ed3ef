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
  readonly hops: SeenHop[];
  /** Components that a message has brought `value` to. */
  readonly holders: Set<string>;
  /** Store hops already concluded, `write.service-b.database-b`. */
  readonly concluded: Set<string>;
}

/** Tells concurrent runs apart by their ids; never by order. */
export class Runs {
  #active = new Map<string, Run>();
  #count = 0;

  /** Begins a run; an earlier one with the same id ends. */
  begin(run: Pick<Run, 'action' | 'id' | 'startAt'> & { value?: string }): Run {
    this.#count += 1;
    const begun: Run = {
      ...run,
      key: `r${this.#count}`,
      hops: [],
      holders: new Set(),
      concluded: new Set(),
    };
    this.#active.delete(run.id);
    this.#active.set(run.id, begun);
    return begun;
  }

  /** The run that a message belongs to: the youngest whose id it carries. */
  of(text: string): Run | undefined {
    let found: Run | undefined;
    for (const [id, run] of this.#active) if (carries(text, id)) found = run;
    return found;
  }

  /** Every run whose id a text carries, the oldest first: a reply with a list may bring news of several. */
  allIn(text: string): Run[] {
    return [...this.#active.values()].filter(({ id }) => carries(text, id));
  }

  /** The runs that have not ended, the oldest first. */
  active(): Run[] {
    return [...this.#active.values()];
  }

  end(run: Run): void {
    if (this.#active.get(run.id) === run) this.#active.delete(run.id);
  }

  /** Ends all runs: what comes late belongs to none. */
  endAll(): void {
    this.#active.clear();
  }
}

/** Whether a text holds an id as a whole word: `o-1` is not in `o-12`. */
function carries(text: string, id: string): boolean {
  for (let at = text.indexOf(id); at !== -1; at = text.indexOf(id, at + 1))
    if (!isWord(text[at - 1]) && !isWord(text[at + id.length])) return true;
  return false;
}

const isWord = (character: string | undefined): boolean =>
  character !== undefined && /[\w-]/.test(character);
