import type { Check } from '../../kit/grade/check.ts';
import type { Tools } from '../../kit/grade/tools.ts';
import type { HopLine } from '../../kit/wire/journal.ts';
import type { Run } from '../../kit/wire/runs.ts';
import { delivery } from '../flow.ts';
import { eventFor, newOrder, several, topic } from './given.ts';

const acknowledged = (hop: HopLine): boolean => hop.kind === 'puback' && hop.from === 'service-c';

/** Waits until Service C has acknowledged an event so many times. */
async function acknowledgedTimes(t: Tools, run: Run, times: number, within: number): Promise<void> {
  const count = (): number => run.hops.filter((hop) => acknowledged(hop as HopLine)).length;
  const what = times === 1 ? 'Service C’s PUBACK' : `Service C’s PUBACK number ${times}`;
  await t.hop(run, (hop) => acknowledged(hop) && count() >= times, { what, within });
}

const shipments = (t: Tools, order: { id: string }): number =>
  t.lab.rows('database-c', 'SELECT count(*) FROM shipments WHERE order_id = ?', order.id);

export const task3: Check[] = [
  {
    id: 'stored-before-acknowledged',
    task: 3,
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
        await t.expect(published).toFollow(delivery);
      }
      const orders = several.map(() => newOrder(t));
      const all = await Promise.all(
        orders.map((order) => t.publish(topic, order.id, eventFor(t, order))),
      );
      await Promise.all(all.map((published) => t.expect(published).toFollow(delivery)));
      for (const order of orders)
        t.expect(shipments(t, order), 'rows in Database C for one order').toBe(1);
    },
  },
  {
    id: 'twice-delivered-once-stored',
    task: 3,
    title: 'The same event, delivered twice, is stored once and acknowledged twice',
    hops: [8, 9],
    points: 6,
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
      await t.expect(published).toFollow(delivery);
      await t.publishAgain(topic, event);
      await acknowledgedTimes(t, published.run, 2, 1_000);
      t.expect(shipments(t, order), 'rows in Database C after two deliveries').toBe(1);
      // Another event about another order is not the same event.
      const next = newOrder(t);
      await t.expect(await t.publish(topic, next.id, eventFor(t, next))).toFollow(delivery);
    },
  },
  {
    id: 'waits-in-the-queue',
    task: 3,
    title: 'What is announced while Service C is away is delivered when it comes back',
    hops: [8, 9],
    points: 6,
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
    title: 'A crash between storing and acknowledging neither loses nor doubles an order',
    hops: [8, 9],
    points: 6,
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
];
