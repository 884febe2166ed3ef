import type { Exploration } from '../kit/explore/exploration.ts';
import { away, diesAt, locked, onBus, onEdge, restarts } from '../kit/explore/troubles.ts';
import { NotAsExpected } from '../kit/grade/errors.ts';
import type { Tools } from '../kit/grade/tools.ts';
import type { HopLine } from '../kit/wire/journal.ts';
import type { Run } from '../kit/wire/runs.ts';
import { newOrder, product } from './checks/given.ts';

type Order = ReturnType<typeof newOrder>;

interface Placed {
  order: Order;
  run: Run;
}

/** Milliseconds × the lab's factor. */
const [answered, acknowledgedWithin] = [2_000, 3_000];

/** What a right solution survives. A bus or a Service B that dies may lose an order here, by design. */
export const exploration: Exploration<Placed> = {
  action: 'a user places an order, and reads a new product twice',
  troubles: [
    {
      id: 'cache-503',
      title: 'Cache A answers 503',
      apply: onEdge('service-a', 'cache-a', { kind: 'status', status: 503 }),
    },
    {
      id: 'cache-breaks',
      title: 'Cache A breaks every connection',
      apply: onEdge('service-a', 'cache-a', { kind: 'reset' }),
    },
    {
      id: 'cache-hangs',
      title: 'Cache A does not answer the next two requests',
      apply: onEdge('service-a', 'cache-a', { kind: 'timeout' }, { first: 2 }),
    },
    {
      id: 'c-restarts',
      title: 'Service C is killed, and starts again at once',
      apply: restarts('service-c'),
    },
    {
      id: 'c-away',
      title: 'Service C is killed, and starts again when all else is over',
      apply: away('service-c'),
    },
    {
      id: 'c-dies-at-ack',
      title: 'Service C is killed when its next PUBACK is on its way, and starts again',
      apply: diesAt('service-c', { direction: 'up', kind: 'puback' }),
    },
    {
      id: 'ack-lost',
      title: 'Service C’s connection breaks, and its next PUBACK is lost',
      apply: onBus('service-c', {
        direction: 'up',
        kind: 'puback',
        first: 1,
        fault: { kind: 'cut' },
      }),
    },
    {
      id: 'delivered-twice',
      title: 'The bus delivers the next event twice',
      apply: onBus('service-c', {
        direction: 'down',
        kind: 'deliver',
        first: 1,
        fault: { kind: 'repeat' },
      }),
    },
    {
      id: 'b-locked',
      title: 'Database B can’t be written to for a moment when the next order comes',
      apply: locked('database-b', ({ kind, to }) => kind === 'post' && to === 'service-b'),
    },
  ],

  async act(t, n) {
    const placed = await place(t, `order ${n}`);
    const { id, name, priceCents } = product(t);
    for (const which of ['first', 'second']) {
      const read = await t.act('read-product', { id }, { value: name, timeout: answered });
      const { body } = t.replied(read, 200, `to the ${which} read in action ${n}`);
      t.expect(body, `the product in the ${which} read in action ${n}`).toEqual({
        id,
        name,
        priceCents,
      });
    }
    return placed;
  },

  async judge(t, placed) {
    await Promise.all(placed.map(({ run }, i) => acknowledged(t, run, `order ${i + 1}`)));
    // What was delivered before this one, also for the second time, has been dealt with after it.
    const what = 'an order placed after all troubles';
    const last = await place(t, what);
    await acknowledged(t, last.run, what);
    for (const [i, { order }] of placed.entries()) stored(t, order, `order ${i + 1}`);
    stored(t, last.order, what);
  },
};

async function place(t: Tools, what: string): Promise<Placed> {
  const order = newOrder(t);
  const acted = await t.act('place-order', order, { timeout: answered });
  t.replied(acted, 202, `to ${what}`);
  return { order, run: acted.run };
}

async function acknowledged(t: Tools, run: Run, what: string): Promise<void> {
  const isAck = ({ kind, from }: HopLine): boolean => kind === 'puback' && from === 'service-c';
  if (await t.seen(run, isAck, acknowledgedWithin)) return;
  const has = (kind: string): boolean => run.hops.some((hop) => hop.kind === kind);
  const missing = !has('publish')
    ? 'Hop 7 (Service B → Event Bus, PUBLISH)'
    : !has('deliver')
      ? 'Hop 8 (Event Bus → Service C, delivery)'
      : 'Service C’s PUBACK';
  throw new NotAsExpected({
    headline: `${missing} did not come for ${what}`,
    expected: `Service C’s PUBACK, within ${acknowledgedWithin.toLocaleString('en-GB')} ms × ${t.lab.factor} once all troubles are over`,
    observed: 'it did not come',
  });
}

/** An order stands in Database C once, with its product and quantity. */
function stored(t: Tools, { id, productId, quantity }: Order, what: string): void {
  const rows = (sql: string): number => t.rows('database-c', sql, id);
  const all = 'SELECT count(*) FROM shipments WHERE order_id = ?';
  t.expect(rows(all), `rows in Database C for ${what}`).toBe(1);
  const right = rows(`${all} AND product_id = '${productId}' AND quantity = ${quantity}`);
  t.expect(right, `rows in Database C that have product and quantity of ${what}`).toBe(1);
}
