import type { Check } from '../../kit/grade/check.ts';
import { NotAsExpected } from '../../kit/grade/errors.ts';
import type { RunOf } from '../../kit/grade/expect.ts';
import type { Tools } from '../../kit/grade/tools.ts';
import type { HopLine, Line } from '../../kit/wire/journal.ts';
import { newsLate, ownPartLate } from '../flow.ts';
import {
  brought,
  mustBeReadOnce,
  mustStandOnce,
  newOrder,
  refuse,
  reserved,
  savedElsewhere,
  type Order,
} from './given.ts';
import { givesBack } from './gives-back.ts';
import { hears, placed } from './hears.ts';
import { nextPolls } from './polls.ts';

/** Without a cursor the reply is the whole list, as ever: fraud detection reads it. */
async function wholeList(t: Tools, { id }: Order): Promise<void> {
  const { journal, factor } = t.lab;
  const asks = (line: Line): boolean =>
    line.type === 'hop' && line.from === 'fraud-detection' && line.via === 'http';
  // By its next question but one it has had a whole reply, and stored it.
  for (let polls = 0; polls < 3; polls += 1)
    await journal.waitFor(asks, { timeout: 3_000 * factor, since: journal.lines.length });
  if (t.rows('fraud-database', 'SELECT count(*) FROM looked_at WHERE order_id = ?', id) > 0) return;
  throw new NotAsExpected({
    headline: 'Fraud detection, which asks without a cursor, does not get the last of 120 orders',
    expected: 'GET /orders without `after`: all orders, as before',
    observed: 'a reply in which the last one is missing',
  });
}

