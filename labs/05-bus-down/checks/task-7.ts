import type { Check } from '../../kit/grade/check.ts';
import { NotAsExpected } from '../../kit/grade/errors.ts';
import type { Tools } from '../../kit/grade/tools.ts';
import type { Line } from '../../kit/wire/journal.ts';
import { analytics, compared, fraudDetection, type Consumer } from '../cast.ts';
import { isAcknowledgement, mustStandOnce, newOrder, standing, type Order } from './given.ts';

const services = ['reconciler'];
const minute = 60_000;
const ask = (t: Tools, action: string) => t.act(action, { id: t.lab.random('m') });

/** An order that stands in the order database alone: saved so long ago, and nobody ever heard of it. */
function unheard(t: Tools, age: number): Order {
  const order = newOrder(t);
  t.write(
    'order-database',
    'INSERT INTO orders (id, product_id, quantity, placed_at) VALUES (?, ?, ?, ?)',
    [order.id, order.productId, order.quantity, Date.now() - age],
  );
  return order;
}

/** An order that a subscriber has, and nobody placed. */
function madeUp(t: Tools, { database, table, id }: Consumer): Order {
  const order = newOrder(t);
  const [column, value] = id === 'analytics' ? ['quantity', 1] : ['verdict', 'fine'];
  const sql = `INSERT INTO ${table} (order_id, ${column}) VALUES (?, ?)`;
  t.write(database, sql, [order.id, value]);
  return order;
}

type Lag = Record<string, { missing: number; extra: number; oldestMs: number }>;

/** The figures in a reply, which must be there for each subscriber. */
async function lag(t: Tools): Promise<Lag> {
  const { body } = t.replied(await ask(t, 'measure-lag'), 200, 'to GET /lag');
  for (const { id, name } of compared) {
    const told = (body as Partial<Lag> | null)?.[id];
    if ([told?.missing, told?.extra, told?.oldestMs].every((n) => typeof n === 'number')) continue;
    throw new NotAsExpected({
      headline: `The lag of ${name} is not in the reply`,
      expected: `{ "${id}": { "missing": 0, "extra": 0, "oldestMs": 0 }, … }`,
      observed: JSON.stringify(body).slice(0, 200),
    });
  }
  return body as Lag;
}

/** What the reconciler asked of a subscriber about an order, from a place in the journal on. */
const asked = (t: Tools, kind: string, order: Order, since: number): boolean => {
  const is = (line: Line): boolean =>
    line.type === 'hop' &&
    line.from === 'reconciler' &&
    line.kind === kind &&
    String(line.facts?.['path']).includes(order.id);
  return t.lab.journal.lines.slice(since).some(is);
};

/** Takes out what the check put in, so that the next one begins in order. */
function tidy(t: Tools, orders: readonly Order[]): void {
  for (const { id } of orders) {
    t.write('order-database', 'DELETE FROM orders WHERE id = ?', [id]);
    for (const { database, table } of compared)
      t.write(database, `DELETE FROM ${table} WHERE order_id = ?`, [id]);
  }
}

