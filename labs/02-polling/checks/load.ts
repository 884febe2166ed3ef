import type { RunOf } from '../../kit/grade/expect.ts';
import type { HopLine, Line } from '../../kit/wire/journal.ts';
import { pollsIn } from './polls.ts';

/** What one way to hear of orders costs, an order. */
export interface Load {
  /** A poller's requests; for events 0, since nobody asks. */
  requests: number;
  /** A poller's requests and replies, or the packets to and from the bus. */
  messages: number;
  /** Of these messages: heads and bodies. */
  bytes: number;
  /** The longest time from the customer’s reply to the news, in milliseconds. */
  staleness: number;
}

/** Whether a hop brings a dependent news: the reply to a poll, or a delivery. */
export const isNewsFor =
  (client: string) =>
  ({ via, to, kind }: HopLine): boolean =>
    to === client && (via === 'mqtt' ? kind === 'deliver' : via === 'http');

/**
 * Counts what crossed the wire for a dependent.
 * @param lines the journal's, of the time that counts
 * @param runs the orders of that time
 */
export function loadOf(lines: readonly Line[], runs: readonly RunOf[], client: string): Load {
  const polls = pollsIn(lines, client);
  const packets = lines.filter(
    (line): line is HopLine => line.type === 'hop' && line.via === 'mqtt',
  );
  const isTold = polls.length === 0;
  const answers = polls.filter(({ status }) => status !== undefined);
  const messages = isTold ? packets.length : polls.length + answers.length;
  const bytes = isTold
    ? packets.reduce((sum, { facts }) => sum + Number(facts?.['bytes']), 0)
    : polls.reduce((sum, { all }) => sum + all, 0);
  const staleness = Math.max(
    ...runs.map(({ run }) => {
      const hops = run.hops as HopLine[];
      const replied = hops.find(({ to }) => to === 'user')?.at ?? run.startAt;
      const heard = hops.find(isNewsFor(client))?.at ?? Infinity;
      return Math.max(0, heard - replied);
    }),
  );
  const [requests, count] = [polls.length, runs.length];
  return {
    requests: requests / count,
    messages: messages / count,
    bytes: bytes / count,
    staleness,
  };
}
