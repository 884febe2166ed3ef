import { make } from './dom.ts';
import type { Lights } from './lights.ts';

/** A hop's number in its shape, or the empty ring of one that the course doesn't count. */
export const mark = (n: number | undefined, lights: Lights): HTMLElement =>
  n === undefined
    ? make('span', 'n none')
    : make('span', lights.isEvent(n) ? 'n event-driven' : 'n', String(n));
