import { setTimeout as wait } from 'node:timers/promises';
import type { RunOf } from '../kit/grade/expect.ts';
import type { Tools } from '../kit/grade/tools.ts';
import type { Measured, Scenario, Units } from '../kit/record/scenario.ts';
import type { Acted } from '../kit/run/acted.ts';
import { isNewsFor, loadOf, type Load } from './checks/load.ts';
import { newOrder } from './checks/given.ts';
import { gaps, nextPolls } from './checks/polls.ts';

const dependents = {
  naive: 'fraud-detection',
  yours: 'warehouse',
  events: 'analytics',
} as const;
type Way = keyof typeof dependents;
const ways = Object.keys(dependents) as Way[];

/** How many orders there were before: a naive poller gets them all, each time. */
const older = 100;
const [idle, away] = [2_000, 1_000];
const within = 10_000;

/** Some older orders, all of them read, and a warehouse that has paused long. */
async function quietShop(t: Tools): Promise<void> {
  const { databases } = t.lab;
  databases.write('order-database', 'DELETE FROM orders', []);
  databases.write(
    'order-database',
    `INSERT INTO orders (id, product_id, quantity)
     WITH RECURSIVE counting(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM counting WHERE i < ?)
     SELECT printf('o-older-%d', i), 'p-lamp', 1 FROM counting`,
    [older],
  );
  for (let polls = await nextPolls(t, 4); ; polls = await nextPolls(t, 4))
    if (polls.every(({ status }) => status === 304) && Math.min(...gaps(polls)) > 150) break;
  // Whoever waited for a poll has to leave its beat: customers order at any time.
  await wait(Math.random() * 300);
}

async function places(t: Tools): Promise<Acted & RunOf> {
  const acted = await t.act('place-order', { ...newOrder(t) });
  if (!acted.reply) throw new Error('[record] the customer got no reply');
  return acted;
}

/** When the news was at each dependent, in milliseconds since the run began. */
async function heard(t: Tools, { run }: RunOf): Promise<Record<Way, number>> {
  const times = ways.map(async (way) => {
    const news = await t.hop(run, isNewsFor(dependents[way]), { what: `News for ${way}`, within });
    return [way, news.at - run.startAt] as const;
  });
  return Object.fromEntries(await Promise.all(times)) as Record<Way, number>;
}

function measured({ run, reply }: Acted, figures: Record<string, number>): Measured {
  return { run, reply: reply!.status, figures };
}

/** Figures of each way: `naive-requests`, `yours-bytes`. */
const each = (loads: Record<Way, Load>, what: readonly (keyof Load)[]): Record<string, number> =>
  Object.fromEntries(
    ways.flatMap((way) => what.map((figure) => [`${way}-${figure}`, loads[way][figure]])),
  );

const loads = (t: Tools, since: number, runs: readonly RunOf[]): Record<Way, Load> => {
  const lines = t.lab.journal.lines.slice(since);
  return Object.fromEntries(
    ways.map((way) => [way, loadOf(lines, runs, dependents[way])]),
  ) as Record<Way, Load>;
};

const units = Object.fromEntries(
  ways.flatMap((way) => [
    [`${way}-requests`, 'count'],
    [`${way}-messages`, 'count'],
    [`${way}-bytes`, 'bytes'],
  ]),
) as Units;

/** What lessons tell of this lab in figures: each way to hear of an order, at the same time. */
export const scenarios: Scenario[] = [
  {
    id: 'order',
    title: 'A customer places an order, and three hear of it in three ways',
    async run(t) {
      await quietShop(t);
      const acted = await places(t);
      const { run } = acted;
      const replied = run.hops.find(({ to }) => to === 'user')!.at - run.startAt;
      const times = await heard(t, acted);
      await nextPolls(t, 1);
      return measured(acted, { replied, ...times });
    },
  },
  {
    id: 'idle',
    title: 'Two seconds in which nobody orders anything, with 101 orders in the database',
    units,
    async run(t) {
      await quietShop(t);
      const acted = await places(t);
      await heard(t, acted);
      await nextPolls(t, 5);
      const since = t.lab.journal.lines.length;
      await wait(idle);
      return measured(acted, each(loads(t, since, [acted]), ['requests', 'messages', 'bytes']));
    },
  },
  {
    id: 'busy',
    title: 'Six orders within two seconds, with 100 older ones in the database: what each costs',
    units,
    async run(t) {
      await quietShop(t);
      const since = t.lab.journal.lines.length;
      const all: (Acted & RunOf)[] = [];
      for (const pause of [100, 500, 0, 300, 0, 700]) {
        all.push(await places(t));
        await wait(pause);
      }
      await Promise.all(all.map((acted) => heard(t, acted)));
      const figures = ['requests', 'messages', 'bytes', 'staleness'] as const;
      return measured(all[0]!, each(loads(t, since, all), figures));
    },
  },
  {
    id: 'producer-away',
    title:
      'The order service stops as soon as it has announced an order; a second later it is back',
    async run(t) {
      await quietShop(t);
      const pollers = [dependents.naive, dependents.yours];
      const taps = pollers.flatMap((client) => t.lab.network.edge(client, 'order-service'));
      // Until it stops nobody gets an answer to a poll: otherwise it would depend on the moment.
      const since = t.lab.journal.lines.length;
      for (const tap of taps) tap.faults.inject({ kind: 'reset' });
      for (const client of pollers)
        await t.note(client, 'fault', { what: `A poll of ${client}`, within, since });
      const acted = await places(t);
      const { run } = acted;
      const isTaken = ({ kind, to }: { kind: string; to: string }): boolean =>
        kind === 'puback' && to === 'order-service';
      await t.hop(run, isTaken, { what: 'The bus’s PUBACK', within });
      await t.lab.kill('order-service');
      for (const tap of taps) tap.faults.clear();
      await wait(away);
      const back = t.lab.journal.now() - run.startAt;
      await t.lab.restart('order-service');
      const times = await heard(t, acted);
      await nextPolls(t, 1);
      return measured(acted, { ...times, back });
    },
  },
];
