import type { Measurement } from '../../kit/grade/results.ts';
import { styles, type Situation, type Style } from '../cast.ts';

/** Latency that the lab puts on the dependent: on the call to it, and on what the bus brings. */
export const slowBy = 250;
export const slow = `slow by ${slowBy} ms`;

/** Measured in milliseconds: once while all is well, and once with the fault. */
export const times = ['latency p50', 'latency p99', 'staleness'] as const;
/** Counted. */
const counts = ['lost', 'refused', 'duplicates', 'messages an order', 'addresses'] as const;
export const measures = [...times, ...counts] as const;

export type Time = (typeof times)[number];
export type Measure = (typeof measures)[number];

/** What was measured of one style in one situation. Of every measure, less is better. */
export interface Figures {
  well: Record<Measure, number>;
  slow: Record<Time, number>;
}
export type OfSituation = Record<Style, Figures>;
export interface Measured {
  of: Record<Situation['id'], OfSituation>;
  /** The machine stood still meanwhile: what it says of times may be wrong. */
  stood: boolean;
}

export const isTime = (measure: Measure): measure is Time =>
  (times as readonly string[]).includes(measure);

/** A figure of one style, as it was measured. */
export const figure = (figures: Figures, measure: Measure, fault?: string): number =>
  fault !== undefined && isTime(measure) ? figures.slow[measure] : figures.well[measure];

/** A figure in words: whole milliseconds, or a count. */
export const inWords = (measure: Measure, value: number): string => {
  if (!isTime(measure)) return String(Math.round(value * 10) / 10);
  return `${Math.round(value).toLocaleString('en-GB')} ms`;
};

/** The table of a situation: what its decision is judged by. */
export function tableOf({ title }: Situation, of: OfSituation): Measurement {
  const row = (name: string, measure: Measure, fault?: string) => ({
    name,
    values: styles.map((style) => inWords(measure, figure(of[style], measure, fault))),
  });
  return {
    title: `${title}: measured in both styles`,
    columns: styles,
    rows: [
      ...measures.map((measure) => row(measure, measure)),
      ...times.map((measure) => row(`${measure}, ${slow}`, measure, slow)),
    ],
  };
}

/** The value that a share of all values does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
