/**
 * What an HTTP tap can do to an exchange.
 * - `hold`: calls `reached`, and waits for what it returns before it forwards the request
 * - `hold-reply`: the same, once the work is done and before the reply is handed over
 * - `latency`: waits `ms` (± `jitter`) before it forwards the request
 * - `status`: answers itself, the service is never asked; where `reached` is given, once that is over
 * - `reset`: cuts the connection before the request is forwarded
 * - `reset-after`: forwards the request, then cuts the connection instead of handing the reply over
 * - `timeout`: a black hole; neither forwards nor answers
 * - `slow-body`: hands the body over at `bytesPerSecond`
 * - `rewrite`: changes the reply's body
 */
export type HttpFault =
  | { kind: 'hold' | 'hold-reply'; reached: () => Promise<unknown> | void }
  | { kind: 'latency'; ms: number; jitter?: number }
  | { kind: 'status'; status: number; reached?: () => Promise<unknown> | void }
  | { kind: 'reset' }
  | { kind: 'reset-after' }
  | { kind: 'timeout' }
  | { kind: 'slow-body'; bytesPerSecond: number }
  | { kind: 'rewrite'; body: (body: string) => string };

/**
 * A fault in place. `first`: only the first N exchanges are hit. `text`: only those whose path or body
 * contains it. `hits`: how many were hit.
 */
export interface Injected {
  readonly fault: HttpFault;
  readonly first: number;
  readonly text: string;
  hits: number;
}

/** The faults of one edge. The newest that is not used up wins. */
export class Faults {
  #injected: Injected[] = [];

  /** Puts a fault in place and returns it, so that a check can ask whether it bit. */
  inject(
    fault: HttpFault,
    { first = Infinity, text = '' }: { first?: number; text?: string } = {},
  ): Injected {
    const injected: Injected = { fault, first, text, hits: 0 };
    this.#injected.unshift(injected);
    return injected;
  }

  /** The fault for the next exchange, counted as a hit; undefined if none is in place for it. */
  take(text: string): HttpFault | undefined {
    const next = this.#injected.find((i) => i.hits < i.first && text.includes(i.text));
    if (next) next.hits += 1;
    return next?.fault;
  }

  /** Takes one away, and leaves the others. */
  remove(injected: Injected): void {
    this.#injected = this.#injected.filter((i) => i !== injected);
  }

  clear(): void {
    this.#injected = [];
  }
}
