import { createHash } from 'node:crypto';

/**
 * Random values from a seed. They come in series, each with a name: a value depends on the seed, the
 * name, how often the name was used before, and its place in the series; so a check that is run alone
 * has the values that it had among others.
 */
export class Series {
  readonly #seed: string;
  readonly #used = new Map<string, number>();
  #name = 'lab';
  #count = 0;

  constructor(seed: string) {
    this.#seed = seed;
  }

  /** Begins a series. */
  scope(name: string): void {
    const times = (this.#used.get(name) ?? 0) + 1;
    this.#used.set(name, times);
    this.#name = times === 1 ? name : `${name}#${times}`;
    this.#count = 0;
  }

  /** The series' next value: `o-0123456789`, ten hex digits after the prefix. */
  next(prefix: string): string {
    this.#count += 1;
    const key = `${this.#seed}/${this.#name}/${this.#count}`;
    return `${prefix}-${createHash('sha256').update(key).digest('hex').slice(0, 10)}`;
  }
}