export const task7: Check[] = [
  {
    id: 'measures-the-lag',
    task: 7,
    services,
    title: 'How many orders a subscriber lacks or has too many, and for how long, can be asked',
    hops: [8, 9],
    points: 3,
    quick: true,
    hints: [
      'Nobody confirms for fraud detection and analytics. Whether they have every order can only be seen by comparing.',
      'In reconciler.ts: GET /orders at a subscriber tells the ids that it has; GET /orders at the order service tells all orders, with placed_at in milliseconds.',
      'missing = orders whose id the subscriber does not have; oldestMs = Date.now() - the smallest placed_at of these, or 0',
    ],
    async run(t) {
      const before = await lag(t);
      const orders = [unheard(t, minute), unheard(t, 2 * minute), madeUp(t, analytics)];
      try {
        const after = await lag(t);
        for (const { id, name } of compared) {
          const [was, is] = [before[id]!, after[id]!];
          t.expect(is.missing - was.missing, `orders that ${name} lacks, after two more`).toBe(2);
          const made = id === 'analytics' ? 1 : 0;
          t.expect(is.extra - was.extra, `orders too many at ${name}, after ${made} more`).toBe(
            made,
          );
          const oldest = Math.max(2 * minute, was.oldestMs);
          const isRight = is.oldestMs >= oldest && is.oldestMs < oldest + minute;
          t.expect(
            isRight ? 'about two minutes' : `${is.oldestMs} ms`,
            `oldestMs of ${name}, where the oldest order that it lacks was placed two minutes ago`,
          ).toBe('about two minutes');
        }
      } finally {
        tidy(t, orders);
      }
    },
  },
  {
    id: 'repairs-a-divergence',
    task: 7,
    services,
    title:
      'What a subscriber lacks is put, what nobody placed is deleted, what is young is left alone',
    hops: [8, 9],
    points: 4,
    quick: true,
    hints: [
      'An order that was placed a moment ago may still be under way. Repair only what should have come long since.',
      'In reconciler.ts: PUT /orders/{id} with productId and quantity for each order that is missing and older than GRACE_MS; DELETE /orders/{id} for each that no order stands for.',
      'const late = missing.filter((order) => Date.now() - order.placed_at > grace)',
    ],
    async run(t) {
      const [old, young] = [unheard(t, minute), unheard(t, -minute)];
      const extra = madeUp(t, fraudDetection);
      const since = t.lab.journal.lines.length;
      try {
        t.replied(await ask(t, 'reconcile'), 200, 'to POST /reconciliations');
        for (const consumer of compared) {
          mustStandOnce(t, old, ', which lacked it for a minute', consumer);
          t.expect(
            asked(t, 'put', young, since) ? 'once' : 'never',
            'how often an order from just now, which is under way, was put',
          ).toBe('never');
        }
        t.expect(
          t.rows(
            analytics.database,
            `SELECT count(*) FROM counts WHERE order_id = ? AND quantity = ${old.quantity}`,
            old.id,
          ),
          'rows at Analytics with the quantity of the order that was repaired',
        ).toBe(1);
        t.expect(
          standing(t, fraudDetection, extra),
          'how often an order that nobody placed stands in the database of Fraud detection',
        ).toBe('never');
        // Older now, it is late as well.
        t.write('order-database', 'UPDATE orders SET placed_at = ? WHERE id = ?', [
          Date.now() - minute,
          young.id,
        ]);
        t.replied(await ask(t, 'reconcile'), 200, 'to POST /reconciliations');
        for (const consumer of compared) mustStandOnce(t, young, ', once it was late', consumer);
      } finally {
        tidy(t, [old, young, extra]);
      }
    },
  },
  {
    id: 'deletes-nothing-new',
    task: 7,
    services,
    title: 'An order that arrives while the reconciler compares is not deleted',
    hops: [8, 9],
    points: 3,
    quick: true,
    hints: [
      'Two lists are never from the same moment. Ask which of the two may be older without doing harm.',
      'In reconciler.ts: the order service saves an order before anybody hears of it. So whatever stands on the list of a subscriber stands on a list of all orders that was fetched later.',
      'First await the subscriber’s list, then the order service’s.',
    ],
    async run(t) {
      const since = t.lab.journal.lines.length;
      const order = newOrder(t);
      const [tap] = t.lab.network.edge('reconciler', 'analytics');
      const arrives = async (): Promise<void> => {
        const acted = await t.act('place-order', order);
        t.replied(acted, 202, 'to an order that is placed meanwhile');
        const what = `The PUBACK of ${analytics.name} for an order that is placed meanwhile`;
        await t.hop(acted.run, isAcknowledgement(analytics), { what, within: 1_500 });
      };
      let arrived: Promise<void> | undefined;
      // What goes wrong there is told below: the reconciler’s request goes on.
      const reached = (): Promise<void> => (arrived ??= arrives()).catch(() => undefined);
      const held = tap!.faults.inject({ kind: 'hold', reached }, { first: 1 });
      const reconciled = await ask(t, 'reconcile');
      await arrived;
      t.replied(reconciled, 200, 'to POST /reconciliations');
      if (held.hits === 0)
        throw new NotAsExpected({
          headline: 'The reconciler did not ask Analytics what it has',
          expected: 'Reconciler → Analytics, GET /orders',
          observed: 'no request',
        });
      t.expect(
        asked(t, 'delete', order, since) ? 'once' : 'never',
        'how often an order that had just arrived was deleted at Analytics',
      ).toBe('never');
      mustStandOnce(t, order, ', where it arrived during the comparison', analytics);
    },
  },
  {
    id: 'repairs-whom-it-can-reach',
    task: 7,
    services,
    title: 'One subscriber that does not answer keeps nobody else from being repaired',
    hops: [8, 9],
    points: 2,
    quick: false,
    hints: [
      'Two repairs have nothing to do with each other. The one that fails must show, and must not stop the other.',
      'In reconciler.ts: catch the error of each subscriber by itself, do the rest, and answer 502 if any of them failed.',
      'const failed = results.some((result) => "error" in result); return c.json(body, failed ? 502 : 200);',
    ],
    async run(t) {
      const [tap] = t.lab.network.edge('reconciler', 'analytics');
      const down = tap!.faults.inject({ kind: 'status', status: 503 });
      const order = unheard(t, minute);
      try {
        t.replied(await ask(t, 'reconcile'), 502, 'while Analytics answers 503');
        t.mustHaveBitten(down, 'a request to Analytics');
        mustStandOnce(t, order, ', while Analytics answers 503', fraudDetection);
        t.expect(standing(t, analytics, order), 'how often the order stands at Analytics').toBe(
          'never',
        );
        tap!.faults.clear();
        t.replied(await ask(t, 'reconcile'), 200, 'once Analytics answers again');
        mustStandOnce(t, order, ', once it answers again', analytics);
      } finally {
        tidy(t, [order]);
      }
    },
  },
];
