import { createHash } from 'node:crypto';

/** Whole numbers from a seed: the same seed gives the same ones. */
export class Dice {
  readonly #key: string;
  #rolled = 0;

  constructor(key: string) {
    this.#key = key;
  }

  /** 0 to `sides` − 1, each as likely as the others. */
  roll(sides: number): number {
    this.#rolled += 1;
    const hash = createHash('sha256').update(`${this.#key}/${this.#rolled}`).digest();
    return hash.readUIntBE(0, 6) % sides;
  }

  shuffled<T>(items: readonly T[]): T[] {
    const left = [...items];
    return items.map(() => left.splice(this.roll(left.length), 1)[0]!);
  }
}
