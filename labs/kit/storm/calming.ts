/** What is known of a storm’s orders at a moment. */
export interface Look {
  /** In milliseconds, on any clock. */
  at: number;
  /** Accepted orders without their effect. */
  open: number;
  /** Hops seen so far. */
  hops: number;
}

/** Limits in milliseconds × factor: when there is no more to wait for. None is a verdict on speed. */
const limits = {
  /** Orders are open, and nobody has said a word for so long. */
  silence: 4_000,
  /** Orders are open, and none has got its effect for so long, whatever is said. */
  standstill: 20_000,
  /** All have theirs, and somebody goes on all the same. */
  chatter: 5_000,
};

/** Tells when a storm is over: all have their effect and it is quiet, or nothing moves any more. */
export class Calming {
  readonly #factor: number;
  readonly #quiet: number;
  #last: Look | undefined;
  /** When a hop was seen last, and when an order got its effect. */
  #heardAt = 0;
  #movedAt = 0;

  /** @param quiet milliseconds × factor without a hop, once all orders have had their effect */
  constructor(factor: number, quiet: number) {
    this.#factor = factor;
    this.#quiet = quiet;
  }

  /** Whether there is no more to wait for, as of this look. */
  isOver(look: Look): boolean {
    const { at, open, hops } = look;
    if (hops !== this.#last?.hops) this.#heardAt = at;
    if (open !== this.#last?.open) this.#movedAt = at;
    this.#last = look;
    const passed = (since: number, limit: number): boolean => at - since >= limit * this.#factor;
    return open === 0
      ? passed(this.#heardAt, this.#quiet) || passed(this.#movedAt, limits.chatter)
      : passed(this.#heardAt, limits.silence) || passed(this.#movedAt, limits.standstill);
  }
}