export const task1: Check[] = [
  {
    id: 'each-once',
    task: 1,
    services: ['order-service', 'warehouse'],
    title: 'An order reaches the warehouse once, and is stored before it asks on',
    hops: [3, 4],
    points: 8,
    quick: true,
    hints: [
      'A cursor says how far a reader has read. Whoever asks for what comes after it gets nothing twice.',
      'In order-service.ts the query and the route /orders: only orders after the cursor. In warehouse.ts: ask with the cursor, and store orders and new cursor together.',
      'SELECT … WHERE number > ? ORDER BY number LIMIT 50; reply { orders, next }; in the warehouse fetch(`${ORDER_SERVICE_URL}/orders?after=${encodeURIComponent(cursor)}`), and next goes into the table progress.',
    ],
    async run(t) {
      // From a quiet moment: what was said of it then must not stand in the way of news.
      await nextPolls(t, 2);
      const order = newOrder(t);
      t.replied(await placed(t, order), 201, 'to an order');
      mustStandOnce(t, order);
    },
  },
  {
    id: 'same-second',
    task: 1,
    services: ['order-service', 'warehouse'],
    title:
      'Orders of the same second, and one from a clock that is behind, are neither missed nor read twice',
    hops: [3, 4],
    points: 8,
    quick: true,
    hints: [
      'A time is no cursor: two orders may share one, and another machine’s clock may be behind. “Later than” misses the second of a pair, “not earlier than” reads the first twice.',
      'In order-service.ts: what the cursor is compared with. The table has a column that counts up and that no two orders share.',
      'WHERE number > ? ORDER BY number, and next is the number of the last order in the reply.',
    ],
    async run(t) {
      const order = newOrder(t);
      // By a clock that is ahead: no order before it has that second.
      const at = Math.floor(Date.now() / 1_000) + 60;
      const [first] = savedElsewhere(t, [order], at);
      await hears(t, first!);
      const [sameSecond] = savedElsewhere(t, [newOrder(t)], at);
      await hears(t, sameSecond!);
      const [behind] = savedElsewhere(t, [newOrder(t)], at - 5);
      await hears(t, behind!);
      const together = [1, 2, 3, 4].map(() => newOrder(t));
      await Promise.all(together.map((one) => placed(t, one)));
      for (const one of [order, ...together]) mustStandOnce(t, one);
      // Whoever asks for “not earlier than” has got the first one again meanwhile.
      mustBeReadOnce(t, first!);
    },
  },
  {
    id: 'catches-up',
    task: 1,
    services: ['order-service', 'warehouse'],
    title: 'A backlog of 120 orders comes in replies of at most 50, each order once',
    hops: [3, 4],
    points: 8,
    quick: true,
    hints: [
      'Who was away for long must not get everything at once: a reply has a limit, and the cursor of the last order in it leads to the next one.',
      'In order-service.ts: the query’s LIMIT, and `next`, which belongs to the last order of this reply, not to the last one there is.',
      'LIMIT 50, and next = String(orders.at(-1)?.number ?? cursor).',
    ],
    async run(t) {
      const orders = Array.from({ length: 120 }, () => newOrder(t));
      const all = savedElsewhere(t, orders);
      await hears(t, all.at(-1)!);
      await Promise.all(all.map((saved) => hears(t, saved)));
      await wholeList(t, orders.at(-1)!);
      const sizes = new Map<unknown, number>();
      for (const { run } of all)
        for (const { via, to, facts } of run.hops as HopLine[])
          if (via === 'http' && to === 'warehouse')
            sizes.set(facts?.['exchange'], (sizes.get(facts?.['exchange']) ?? 0) + 1);
      const most = Math.max(...sizes.values());
      if (most > 50)
        throw new NotAsExpected({
          headline: 'A reply of the order service is too long',
          expected: 'at most 50 orders in a reply',
          observed: `${most} orders in one`,
        });
    },
  },
  {
    id: 'gives-back-the-cursor',
    task: 1,
    services: ['warehouse'],
    title:
      'The warehouse asks with the cursor that the last reply gave it, whatever that looks like',
    hops: [3, 4],
    points: 4,
    quick: true,
    hints: [
      'What a cursor looks like is the order service’s own affair. A reader that makes one up breaks on the day when it looks otherwise.',
      'In warehouse.ts: keep `next` of the reply as it is, not a number that you found in an order.',
      'store(orders, next), and then fetch(`${ORDER_SERVICE_URL}/orders?after=${encodeURIComponent(cursor)}`).',
    ],
    run: givesBack,
  },
  {
    id: 'own-restart',
    task: 1,
    services: ['warehouse'],
    title: 'After a restart the warehouse goes on where it was: nothing missed, nothing read again',
    hops: [3, 4],
    points: 7,
    quick: false,
    hints: [
      'What a process remembers in a variable goes with the process.',
      'In warehouse.ts: the cursor belongs in the table `progress`, and is read from there before each poll.',
      'const cursor = progress.get()?.cursor ?? 0, with progress = database.prepare("SELECT cursor FROM progress WHERE feed = \'orders\'").',
    ],
    async run(t) {
      const known = await placed(t, newOrder(t));
      await t.lab.kill('warehouse');
      const [meanwhile] = savedElsewhere(t, [newOrder(t)]);
      await t.lab.restart('warehouse');
      await hears(t, meanwhile!, newsLate);
      mustBeReadOnce(t, known);
    },
  },
  {
    id: 'killed-in-the-middle',
    task: 1,
    services: ['order-service', 'warehouse'],
    title: 'A warehouse that is killed before a reply reaches it gets the same orders afterwards',
    hops: [3, 4],
    points: 5,
    quick: false,
    hints: [
      'A reply that was sent has not arrived yet. Only the reader knows how far it has come, so the reader keeps the cursor.',
      'In order-service.ts: the route /orders remembers nothing about who asks. What it answers depends on the cursor in the question alone.',
      'someAfter.all(Number(c.req.query("after"))), and no variable beside it that moves on with each reply.',
    ],
    async run(t) {
      const known = await placed(t, newOrder(t));
      const [tap] = t.lab.network.edge('warehouse', 'order-service');
      const since = t.lab.journal.lines.length;
      const order = newOrder(t);
      let saved: RunOf | undefined;
      const kill = { kind: 'hold-reply', reached: () => t.lab.kill('warehouse') } as const;
      // Saved while one reply is held, without it; so the next one has it, and never arrives.
      const reached = (): void => {
        [saved] = savedElsewhere(t, [order]);
        tap!.faults.inject(kill, { first: 1 });
      };
      const held = tap!.faults.inject({ kind: 'hold-reply', reached }, { first: 1 });
      await t.note('warehouse', 'killed', { what: 'The next poll', within: 3_000, since });
      t.mustHaveBitten(held, 'holding the reply before the news');
      tap!.faults.clear();
      await t.lab.restart('warehouse');
      await hears(t, saved!, newsLate);
      mustStandOnce(t, order);
      mustBeReadOnce(t, known);
    },
  },
  {
    id: 'all-or-nothing',
    task: 1,
    services: ['warehouse'],
    title:
      'If an order can’t be stored, the cursor stays; once it can, both orders of the reply stand once',
    hops: [3, 4],
    points: 8,
    quick: false,
    hints: [
      'The cursor says “I have all before this”. It may move only together with what makes that true.',
      'In warehouse.ts: orders and cursor in one transaction. If one insert fails, all of it is undone, and the same reply comes again.',
      'BEGIN IMMEDIATE; the inserts; the cursor; COMMIT; and on an error ROLLBACK, then throw it again.',
    ],
    async run(t) {
      const [good, bad] = [newOrder(t), newOrder(t)];
      const allow = refuse(t, bad.productId);
      const [, refused] = savedElsewhere(t, [good, bad]);
      const isNews = ({ to, via }: HopLine): boolean => via === 'http' && to === 'warehouse';
      const what = 'Hop 3 (order service → warehouse, reply 200)';
      try {
        await t.hop(refused!.run, isNews, { what, within: 2_000 });
        await nextPolls(t, 2);
      } finally {
        allow();
      }
      for (let polls = 0; polls < 6 && reserved(t, bad) === 0; polls += 1) await nextPolls(t, 1);
      mustStandOnce(t, bad, 'the order that could not be stored at first');
      mustStandOnce(t, good, 'the order that came in the same reply');
      const before = brought(refused!.run);
      await nextPolls(t, 1);
      const again = brought(refused!.run) > before;
      if (again)
        throw new NotAsExpected({
          headline: 'An order came again though it had been stored',
          expected: 'each order in one reply only, once it stands in the database',
          observed: 'the warehouse asked for it once more, and got it',
        });
    },
  },
  {
    id: 'producer-restart',
    task: 1,
    services: ['order-service', 'warehouse'],
    title: 'An order that was saved but not read when the order service restarts arrives once',
    hops: [3, 4],
    points: 6,
    quick: false,
    hints: [
      'What the order service has not told yet must be where a restart can’t reach it: in its database.',
      'In order-service.ts: the feed is a query, not a list in memory; cursors must mean the same after a restart.',
      'someAfter.all(Number(cursor)), with the number from the table, which is never given twice.',
    ],
    async run(t) {
      const known = await placed(t, newOrder(t));
      const [tap] = t.lab.network.edge('warehouse', 'order-service');
      const away = tap!.faults.inject({ kind: 'status', status: 503 });
      const acted = await t.act('place-order', { ...newOrder(t) });
      t.replied(acted, 201, 'to an order');
      await nextPolls(t, 1);
      t.mustHaveBitten(away, 'keeping the warehouse from polling');
      await t.lab.kill('order-service');
      await t.lab.restart('order-service');
      tap!.faults.clear();
      await hears(t, acted, ownPartLate);
      mustBeReadOnce(t, known);
    },
  },
];
