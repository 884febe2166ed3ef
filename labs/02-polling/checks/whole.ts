import type { Check } from '../../kit/grade/check.ts';
import { NotAsExpected } from '../../kit/grade/errors.ts';
import type { RunOf } from '../../kit/grade/expect.ts';
import type { Tools } from '../../kit/grade/tools.ts';
import { news, order } from '../flow.ts';
import { loadOf, type Load } from './load.ts';
import { exchangeOf, newOrder, own, savedElsewhere } from './given.ts';
import { nextPolls } from './polls.ts';

/** How many orders there are at least: what a naive poller gets each time. */
const older = 100;

const inAll = (t: Tools): number =>
  t.rows('order-database', 'SELECT count(*) FROM orders WHERE id <> ?', '');

/** Fills the order database up, and waits until the warehouse has read on to its end. */
async function oldShop(t: Tools): Promise<void> {
  const missing = older - inAll(t);
  if (missing <= 0) return;
  const saved = savedElsewhere(
    t,
    Array.from({ length: missing }, () => newOrder(t)),
  );
  await Promise.all(saved.map((one) => t.expect(one).toFollow(news, own)));
}

/**
 * How many polls the contract allows in a time: one each 200 ms, and a few more after each news, until
 * the pause is as long again. On a slow machine the time is longer and the polls are no more.
 */
const mostPolls = (ms: number, newsTimes: number): number => ms / 200 + 4 * newsTimes + 4;

/** Orders as a shop has them: some at once, then none for a while. */
async function busyThenQuiet(t: Tools): Promise<RunOf[]> {
  const acted = await Promise.all([1, 2, 3].map(() => t.act('place-order', { ...newOrder(t) })));
  await Promise.all(acted.map((one) => t.expect(one).toFollow(order)));
  await nextPolls(t, 5);
  return acted;
}

const kilobytes = (bytes: number): string => `${(bytes / 1_000).toFixed(1)} kB`;
const milliseconds = (ms: number): string => `${Math.round(ms)} ms`;
const perOrder = (n: number): string => n.toFixed(1);

const row = (name: string, { messages, bytes, staleness }: Load) => ({
  name,
  values: [perOrder(messages), kilobytes(bytes), milliseconds(staleness)],
});

export const whole: Check[] = [
  {
    id: 'the-load',
    task: 3,
    services: ['order-service', 'warehouse'],
    title:
      'Over busy and quiet moments the warehouse costs less than a naive poller, and misses nothing',
    hops: [3, 4, 5, 6, 7, 8, 9],
    points: 6,
    quick: false,
    hints: [
      'All three together: a cursor makes answers short, an ETag makes empty ones shorter, a growing pause makes them fewer.',
      'Run the other checks first. Then look at the table: which column is not smaller than naive polling’s?',
      'Messages: the pause (task 3). Bytes: the cursor (task 1), then the ETag (task 2).',
    ],
    async run(t) {
      await oldShop(t);
      const { journal } = t.lab;
      const [since, began] = [journal.lines.length, journal.now()];
      const runs: RunOf[] = [];
      for (let i = 0; i < 2; i += 1) runs.push(...(await busyThenQuiet(t)));
      const allowed = mostPolls(
        journal.now() - began,
        new Set(runs.map(({ run }) => exchangeOf(run))).size,
      );
      const lines = journal.lines.slice(since);
      const [naive, yours, events] = (['fraud-detection', 'warehouse', 'analytics'] as const).map(
        (client) => loadOf(lines, runs, client),
      ) as [Load, Load, Load];
      t.measure({
        title: `${runs.length} orders, some at once, with quiet moments between; ${inAll(t)} in the database at the end`,
        columns: ['messages per order', 'bytes per order', 'worst staleness'],
        rows: [row('naive polling', naive), row('yours', yours), row('events', events)],
      });
      const limits = [
        [
          'messages per order',
          yours.requests * runs.length <= allowed,
          'a poll each 200 ms, and some more after news',
        ],
        [
          'bytes per order',
          yours.bytes < 0.5 * naive.bytes,
          'less than half of what naive polling costs',
        ],
        ['worst staleness', yours.staleness < 1_500 * t.lab.factor, 'at most 1,500 ms'],
      ] as const;
      for (const [what, holds, expected] of limits) {
        if (holds) continue;
        const headline = `What the warehouse’s polling costs: ${what}`;
        throw new NotAsExpected({ headline, expected, observed: 'more than that: see the table' });
      }
    },
  },
];
