import { NotAsExpected } from '../../kit/grade/errors.ts';
import type { Tools } from '../../kit/grade/tools.ts';
import type { HopLine, Line } from '../../kit/wire/journal.ts';
import type { Run } from '../../kit/wire/runs.ts';

/** The reply of fraud detection to the relay: it has the event. */
export const isTaken = ({ from, kind }: HopLine): boolean =>
  from === 'fraud-detection' && kind === '204';

/** Waits until fraud detection says that it has an event; fails with what it answered instead. */
export async function taken(
  t: Tools,
  run: Run,
  { when = '', within }: { when?: string; within: number },
): Promise<void> {
  if (await t.seen(run, isTaken, within)) return;
  const what = `The reply 204 of Fraud detection${when && ` ${when}`}`;
  throw new NotAsExpected({
    headline: `${what} did not come`,
    expected: `${what}, within ${t.scaled(within)}`,
    observed: answersOf(run.hops as HopLine[], 'fraud-detection'),
  });
}

/** What somebody answered instead, in words: each status once, in the order in which they came. */
function answersOf(hops: readonly HopLine[], name: string): string {
  const all = hops.filter(({ via, from }) => via === 'http' && from === name);
  const kinds = [...new Set(all.map(({ kind }) => kind))];
  if (kinds.length > 0) return `it answered ${kinds.join(', then ')}`;
  const isCalled = hops.some(({ via, to }) => via === 'http' && to === name);
  return isCalled ? 'it was called, and did not answer' : 'it was not called';
}

/** Between fraud detection and the relay. */
const registrations = (t: Tools, since: number): HopLine[] =>
  t.lab.journal.lines.slice(since).filter(isRegistration);
const isRegistration = (line: Line): line is HopLine =>
  line.type === 'hop' &&
  ((line.from === 'fraud-detection' && line.kind === 'put') ||
    (line.from === 'push-relay' && line.to === 'fraud-detection' && line.kind !== 'post'));
const isRegistered = (line: Line): boolean =>
  isRegistration(line) && /^2\d\d$/.test(line.kind) && line.from === 'push-relay';

/**
 * Waits until the relay has taken the endpoint of fraud detection, in this start or since; fails, too, if
 * it is an address at which fraud detection can't be called.
 */
export async function registered(t: Tools, since = 0): Promise<void> {
  const timeout = 2_000 * t.lab.factor;
  if (await t.lab.journal.waitFor(isRegistered, { timeout, since })) {
    mustBeOwn(t);
    return;
  }
  const [first, ...more] = registrations(t, since);
  const put = 'PUT /endpoints/fraud-detection at the relay';
  const answers = answersOf(more, 'push-relay');
  throw new NotAsExpected({
    headline: 'Fraud detection did not register',
    expected: `${put}, again until the relay has answered 200; within ${t.scaled(2_000)} of its start`,
    observed: first
      ? `${put}: ${answers}, and was not asked again in time`
      : 'the relay was not asked',
  });
}

/** What the relay has written down begins with the address at which the taps let it call. */
function mustBeOwn(t: Tools): void {
  const [tap] = t.lab.network.edge('push-relay', 'fraud-detection');
  const own = tap!.url;
  const sql = 'SELECT url, count(*) FROM endpoints GROUP BY url';
  const urls = [...t.tally('push-relay-database', sql).keys()];
  if (urls.length === 0 || urls.some((url) => url === own || url.startsWith(`${own}/`))) return;
  throw new NotAsExpected({
    headline: 'Fraud detection registered an address that is not its own',
    expected: `an address that begins with PUBLIC_URL (${own})`,
    observed: `registered ${urls[0]!.slice(0, 120)}`,
  });
}
