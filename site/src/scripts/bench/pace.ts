/** How long a hop stays the newest on the diagram; the journal tells the real times. */
const step = 180;
const most = 60;

/** Shows one thing after the other, slowly enough to see; at once for those who want no motion. */
export class Pace {
  #waiting: (() => void)[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  instant = matchMedia('(prefers-reduced-motion: reduce)').matches;
  /** What was before a page came is not shown as if it happened now. */
  past = false;

  do(work: () => void): void {
    this.#waiting.push(work);
    if (this.past || this.instant || this.#waiting.length > most) this.#all();
    else this.#timer ??= setTimeout(() => this.#next(), 0);
  }

  drop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = [];
  }

  #all(): void {
    const works = this.#waiting;
    this.drop();
    for (const work of works) work();
  }

  #next(): void {
    this.#waiting.shift()?.();
    this.#timer = this.#waiting.length > 0 ? setTimeout(() => this.#next(), step) : undefined;
  }
}
