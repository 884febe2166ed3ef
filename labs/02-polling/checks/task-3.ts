import type { Check } from '../../kit/grade/check.ts';
import { NotAsExpected } from '../../kit/grade/errors.ts';
import type { Tools } from '../../kit/grade/tools.ts';
import { exchangeOf, newOrder, placed } from './given.ts';
import { gaps, nextPolls, pollsIn } from './polls.ts';

/** Three quarters of the longest pause: a timer fires late, never early. */
const longPause = 150;

const mean = (all: readonly number[]): number => all.reduce((sum, ms) => sum + ms, 0) / all.length;

/** The pauses must be long by now; on average, since a poll may be seen late and the next one not. */
function mustBeLong(pauses: readonly number[], during: string): void {
  if (mean(pauses) >= longPause) return;
  throw new NotAsExpected({
    headline: `The pause between polls ${during} does not grow`,
    expected: 'after some polls without news a pause of 200 ms',
    observed: 'a pause that stays shorter than 150 ms',
  });
}

/** Waits until the warehouse pauses long, for some polls; returns that pause. */
async function backedOff(t: Tools, count: number): Promise<number> {
  const pauses = gaps(await nextPolls(t, count)).slice(-2);
  mustBeLong(pauses, 'while nothing happens');
  return mean(pauses);
}

/** Whether the pause after news is short again: nearer to 50 ms than to the long one before it. */
async function recovered(t: Tools, count = 3): Promise<boolean> {
  const long = await backedOff(t, count);
  const since = t.lab.journal.lines.length;
  const { run } = await placed(t, newOrder(t));
  const polls = pollsIn(t.lab.journal.lines.slice(since));
  const news = polls.findIndex(({ exchange }) => exchange === exchangeOf(run));
  const [pause = Infinity] = gaps(polls.slice(news));
  return pause < 0.6 * long;
}

export const task3: Check[] = [
  {
    id: 'one-at-a-time',
    task: 3,
    services: ['warehouse'],
    title:
      'A poll that nobody answers is given up within two seconds, and meanwhile no other leaves',
    hops: [3],
    points: 4,
    quick: true,
    hints: [
      'Who waits without a limit may wait for ever. Who asks again while a question is open makes a slow producer slower still.',
      'In warehouse.ts: the signal of fetch, and a next poll that is planned only when this one has ended.',
      'fetch(url, { signal: AbortSignal.timeout(300) }), and setTimeout at the end of the poll in place of setInterval.',
    ],
    async run(t) {
      const [tap] = t.lab.network.edge('warehouse', 'order-service');
      const hole = tap!.faults.inject({ kind: 'timeout' }, { first: 1 });
      await nextPolls(t, 1, { answered: false });
      const { lines } = t.lab.journal;
      const since = lines.findLastIndex((line) => line.type === 'note' && line.what === 'fault');
      t.mustHaveBitten(hole, 'a poll that nobody answers');
      const what = 'That the warehouse gives up a poll that nobody answers';
      await t.note('warehouse', 'gave up', { what, within: 2_000, since });
      const open = lines.slice(since);
      const end = open.findIndex((line) => line.type === 'note' && line.what === 'gave up');
      const meanwhile = pollsIn(open.slice(0, end)).length;
      if (meanwhile > 0)
        throw new NotAsExpected({
          headline: 'The warehouse polls again while a poll is still open',
          expected: 'one poll at a time',
          observed: 'a second one before the first had an answer or was given up',
        });
      await placed(t, newOrder(t));
    },
  },
  {
    id: 'backs-off',
    task: 3,
    services: ['warehouse'],
    title: 'While nothing happens the pause between polls grows to 200 ms, and no further',
    hops: [3],
    points: 6,
    quick: true,
    hints: [
      'A poll that brought nothing will probably bring nothing again. So ask less often, but never so seldom that news gets too old.',
      'In warehouse.ts: replace setInterval by a timer that is set anew after each poll, with a pause that depends on what the poll brought.',
      'pause = news ? 50 : Math.min(2 * pause, 200); setTimeout(run, pause);',
    ],
    async run(t) {
      await placed(t, newOrder(t));
      const pauses = gaps(await nextPolls(t, 5)).slice(-2);
      mustBeLong(pauses, 'while nothing happens');
      // One timer may fire late; two in a row do not, by so much.
      if (Math.min(...pauses) > 300 + 50 * t.lab.factor)
        throw new NotAsExpected({
          headline: 'The pause between polls grows too long',
          expected: 'a pause of 200 ms at the most',
          observed: 'pauses that go on growing',
        });
    },
  },
  {
    id: 'recovers',
    task: 3,
    services: ['warehouse'],
    title: 'A poll that brings something sets the pause back to 50 ms',
    hops: [3, 4],
    points: 5,
    quick: true,
    hints: [
      'Where one order came there are often more: after news it is worth asking soon.',
      'In warehouse.ts: the pause after a poll that brought orders.',
      'pause = news ? 50 : Math.min(2 * pause, 200);',
    ],
    async run(t) {
      // Twice of three times: one poll may be seen late on a busy machine.
      const seen = [await recovered(t, 4), await recovered(t)];
      if (seen[0] !== seen[1]) seen.push(await recovered(t));
      if (seen.at(-1)) return;
      throw new NotAsExpected({
        headline: 'The pause after news',
        expected: 'a pause of 50 ms',
        observed: 'a pause as long as while nothing happened',
      });
    },
  },
  {
    id: 'producer-away',
    task: 3,
    services: ['warehouse'],
    title:
      'While the order service is away the warehouse asks less often, and goes on when it is back',
    hops: [3, 4],
    points: 5,
    quick: false,
    hints: [
      'A producer that is down is not helped by being asked more. And a consumer that dies of it does not hear when it is back.',
      'In warehouse.ts: fetch rejects when nobody listens. Catch that, and count it as a poll without news.',
      'const news = await poll().catch(() => false);',
    ],
    async run(t) {
      await t.lab.kill('order-service');
      const polls = await nextPolls(t, 4, { answered: false });
      mustBeLong(gaps(polls).slice(-2), 'while the order service is away');
      await t.lab.restart('order-service');
      await placed(t, newOrder(t));
    },
  },
];
