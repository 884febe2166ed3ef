import type { Tools } from '../../kit/grade/tools.ts';
import type { HopLine, Line } from '../../kit/wire/journal.ts';
import { missing } from './given.ts';

/** One question of a poller, as the tap saw it, with its answer if there was one. */
export interface Poll {
  /** Which exchange of the tap it was. */
  exchange: number;
  /** When it was asked, in milliseconds on the journal's clock. */
  at: number;
  ifNoneMatch?: string;
  status?: number;
  etag?: string;
  /** Bytes of the reply's body. */
  bytes: number;
  /** Bytes of request and reply, heads and bodies. */
  all: number;
}

/** How long one may wait for the next poll: far longer than the longest pause, and than giving one up. */
const patience = 3_000;

const isHop = (line: Line): line is HopLine => line.type === 'hop' && line.via === 'http';

const asks = (client: string, { from, to }: HopLine): boolean =>
  from === client && to === 'order-service';

/** The polls of a service among a journal's lines, in order. */
export function pollsIn(lines: readonly Line[], client = 'warehouse'): Poll[] {
  const found = new Map<number, Poll>();
  const size = ({ facts }: HopLine): number => Number(facts?.['bytes']) + Number(facts?.['head']);
  for (const line of lines) {
    if (!isHop(line) || line.copy) continue;
    const { facts = {} } = line;
    const exchange = Number(facts['exchange']);
    if (asks(client, line)) {
      const tag = facts['ifNoneMatch'];
      const asked = tag === undefined || tag === '' ? {} : { ifNoneMatch: String(tag) };
      found.set(exchange, { exchange, at: line.at, bytes: 0, all: size(line), ...asked });
    } else if (line.from === 'order-service' && line.to === client) {
      const poll = found.get(exchange);
      if (!poll) continue;
      poll.status = Number(facts['status']);
      poll.bytes = Number(facts['bytes']);
      poll.all += size(line);
      if (facts['etag'] !== undefined) poll.etag = String(facts['etag']);
    }
  }
  return [...found.values()];
}

/**
 * Waits for the warehouse's next polls.
 * @param answered whether only those count that had an answer
 * @param since from which line of the journal on they count; from now on, if not given
 * @throws {NotAsExpected} when one does not come within three seconds
 */
export async function nextPolls(
  { lab: { journal, factor } }: Tools,
  count: number,
  { answered = true, since = journal.lines.length }: { answered?: boolean; since?: number } = {},
): Promise<Poll[]> {
  for (;;) {
    const from = journal.lines.length;
    const polls = pollsIn(journal.lines.slice(since)).filter(
      ({ status }) => !answered || status !== undefined,
    );
    if (polls.length >= count) return polls.slice(0, count);
    const isOfPoll = (line: Line): boolean =>
      isHop(line) && (asks('warehouse', line) || line.to === 'warehouse');
    const next = await journal.waitFor(isOfPoll, { timeout: patience * factor, since: from });
    if (!next) throw missing('The warehouse’s next poll', '3,000 ms');
  }
}

/** The pauses from each poll to the next, in milliseconds. */
export const gaps = (polls: readonly Poll[]): number[] =>
  polls.slice(1).map(({ at }, i) => at - polls[i]!.at);
