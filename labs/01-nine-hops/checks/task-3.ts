import type { Check } from '../../kit/grade/check.ts';
import { NotAsExpected } from '../../kit/grade/errors.ts';
import type { RunOf } from '../../kit/grade/expect.ts';
import type { Tools } from '../../kit/grade/tools.ts';
import type { HopLine } from '../../kit/wire/journal.ts';
import type { Run } from '../../kit/wire/runs.ts';
import { delivery } from '../flow.ts';
import { eventFor, newOrder, refuse, several, topic } from './given.ts';

type Order = ReturnType<typeof newOrder>;

const acknowledged = (hop: HopLine): boolean => hop.kind === 'puback' && hop.from === 'service-c';

/** Waits until Service C has acknowledged an event so many times. */
async function acknowledgedTimes(t: Tools, run: Run, times: number, within: number): Promise<void> {
  const count = (kind: string): number => run.hops.filter((hop) => hop.kind === kind).length;
  const isLast = (hop: HopLine): boolean => acknowledged(hop) && count('puback') >= times;
  if (await t.seen(run, isLast, within)) return;
  const nth = times === 1 ? '' : ` number ${times}`;
  const came = count('deliver') >= times;
  await t.hop(run, isLast, {
    what: came
      ? `Service C’s PUBACK${nth}`
      : `Hop 8${nth && `,${nth}`} (Event Bus → Service C, delivery)`,
    within: 0,
  });
}

/** The event is delivered, stored, acknowledged; a row without its PUBACK is told as that. */
async function follows(t: Tools, published: RunOf, order: Order): Promise<void> {
  try {
    await t.expect(published).toFollow(delivery);
  } catch (error) {
    const silent = !published.run.hops.some((hop) => hop.kind === 'puback');
    if (!silent || shipments(t, order) !== 1) throw error;
    throw new NotAsExpected({
      headline: 'Service C’s PUBACK is missing: it stores the event and does not acknowledge it',
      expected: 'Service C → Event Bus, PUBACK (acknowledges: stored)',
      observed:
        'the row stands in Database C, and no PUBACK came: `done` was not called, or the subscription is at QoS 0',
    });
  }
}

/** How many rows in Database C say what an order says; rows that say something else count too. */
function shipments(t: Tools, order: Order): number {
  const rows = (sql: string): number => t.rows('database-c', sql, order.id);
  const all = rows('SELECT count(*) FROM shipments WHERE order_id = ?');
  const right = rows(
    `SELECT count(*) FROM shipments WHERE order_id = ?
     AND product_id = '${order.productId}' AND quantity = ${order.quantity}`,
  );
  t.expect(right, 'of the order’s rows in Database C, those with its product and quantity').toBe(
    all,
  );
  return all;
}

