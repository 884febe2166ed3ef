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

  /** What is in place, in words. */
  get titles(): string[] {
    return [...this.#undo.keys()].map(({ title }) => title);
  }

  /** Puts a trouble in place, or takes it back if it is: then its title is returned. */
  toggle(id: string): string | undefined {
    const trouble = this.#running.lab.troubles?.find((t) => t.id === id);
    if (!trouble) {
      this.#tell({ is: 'said', error: true, text: `No such trouble: ${id}` });
      return undefined;
    }
    if (this.#undo.has(trouble)) {
      this.#take(trouble);
      return trouble.title;
    }
    this.#undo.set(trouble, trouble.apply(this.#running.network));
    this.#tell({ is: 'trouble', id, title: trouble.title, on: true });
    return undefined;
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
