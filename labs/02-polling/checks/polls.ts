import { NotAsExpected } from '../../kit/grade/errors.ts';
import type { Tools } from '../../kit/grade/tools.ts';
import type { HopLine, Line } from '../../kit/wire/journal.ts';
import type { Run } from '../../kit/wire/runs.ts';
import { exchangeOf } from './given.ts';

/** One question of a poller, as the tap saw it, with its answer if there was one. */
export interface Poll {
  /** Which exchange of the tap it was. */
  exchange: number;
  /** When it was asked, in milliseconds on the journal's clock. */
  at: number;
  /** When its reply crossed, or it was given up; a connection that breaks is over at once. */
  end?: number;
  /** The path with its query, as it was asked for. */
  path: string;
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
    if (line.type === 'note' && line.what === 'gave up' && line.component === client) {
      const given = found.get(Number(line.facts?.['exchange']));
      if (given) given.end = line.at;
    }
    if (!isHop(line) || line.copy) continue;
    const { facts = {} } = line;
    const exchange = Number(facts['exchange']);
    if (asks(client, line)) {
      const tag = facts['ifNoneMatch'];
      const asked = tag === undefined || tag === '' ? {} : { ifNoneMatch: String(tag) };
      const path = String(facts['path']);
      found.set(exchange, { exchange, at: line.at, path, bytes: 0, all: size(line), ...asked });
    } else if (line.from === 'order-service' && line.to === client) {
      const poll = found.get(exchange);
      if (!poll) continue;
      poll.end = line.at;
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
    if (next) continue;
    throw new NotAsExpected({
      headline: 'The warehouse has stopped asking',
      expected: 'polls that go on, with 200 ms between them at the most',
      observed: `none for ${Math.round(patience * factor)} ms`,
    });
  }
}

/** The pauses from the end of each poll to the next one, in milliseconds. */
export const gaps = (polls: readonly Poll[]): number[] =>
  polls.slice(1).map(({ at }, i) => at - (polls[i]!.end ?? polls[i]!.at));

/**
 * Waits for the first poll after the one that brought an order; it must have come already.
 * @param since a line of the journal before the order came
 * @returns the poll that brought it, and the next one
 */
export async function pollAfter(
  t: Tools,
  { run, since }: { run: Run; since: number },
): Promise<[brought: Poll, next: Poll]> {
  const news = exchangeOf(run);
  for (let count = 2; ; count += 1) {
    const polls = await nextPolls(t, count, { since, answered: false });
    const at = polls.findIndex(({ exchange }) => exchange === news);
    const next = polls[at + 1];
    if (at !== -1 && next) return [polls[at]!, next];
  }
}
