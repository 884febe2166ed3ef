import { all } from './dom.ts';

/** Two components that speak, and the number of their hop. */
export interface Spot {
  from: string;
  to: string;
  n?: number;
}

/** Lights hops on a diagram, on both of its drawings. */
export class Lights {
  readonly #diagram: HTMLElement;

  constructor(diagram: HTMLElement) {
    this.#diagram = diagram;
  }

  /** All off; a bus that is down stays so. */
  clear(): void {
    for (const lit of all(this.#diagram, '.on, .now, .bad'))
      lit.classList.remove('on', 'now', 'bad');
    this.#diagram.classList.remove('running');
  }

  /** Lights a hop; those before it stay lit, dimmer. */
  on(spot: Spot, bad = false): void {
    this.#diagram.classList.add('running');
    for (const lit of all(this.#diagram, '.now')) lit.classList.remove('now');
    for (const part of this.#parts(spot)) part.classList.add(bad ? 'bad' : 'on', 'now');
  }

  /** Marks where a run left its flow. */
  bad(spot: Spot): void {
    for (const part of this.#parts(spot)) part.classList.add('bad');
  }

  down(component: string, isDown: boolean): void {
    for (const part of all(
      this.#diagram,
      `[data-component="${component}"], [data-edge^="${component}--"], [data-edge$="--${component}"]`,
    ))
      part.classList.toggle('down', isDown);
  }

  /** Whether the course draws this hop as event-driven. */
  isEvent(n: number): boolean {
    return all(this.#diagram, `[data-hop="${n}"]`).some((m) =>
      m.classList.contains('event-driven'),
    );
  }

  #parts({ from, to, n }: Spot): HTMLElement[] {
    const lines = `[data-edge="${from}--${to}"], [data-edge="${to}--${from}"]`;
    const parts = all(
      this.#diagram,
      `${lines}, [data-component="${from}"], [data-component="${to}"]`,
    );
    if (n !== undefined)
      for (const line of all(this.#diagram, lines)) parts.push(...all(line, `[data-hop="${n}"]`));
    return parts;
  }
}