export const task3: Check[] = [
  {
    id: 'stored-before-acknowledged',
    task: 3,
    services: ['service-c'],
    title: 'An event stands in Database C before Service C acknowledges it',
    hops: [8, 9],
    points: 8,
    quick: true,
    hints: [
      'An acknowledgement says: you may forget this, I have it. It must not be said before it is true.',
      'In service-c.ts: MQTT.js acknowledges when the callback of bus.handleMessage is called. Subscribe at QoS 1, or there is nothing to acknowledge.',
      'bus.handleMessage = (packet, done) => { store(JSON.parse(packet.payload.toString())); done(); }; and bus.subscribe("orders/placed/v1", { qos: 1 }).',
    ],
    async run(t) {
      // While Database C can't be written to, nothing may be acknowledged.
      for (let i = 0; i < 3; i += 1) {
        const order = newOrder(t);
        const published = await t.whileLocked('database-c', acknowledged, () =>
          t.publish(topic, order.id, eventFor(t, order)),
        );
        await follows(t, published, order);
      }
      const orders = several.map(() => newOrder(t));
      const all = await Promise.all(
        orders.map((order) => t.publish(topic, order.id, eventFor(t, order))),
      );
      await Promise.all(all.map((published, i) => follows(t, published, orders[i]!)));
      for (const order of orders)
        t.expect(shipments(t, order), 'rows in Database C for one order').toBe(1);
    },
  },
  {
    id: 'twice-delivered-once-stored',
    task: 3,
    services: ['service-c'],
    title: 'The same event, delivered twice, is stored once and acknowledged twice',
    hops: [8, 9],
    points: 5,
    quick: true,
    hints: [
      'At least once means: sometimes twice. Doing it again must change nothing. That is called idempotent.',
      'In service-c.ts: source and id name an event. The table `inbox` remembers which were dealt with; write both tables in one transaction.',
      'BEGIN IMMEDIATE; INSERT OR IGNORE INTO inbox …; only if .changes is 1: INSERT INTO shipments …; COMMIT.',
    ],
    async run(t) {
      const order = newOrder(t);
      const event = eventFor(t, order);
      const published = await t.publish(topic, order.id, event);
      await follows(t, published, order);
      await t.publishAgain(topic, event);
      await acknowledgedTimes(t, published.run, 2, 1_000);
      t.expect(shipments(t, order), 'rows in Database C after two deliveries').toBe(1);
      // Another event about another order is not the same event.
      const next = newOrder(t);
      await follows(t, await t.publish(topic, next.id, eventFor(t, next)), next);
    },
  },
  {
    id: 'waits-in-the-queue',
    task: 3,
    services: ['service-c'],
    title: 'What is announced while Service C is away is delivered when it comes back',
    hops: [8, 9],
    points: 5,
    quick: false,
    hints: [
      'A bus keeps events for a consumer only if it knows that the consumer will come back.',
      'In service-c.ts, the options of mqtt.connect: the same clientId each time, and a session that is not cleaned.',
      'mqtt.connect(EVENT_BUS_URL, { clean: false, clientId: MQTT_CLIENT_ID })',
    ],
    async run(t) {
      await t.lab.kill('service-c');
      const order = newOrder(t);
      const published = await t.publish(topic, order.id, eventFor(t, order));
      await t.lab.restart('service-c');
      await acknowledgedTimes(t, published.run, 1, 3_000);
      t.expect(shipments(t, order), 'rows in Database C').toBe(1);
    },
  },
  {
    id: 'crashes-before-its-acknowledgement',
    task: 3,
    services: ['service-c'],
    title: 'A crash between storing and acknowledging neither loses nor doubles an order',
    hops: [8, 9],
    points: 5,
    quick: false,
    hints: [
      'The worst moment: stored, not yet acknowledged. The bus delivers again, to a process that remembers nothing.',
      'In service-c.ts: what was dealt with must be remembered in Database C, not in a variable.',
      'Use the table `inbox` in the same transaction as `shipments`; remove any Set or Map of ids.',
    ],
    async run(t) {
      const order = newOrder(t);
      const tap = t.lab.network.bus('service-c');
      const since = t.lab.journal.lines.length;
      // Kill Service C at its held PUBACK: the bus never gets it.
      const held = tap.rules.inject({
        direction: 'up',
        kind: 'puback',
        text: order.id,
        first: 1,
        fault: { kind: 'hold', reached: () => t.lab.kill('service-c') },
      });
      const published = await t.publish(topic, order.id, eventFor(t, order));
      await t.note('service-c', 'killed', { what: 'Service C’s PUBACK', within: 2_000, since });
      t.mustHaveBitten(held, 'holding Service C’s PUBACK');
      t.expect(shipments(t, order), 'rows in Database C at the crash').toBe(1);
      await t.lab.restart('service-c');
      await acknowledgedTimes(t, published.run, 1, 3_000);
      t.expect(shipments(t, order), 'rows in Database C after the crash').toBe(1);
    },
  },
  {
    id: 'tries-again-what-it-could-not-store',
    task: 3,
    services: ['service-c'],
    title: 'What Database C refuses is not acknowledged, and is stored once it can be',
    hops: [8, 9],
    points: 4,
    quick: false,
    hints: [
      'Two writes that belong together need one transaction: all or nothing. Otherwise one table remembers what the other never got.',
      'In service-c.ts: if storing fails, undo all of it (ROLLBACK), keep running, and do not acknowledge.',
      'try { store(event); done(); } catch (error) { done(error); } and in store: BEGIN IMMEDIATE … COMMIT, on an error ROLLBACK and throw again.',
    ],
    async run(t) {
      const order = newOrder(t);
      const allow = refuse(t, 'database-c', order.productId);
      const { run } = await t.publish(topic, order.id, eventFor(t, order));
      const what = 'Hop 8 (Event Bus → Service C, delivery)';
      await t.hop(run, (hop) => hop.kind === 'deliver', { what, within: 1_000 });
      // An acknowledgement would leave at once; it would be a false one.
      const early = await t.seen(run, acknowledged, 100);
      const answer = early ? 'a PUBACK' : 'nothing';
      t.expect(answer, 'Service C’s answer while Database C refuses the row').toBe('nothing');
      allow();
      await t.lab.restart('service-c');
      await acknowledgedTimes(t, run, 1, 3_000);
      t.expect(shipments(t, order), 'rows in Database C once it takes them').toBe(1);
    },
  },
];
