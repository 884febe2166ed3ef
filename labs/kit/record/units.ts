import { timeInWords } from '../replay/rows.ts';
import type { Units } from './scenario.ts';

/** A figure as people read it: `6.5 ms`, `3.2`, `1.4 kB`. */
export function figureInWords(value: number, unit: Units[string] | undefined): string {
  if (unit === undefined) return timeInWords(value);
  const number = (n: number): string => n.toLocaleString('en-GB', { maximumFractionDigits: 1 });
  if (unit === 'count') return number(value);
  return value < 1_000 ? `${Math.round(value)} bytes` : `${number(value / 1_000)} kB`;
}
