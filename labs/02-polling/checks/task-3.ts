import type { Check } from '../../kit/grade/check.ts';
import { NotAsExpected } from '../../kit/grade/errors.ts';
import type { Tools } from '../../kit/grade/tools.ts';
import type { Line } from '../../kit/wire/journal.ts';
import { newOrder } from './given.ts';
import { learns } from './hears.ts';
import { gaps, nextPolls, pollAfter, pollsIn } from './polls.ts';

/** Clear of both pauses, 50 and 200 ms: a median up to this is short, from that on long, beyond the last too long. */
const [short, long, tooLong] = [125, 150, 300];

const median = (all: readonly number[]): number => all.toSorted((a, b) => a - b)[all.length >> 1]!;

/**
 * The pause that the warehouse has come to, in milliseconds: the median of five, when the first three
 * polls are over, in which it may still grow. One poll that is seen late makes one pause too long and
 * the next too short; a median does not mind.
 */
async function pauseBy(t: Tools, { answered = true } = {}): Promise<number> {
  return median(gaps(await nextPolls(t, 8, { answered })).slice(-5));
}

const doesNotGrow = (during: string): NotAsExpected =>
  new NotAsExpected({
    headline: `The pause between polls ${during} does not grow`,
    expected: 'after some polls without news a pause of 200 ms',
    observed: 'a pause that stays shorter than 150 ms',
  });

function mustBeLong(pause: number, during: string): void {
  if (pause < long) throw doesNotGrow(during);
}

/** A pause may seem too long while the machine is busy: so it is looked at again. */
async function mustNotBeTooLong(
  t: Tools,
  pause: number,
  { during, answered }: { during: string; answered: boolean },
): Promise<void> {
  if (pause <= tooLong || (await pauseBy(t, { answered })) <= tooLong) return;
  throw new NotAsExpected({
    headline: `The pause between polls ${during} grows too long`,
    expected: 'a pause of 200 ms at the most',
    observed: 'longer pauses',
  });
}

/** What news did to the pause: it was not long before, or it is short afterwards, or still long. */
async function afterNews(t: Tools): Promise<'not grown' | 'short' | 'long'> {
  // The first of these polls may come after a pause that still grows.
  const before = Math.max(...gaps(await nextPolls(t, 3)));
  if (before < long) return 'not grown';
  const since = t.lab.journal.lines.length;
  const { run } = await learns(t, newOrder(t));
  const [pause] = gaps(await pollAfter(t, { run, since }));
  return pause! <= short ? 'short' : 'long';
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
      'fetch(url, { signal: AbortSignal.timeout(1_000) }), and setTimeout at the end of the poll, as it is there already.',
    ],
    async run(t) {
      const [tap] = t.lab.network.edge('warehouse', 'order-service');
      const hole = tap!.faults.inject({ kind: 'timeout' }, { first: 1 });
      await nextPolls(t, 1, { answered: false });
      const { lines } = t.lab.journal;
      const since = lines.findLastIndex((line) => line.type === 'note' && line.what === 'fault');
      t.mustHaveBitten(hole, 'a poll that nobody answers');
      const gaveUp = (line: Line): boolean =>
        line.type === 'note' && line.what === 'gave up' && line.component === 'warehouse';
      const timeout = 2_000 * t.lab.factor;
      if (!(await t.lab.journal.waitFor(gaveUp, { timeout, since }))) {
        // The next checks must not suffer from this one's poll.
        await t.lab.restart('warehouse');
        throw new NotAsExpected({
          headline: 'The warehouse waits too long for a poll that nobody answers',
          expected: 'given up within two seconds',
          observed: 'it is still waiting',
        });
      }
      const open = lines.slice(since);
      const end = open.findIndex((line) => line.type === 'note' && line.what === 'gave up');
      const meanwhile = pollsIn(open.slice(0, end)).length;
      if (meanwhile > 0)
        throw new NotAsExpected({
          headline: 'The warehouse polls again while a poll is still open',
          expected: 'one poll at a time',
          observed: 'a second one before the first had an answer or was given up',
        });
      await learns(t, newOrder(t));
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
      'In warehouse.ts: the timer is set anew after each poll. Its pause has to depend on what the poll brought.',
      'pause = news ? 50 : Math.min(2 * pause, 200); setTimeout(run, pause);',
    ],
    async run(t) {
      await learns(t, newOrder(t));
      const [pause, during] = [await pauseBy(t), 'while nothing happens'];
      mustBeLong(pause, during);
      await mustNotBeTooLong(t, pause, { during, answered: true });
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
      // Most of several times: one poll may be seen late on a busy machine.
      const most = 3;
      const seen = { 'not grown': 0, short: 0, long: 0 };
      while (Object.values(seen).every((times) => times < most)) seen[await afterNews(t)] += 1;
      if (seen.short === most) return;
      if (seen['not grown'] === most) throw doesNotGrow('while nothing happens');
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
      const [answered, during] = [false, 'while the order service is away'];
      const pause = await pauseBy(t, { answered });
      mustBeLong(pause, during);
      await mustNotBeTooLong(t, pause, { during, answered });
      await t.lab.restart('order-service');
      await learns(t, newOrder(t));
    },
  },
];
