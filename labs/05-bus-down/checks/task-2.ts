import type { Check } from '../../kit/grade/check.ts';
import { NotAsExpected } from '../../kit/grade/errors.ts';
import type { HopLine } from '../../kit/wire/journal.ts';
import type { Run } from '../../kit/wire/runs.ts';
import { announcement } from '../flow.ts';
import { placed } from '../lab.ts';
import {
  announcementCame,
  hold,
  isTaken,
  newOrder,
  newOrders,
  whileAway,
  type Order,
} from './given.ts';

const services = ['order-service'];
/** Who listens, and what the order service hears from the bus, is another task's. */
const ownPart = {
  without: [
    'warehouse',
    'fraud-detection',
    'analytics',
    'event-bus→order-service',
    'puback order-service→event-bus',
    // Whether an event is still owed is task 5's.
    ...['delete', 'kept', 'gone'].map((kind) => `${kind} order-service→order-database`),
  ],
};

/** What must be in an announcement; more may stand there. */
function mustAnnounce({ facts }: HopLine, { id: orderId, productId, quantity }: Order): string {
  const payload = String(facts?.['payload']);
  let event: Record<string, unknown> = {};
  try {
    event = (JSON.parse(payload) as Record<string, unknown> | null) ?? {};
  } catch {
    // told below
  }
  const { specversion, id, source, type, data } = event;
  const wanted: Record<string, unknown> = { orderId, productId, quantity };
  const carried = (data ?? {}) as Record<string, unknown>;
  const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
  const isEvent = specversion === '1.0' && [id, source, type].every(isText);
  const isOrder = Object.entries(wanted).every(([key, value]) => carried[key] === value);
  if (isEvent && isOrder) return JSON.stringify([source, id]);
  throw new NotAsExpected({
    headline: 'The announcement is not the event that it should be',
    expected: isEvent
      ? 'data with orderId, productId and quantity, as the customer sent them'
      : 'a CloudEvent as JSON: specversion 1.0, and id, source and type, none of them empty',
    observed: payload.slice(0, 300),
  });
}

export const task2: Check[] = [
  {
    id: 'announces-what-it-owes',
    task: 2,
    services,
    title: 'Each order is announced as a CloudEvent on orders/placed/v1, after it is saved',
    hops: [2],
    points: 5,
    quick: true,
    hints: [
      'The relay is the part that takes events from the outbox to the bus. It may run at once after a commit.',
      'In order-service.ts: read the rows of `outbox` that have no announced_at, publish each at QoS 1, and note the time when the bus has acknowledged.',
      'bus.publish("orders/placed/v1", String(event), { qos: 1 }, (error) => { if (!error) acknowledged.run(Date.now(), number); });',
    ],
    async run(t) {
      const names = new Set<string>();
      for (const order of newOrders(t, 2)) {
        const { run } = await t.act('place-order', order);
        const hop = (await announcementCame(t, run)) as HopLine;
        const { topic, qos, retain } = hop.facts ?? {};
        t.expect({ topic, qos, retain }, 'topic, QoS and retain flag of the announcement').toEqual({
          topic: placed,
          qos: 1,
          retain: false,
        });
        names.add(mustAnnounce(hop, order));
      }
      t.expect(names.size, 'different source and id, of two events').toBe(2);
      const all = await Promise.all(newOrders(t, 5).map((order) => t.act('place-order', order)));
      await Promise.all(all.map((acted) => t.expect(acted).toFollow(announcement, ownPart)));
    },
  },
  {
    id: 'announces-once-the-bus-is-back',
    task: 2,
    services,
    title: 'What was accepted while the bus was away is announced once it is back',
    hops: [2],
    points: 5,
    quick: false,
    hints: [
      'Nobody sends an order just to wake the relay. It has to look for itself.',
      'In order-service.ts: run the relay when the bus is connected again, and now and then on a timer. It leaves alone what is under way, and does nothing without a connection: MQTT.js would keep each copy and send them all later.',
      'bus.on("connect", relay); setInterval(relay, 100); and in relay: if (!bus.connected) return; … if (underWay.has(number)) continue;',
    ],
    async run(t) {
      const all: { order: Order; run: Run }[] = [];
      await whileAway(t, 'order-service', async () => {
        for (const order of newOrders(t, 3)) {
          const acted = await t.act('place-order', order, { timeout: 1_500 });
          t.replied(acted, 202, 'while the bus is away');
          all.push({ order, run: acted.run });
        }
      });
      for (const { order, run } of all)
        mustAnnounce((await announcementCame(t, run, 3_000)) as HopLine, order);
    },
  },
  {
    id: 'announces-after-it-was-killed',
    task: 2,
    services,
    title: 'An order service that is killed at its PUBLISH announces the order after its restart',
    hops: [2],
    points: 6,
    quick: false,
    hints: [
      'What a process only remembers dies with it: a list of events to try again, and what the MQTT client has queued.',
      'In order-service.ts: what is still to be announced is read from the table `outbox`, at the start as well.',
      'An event counts as announced only once the bus has acknowledged it: note announced_at in the callback of bus.publish, not before.',
    ],
    async run(t) {
      const order = newOrder(t);
      const held = hold(t, 'order-service', {
        direction: 'up',
        kind: 'publish',
        text: order.id,
        first: 1,
      });
      const acted = await t.act('place-order', order);
      t.replied(acted, 202, 'to the order');
      await held.reached('Hop 2 (Order service → Event Bus, PUBLISH)');
      await t.lab.kill('order-service');
      held.release();
      const since = t.lab.journal.lines.length;
      await t.lab.restart('order-service');
      mustAnnounce((await announcementCame(t, acted.run, 3_000, since)) as HopLine, order);
      await t.hop(acted.run, isTaken, { what: 'The PUBACK of the bus', within: 1_500, since });
    },
  },
];
