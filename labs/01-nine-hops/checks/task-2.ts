import type { Check } from '../../kit/grade/check.ts';
import { NotAsExpected } from '../../kit/grade/errors.ts';
import type { Tools } from '../../kit/grade/tools.ts';
import type { HopLine } from '../../kit/wire/journal.ts';
import type { Run } from '../../kit/wire/runs.ts';
import { announcement } from '../flow.ts';
import { newOrder, refuse, several, topic } from './given.ts';

/** What the bus does with the announcement is not Service B's work. */
const ownPart = { without: ['service-c', 'event-bus→service-b'] };
const published = (hop: HopLine): boolean => hop.kind === 'publish';

async function publishOf(t: Tools, run: Run): Promise<HopLine & { facts: object }> {
  const what = 'Hop 7 (Service B → Event Bus, PUBLISH)';
  return (await t.hop(run, published, { what, within: 1_000 })) as HopLine & { facts: object };
}

export const task2: Check[] = [
  {
    id: 'saved-before-announced',
    task: 2,
    services: ['service-b'],
    title: 'An order stands in Database B before it is announced and before the user hears 202',
    hops: [7],
    points: 9,
    quick: true,
    hints: [
      'An event tells a fact. Whoever announces before saving may announce what never came to be.',
      'In service-b.ts, in app.post("/orders"): insert first, then publish, then answer; one announcement an order.',
      'database.prepare("INSERT INTO orders (id, product_id, quantity) VALUES (?, ?, ?)").run(order.id, order.productId, order.quantity); then bus.publish("orders/placed/v1", …, { qos: 1 }).',
    ],
    async run(t) {
      // While Database B can't be written to, nothing may be claimed.
      const claims = ({ from, kind }: HopLine): boolean =>
        from === 'service-b' && (kind === '202' || kind === 'publish');
      for (let i = 0; i < 3; i += 1) {
        const acted = await t.whileLocked('database-b', claims, () =>
          t.act('place-order', newOrder(t)),
        );
        t.replied(acted, 202, 'to an order');
        await t.expect(acted).toFollow(announcement, ownPart);
      }
      const all = await Promise.all(several.map(() => t.act('place-order', newOrder(t))));
      for (const acted of all) t.replied(acted, 202, 'to an order');
      await Promise.all(all.map((acted) => t.expect(acted).toFollow(announcement, ownPart)));
    },
  },
  {
    id: 'announces-a-cloudevent',
    task: 2,
    services: ['service-b'],
    title: 'The announcement is a CloudEvent on orders/placed/v1 that carries the order',
    hops: [7],
    points: 6,
    quick: true,
    hints: [
      'CloudEvents 1.0 name a few attributes that every event has, so that any consumer can handle any event: specversion, id, source, type.',
      'In service-b.ts, what you publish: one JSON object, the order under `data`. source and id together must be unique for each event.',
      '{ specversion: "1.0", id: crypto.randomUUID(), source: "/service-b", type: "orders.placed.v1", datacontenttype: "application/json", data: { orderId, productId, quantity } }',
    ],
    async run(t) {
      const ids = new Set<unknown>();
      for (const order of [newOrder(t), newOrder(t)]) {
        const { run } = await t.act('place-order', order);
        const { facts } = await publishOf(t, run);
        const { topic: where, payload } = facts as { topic: string; payload: string };
        t.expect(where, 'the topic of the announcement').toBe(topic);
        const event = parseEvent(payload);
        t.expect(event.specversion, 'the event’s specversion').toBe('1.0');
        for (const attribute of ['id', 'source', 'type'] as const)
          t.text(event[attribute], `the event’s ${attribute}`);
        const { id: orderId, productId, quantity } = order;
        const wanted = { orderId, productId, quantity };
        const got = event.data as Record<string, unknown> | undefined;
        // More than the order may stand there, but not less.
        const same = Object.entries(wanted).every(([key, value]) => got?.[key] === value);
        t.expect(same ? wanted : got, 'the event’s data').toEqual(wanted);
        ids.add(JSON.stringify([event.source, event.id]));
      }
      t.expect(ids.size, 'different source and id, of two events').toBe(2);
    },
  },
  {
    id: 'announces-at-qos-1',
    task: 2,
    services: ['service-b'],
    title: 'The announcement is sent at QoS 1, once, not retained, and the bus takes it over',
    hops: [7],
    points: 5,
    quick: true,
    hints: [
      'QoS 0 is “send and forget”: nobody tells the sender whether the bus got it. QoS 1 is “at least once”: the bus acknowledges with a PUBACK.',
      'In service-b.ts, the options of bus.publish.',
      'bus.publish(topic, payload, { qos: 1 })',
    ],
    async run(t) {
      const { run } = await t.act('place-order', newOrder(t));
      const { facts } = await publishOf(t, run);
      const { qos, retain } = facts as { qos: number; retain: boolean };
      t.expect({ qos, retain }, 'QoS and retain flag of the announcement').toEqual({
        qos: 1,
        retain: false,
      });
      const taken = (hop: HopLine): boolean => hop.kind === 'puback' && hop.to === 'service-b';
      await t.hop(run, taken, { what: 'The bus’s PUBACK to Service B', within: 1_000 });
    },
  },
  {
    id: 'refuses-what-it-cannot-save',
    task: 2,
    services: ['service-b'],
    title: 'An order that the database refuses is answered 400 and not announced',
    hops: [7],
    points: 5,
    quick: true,
    hints: [
      'A swallowed error is a lie: the caller goes on as if the order stood.',
      'In service-b.ts: the INSERT throws when a rule of the table is broken (a quantity of 0). Answer, and leave before you publish.',
      'try { insert.run(…); } catch { return problem("The order can’t be saved", 400); }',
    ],
    async run(t) {
      // A good order first: a service that announces nothing would pass otherwise.
      const good = await t.act('place-order', newOrder(t));
      await publishOf(t, good.run);
      const ofNothing = { ...newOrder(t), quantity: 0 };
      const notForSale = newOrder(t);
      refuse(t, 'database-b', notForSale.productId);
      for (const [order, what] of [
        [ofNothing, 'to an order of quantity 0'],
        [notForSale, 'to an order that a trigger in Database B refuses'],
      ] as const) {
        const refused = await t.act('place-order', order);
        const { type } = t.replied(refused, 400, what);
        t.expect(type, 'the reply’s content type (RFC 9457)').toContain('application/problem+json');
        // The order after it was announced: had the refused one been, it would have been seen by now.
        const after = await t.act('place-order', newOrder(t));
        await publishOf(t, after.run);
        const announced = refused.run.hops.filter((hop) => hop.kind === 'publish').length;
        t.expect(announced, 'announcements of the refused order').toBe(0);
      }
    },
  },
  {
    id: 'accepts-while-the-bus-is-down',
    task: 2,
    services: ['service-b'],
    title: 'With the bus down an order is still accepted; its event comes late, not never',
    hops: [7],
    points: 7,
    quick: false,
    hints: [
      'Who tells does not wait for who listens: the order is safe once it stands in Database B.',
      'In service-b.ts: do not await the publish before you answer. MQTT.js keeps what it can’t send in memory until the bus is back.',
      'bus.publish(…) without await, then return c.json({ id: order.id, status: "placed" }, 202).',
    ],
    async run(t) {
      const before = await t.act('place-order', newOrder(t));
      await t.expect(before).toFollow(announcement, ownPart);
      await t.breakBus();
      const acted = await t.act('place-order', newOrder(t), { timeout: 2_000 });
      t.replied(acted, 202, 'while the bus is down');
      const stored = acted.run.hops.some((hop) => hop.via === 'store' && hop.kind === 'write');
      t.expect(stored, 'the order stands in Database B while the bus is down').toBe(true);
      await t.lab.mendBus();
      await t.hop(acted.run, published, {
        what: 'Hop 7 (Service B → Event Bus, PUBLISH), once the bus is back',
        within: 6_000,
      });
    },
  },
];

interface Event {
  specversion?: unknown;
  id?: unknown;
  source?: unknown;
  type?: unknown;
  data?: unknown;
}

function parseEvent(payload: string): Event {
  try {
    const event = JSON.parse(payload) as unknown;
    if (typeof event === 'object' && event !== null) return event;
  } catch {
    // Not JSON: told below.
  }
  throw new NotAsExpected({
    headline: 'The announcement’s payload',
    expected: 'a JSON object, a CloudEvent',
    observed: payload.slice(0, 80),
  });
}
