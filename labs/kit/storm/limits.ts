/** Why a storm was ended though it had not come to its end. */
export type Excess = 'messages' | 'time';

/** A right publisher says a thing once, and again after a kill: so many messages an order are far more. */
export const mostMessages = 4;

/** Milliseconds for a whole storm of the usual size: many times what a right one takes on a slow machine. */
export const longest = 80_000;

/**
 * Tells when there is no point in going on: who announces the same again and again keeps a storm up for
 * as long as the machine lets it.
 */
export class Limits {
  /** What the publisher has published so far. */
  #messages = 0;
  readonly #most: number;
  readonly #until: number;

  /**
   * @param orders how many are planned
   * @param now when the storm begins, in milliseconds on any clock
   */
  constructor(orders: number, now: number) {
    this.#most = mostMessages * orders;
    this.#until = now + longest;
  }

  /** The publisher has published. */
  published(): void {
    this.#messages += 1;
  }

  /** What there is too much of at this time; undefined while the storm may go on. */
  excess(now: number): Excess | undefined {
    if (this.#messages > this.#most) return 'messages';
    return now > this.#until ? 'time' : undefined;
  }
}
