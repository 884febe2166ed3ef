import type { Trouble } from '../run/define.ts';
import type { RunningLab } from '../run/running-lab.ts';
import type { LiveEvent } from './events.ts';

/** What a person makes go wrong by hand, one thing or several at once, and takes back. */
export class Troubles {
  readonly #running: Pick<RunningLab, 'lab' | 'network'>;
  readonly #tell: (event: LiveEvent) => void;
  readonly #undo = new Map<Trouble, () => void>();

  constructor(running: Pick<RunningLab, 'lab' | 'network'>, tell: (event: LiveEvent) => void) {
    this.#running = running;
    this.#tell = tell;
  }

  /** Puts a trouble in place, or takes it back if it is. */
  toggle(id: string): void {
    const trouble = this.#running.lab.troubles?.find((t) => t.id === id);
    if (!trouble) return this.#tell({ is: 'said', error: true, text: `No such trouble: ${id}` });
    if (this.#undo.has(trouble)) return this.#take(trouble);
    this.#undo.set(trouble, trouble.apply(this.#running.network));
    this.#tell({ is: 'trouble', id, title: trouble.title, on: true });
  }

  /** Takes all back: what is checked must not suffer from it. */
  end(): void {
    for (const trouble of this.#undo.keys()) this.#take(trouble);
  }

  #take(trouble: Trouble): void {
    this.#undo.get(trouble)?.();
    this.#undo.delete(trouble);
    this.#tell({ is: 'trouble', id: trouble.id, title: trouble.title, on: false });
  }
}
