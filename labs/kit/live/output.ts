import { isCrashNoise } from '../run/crash.ts';
import type { LiveEvent } from './events.ts';

/** Lines of one component in a second: more than anybody reads, and than a page should draw. */
const most = 200;
const longest = 2_000;

type Stream = 'stdout' | 'stderr';

/** What components print, as far as a person can follow: of a flood its beginning, and how much it was. */
export class Output {
  readonly #tell: (event: LiveEvent) => void;
  readonly #last = new Map<string, string>();
  readonly #lines = new Map<string, number>();
  #second: NodeJS.Timeout | undefined;

  constructor(tell: (event: LiveEvent) => void) {
    this.#tell = tell;
  }

  line(component: string, text: string, stream: Stream): void {
    // A client that can't reach the bus says so at each try.
    const isRepeated = stream === 'stderr' && this.#last.get(component) === text;
    this.#last.set(component, text);
    if (isRepeated || (stream === 'stderr' && isCrashNoise(text))) return;
    const lines = (this.#lines.get(component) ?? 0) + 1;
    this.#lines.set(component, lines);
    this.#second ??= setTimeout(() => this.#next(), 1_000);
    if (lines <= most) this.#say(component, text, stream);
  }

  /** Tells no more. */
  stop(): void {
    clearTimeout(this.#second);
  }

  #next(): void {
    this.#second = undefined;
    for (const [component, lines] of this.#lines)
      if (lines > most)
        this.#say(component, `… and ${lines - most} more lines in this second`, 'stderr');
    this.#lines.clear();
  }

  #say(component: string, text: string, stream: Stream): void {
    this.#tell({ is: 'output', component, stream, text: text.slice(0, longest) });
  }
}
