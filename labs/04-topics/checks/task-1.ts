import type { Check } from '../../kit/grade/check.ts';
import { NotAsExpected } from '../../kit/grade/errors.ts';
import type { Tools } from '../../kit/grade/tools.ts';
import type { HopLine } from '../../kit/wire/journal.ts';
import type { Run } from '../../kit/wire/runs.ts';
import { announcement } from '../flow.ts';
import { newOrder, newOrders, topic, type Order } from './given.ts';

/** Who listens is not the order service's work. */
const ownPart = {
  without: [
    'warehouse',
    'push-relay',
    'fraud-detection',
    'analytics',
    'loyalty',
    'event-bus→order-service',
  ],
};
const isPublish = ({ kind }: HopLine): boolean => kind === 'publish';

async function publishOf(t: Tools, run: Run): Promise<{ [name: string]: unknown }> {
  const what = 'Hop 2 (Order service → Event Bus, PUBLISH)';
  const { facts } = (await t.hop(run, isPublish, { what, within: 1_000 })) as HopLine;
  return facts ?? {};
}

function parsed(payload: unknown): Record<string, unknown> {
  try {
    const event: unknown = JSON.parse(String(payload));
    if (typeof event === 'object' && event !== null) return event as Record<string, unknown>;
  } catch {
    // told below
  }
  throw new NotAsExpected({
    headline: 'The announcement can’t be read',
    expected: 'one JSON object: a CloudEvent',
    observed: String(payload).slice(0, 80),
  });
}

/** The event carries the order; more may stand there. */
export function carries(data: unknown, { id: orderId, productId, quantity }: Order): void {
  const got = (data ?? {}) as Record<string, unknown>;
  const wanted: Record<string, unknown> = { orderId, productId, quantity };
  const wrong = Object.keys(wanted).find((key) => got[key] !== wanted[key]);
  if (wrong === undefined) return;
  const value = got[wrong] === undefined ? 'missing' : JSON.stringify(got[wrong]);
  const seen = JSON.stringify(data) ?? 'missing';
  throw new NotAsExpected({
    headline: 'The event’s data does not carry the order',
    expected: `data.${wrong}: ${JSON.stringify(wanted[wrong])}`,
    observed: `data.${wrong}: ${value}; data: ${seen.length > 120 ? `${seen.slice(0, 120)}…` : seen}`,
  });
}

export const task1: Check[] = [
  {
    id: 'saved-before-announced',
    task: 1,
    services: ['order-service'],
    title: 'An order is saved before it is announced and before the customer hears 202',
    hops: [1, 2],
    points: 7,
    quick: true,
    hints: [
      'An event tells a fact. Whoever announces before saving may announce what never came to be.',
      'In order-service.ts, in app.post("/orders"): save first, then publish, then answer.',
      'save.run(id, productId, quantity); bus.publish("orders/placed/v1", JSON.stringify(event), { qos: 1 });',
    ],
    async run(t) {
      const claims = ({ from, kind }: HopLine): boolean =>
        from === 'order-service' && (kind === '202' || kind === 'publish');
      for (let i = 0; i < 3; i += 1) {
        const acted = await t.whileLocked('order-database', claims, () =>
          t.act('place-order', newOrder(t)),
        );
        t.replied(acted, 202, 'to an order');
        await t.expect(acted).toFollow(announcement, ownPart);
      }
      const all = await Promise.all(newOrders(t, 5).map((order) => t.act('place-order', order)));
      await Promise.all(all.map((acted) => t.expect(acted).toFollow(announcement, ownPart)));
    },
  },
  {
    id: 'announces-a-cloudevent',
    task: 1,
    services: ['order-service'],
    title: 'The announcement is one valid CloudEvent on orders/placed/v1 that carries the order',
    hops: [2],
    points: 7,
    quick: true,
    hints: [
      'CloudEvents 1.0 name a few attributes that every event has, so that any consumer can handle any event.',
      'In order-service.ts, what you publish: one JSON object, the order under `data`; source and id together are new for each event.',
      '{ specversion: "1.0", id: crypto.randomUUID(), source: "/order-service", type: "orders.placed.v1", data: { orderId: id, productId, quantity } } at { qos: 1 }',
    ],
    async run(t) {
      const names = new Set<unknown>();
      for (const order of newOrders(t, 2)) {
        const { run } = await t.act('place-order', order);
        const { topic: where, payload, qos, retain } = await publishOf(t, run);
        t.expect(where, 'the topic of the announcement').toBe(topic);
        t.expect({ qos, retain }, 'QoS and retain flag of the announcement').toEqual({
          qos: 1,
          retain: false,
        });
        const event = parsed(payload);
        t.expect(event['specversion'], 'the event’s specversion').toBe('1.0');
        for (const attribute of ['id', 'source', 'type'])
          t.text(event[attribute], `the event’s ${attribute}`);
        carries(event['data'], order);
        names.add(JSON.stringify([event['source'], event['id']]));
      }
      t.expect(names.size, 'different source and id, of two events').toBe(2);
    },
  },
  {
    id: 'nobody-delays-the-order',
    task: 1,
    services: ['order-service'],
    title: 'The customer hears although no listener has heard yet and the bus is silent',
    hops: [1],
    points: 8,
    quick: true,
    hints: [
      'Whoever tells does not wait. The reply promises that the order is saved, and nothing about those who listen.',
      'In order-service.ts: don’t await the publish, nor anything that a listener does.',
      'bus.publish(…, { qos: 1 }); return c.json({ id, status: "placed" }, 202);',
    ],
    async run(t) {
      const order = newOrder(t);
      let reply: () => void = () => undefined;
      const replied = new Promise<void>((resolve) => (reply = resolve));
      const fault = { kind: 'hold', reached: () => replied } as const;
      const { network } = t.lab;
      const silent = network
        .bus('order-service')
        .rules.inject({ direction: 'down', kind: 'puback', text: order.id, fault });
      for (const name of ['warehouse', 'push-relay', 'analytics'])
        network
          .bus(name)
          .rules.inject({ direction: 'down', kind: 'deliver', text: order.id, fault });
      const acted = await t.act('place-order', order, { timeout: 1_000 });
      reply();
      t.replied(acted, 202, 'while nobody has heard of the order');
      await publishOf(t, acted.run);
      const taken = (hop: HopLine): boolean => hop.kind === 'puback' && hop.to === 'order-service';
      await t.hop(acted.run, taken, { what: 'The PUBACK of the bus', within: 1_000 });
      t.mustHaveBitten(silent, 'the bus’s PUBACK to the order service');
    },
  },
];
