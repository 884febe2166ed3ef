import type { Circumstances } from '../record/circumstances.ts';
import type { Spread } from '../record/statistics.ts';

/** The buses that are compared, as `BROKER_URL` names them. */
export const buses = ['aedes', 'mosquitto'] as const;
export type BusId = (typeof buses)[number];

/** What storms left on one bus. */
export interface Loss {
  lost: Spread;
  twice: Spread;
  /** What the publisher published for all orders. */
  messages: Spread;
}

/** `labs/NN/losses.json`: what storms left of one machine on one day, by variant and bus. */
export interface Losses extends Circumstances {
  format: 1;
  lab: string;
  /** How many storms of each kind. */
  runs: number;
  orders: number;
  kills: number;
  /** The line that installs a bus that was missing, by the bus: it was skipped. */
  skipped: Partial<Record<BusId, string>>;
  variants: readonly { id: string; title: string; on: Partial<Record<BusId, Loss>> }[];
}
