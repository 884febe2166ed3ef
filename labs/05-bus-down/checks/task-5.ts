import type { Check } from '../../kit/grade/check.ts';
import { placeOrder } from '../flow.ts';
import type { Tools } from '../../kit/grade/tools.ts';
import type { HopLine } from '../../kit/wire/journal.ts';
import {
  acknowledged,
  announced,
  hold,
  isConfirmation,
  isHeard,
  isTaken,
  mustStandOnce,
  newOrder,
  newOrders,
  owed,
  refuse,
  warehouse,
} from './given.ts';

const services = ['order-service', 'warehouse'];
const taken = { what: 'The PUBACK of the bus', within: 1_500 };
export const heard = {
  what: 'The PUBACK of Order service, for the warehouse’s confirmation',
  within: 4_000,
};

/** What can’t be reserved must not be confirmed. */
async function refused(t: Tools): Promise<void> {
  const { database, table } = warehouse;
  const order = newOrder(t);
  const allow = refuse(t, { database, table }, order);
  try {
    const { run } = await announced(t, order);
    await acknowledged(t, run, { within: 2_000 });
    const confirmed = run.hops.some((hop) => isConfirmation(hop as HopLine));
    t.expect(
      confirmed ? 'confirmed' : 'not confirmed',
      'what the warehouse says of an order that it can’t reserve',
    ).toBe('not confirmed');
  } finally {
    allow();
  }
}

export const task5: Check[] = [
  {
    id: 'owed-until-confirmed',
    task: 5,
    services,
    title: 'An event leaves the outbox when the warehouse has confirmed the order, and not before',
    hops: [2, 3, 4, 5],
    points: 5,
    quick: true,
    hints: [
      'A bus’s PUBACK says that the bus has the event. It says nothing about who has worked on it, and some buses forget.',
      'In warehouse.ts: after the commit, publish an event to orders/reserved/v1 with the order’s id. In order-service.ts: hear it, and only then delete the row from `outbox`.',
      'warehouse: bus.publish("orders/reserved/v1", JSON.stringify({ …, data: { orderId } }), { qos: 1 }); order service: DELETE FROM outbox WHERE order_id = ?, and then done().',
    ],
    async run(t) {
      const order = newOrder(t);
      const held = hold(t, 'warehouse', {
        direction: 'up',
        kind: 'publish',
        text: order.id,
        first: 1,
      });
      const acted = await t.act('place-order', order);
      t.replied(acted, 202, 'to the order');
      await held.reached('Hop 4 (Warehouse → Event Bus, PUBLISH)');
      await t.hop(acted.run, isTaken, taken);
      t.expect(owed(t, order), 'rows in `outbox` while the confirmation is under way').toBe(1);
      held.release();
      await t.hop(acted.run, isHeard, heard);
      t.expect(owed(t, order), 'rows in `outbox` after the confirmation').toBe(0);
      await refused(t);
      const all = await Promise.all(newOrders(t, 5).map((each) => t.act('place-order', each)));
      await Promise.all(all.map((each) => t.expect(each).toFollow(placeOrder)));
    },
  },
  {
    id: 'announced-until-confirmed',
    task: 5,
    services,
    title: 'A lost event is announced again, and a lost confirmation is said again',
    hops: [2, 3, 4, 5],
    points: 6,
    quick: false,
    hints: [
      'What was lost on the way back looks like what was lost on the way there. Both are repaired by asking again.',
      'In order-service.ts: a row whose announced_at is older than CONFIRM_WITHIN_MS is owed again. In warehouse.ts: confirm an event that was here before, too.',
      '… WHERE announced_at IS NULL OR announced_at < Date.now() - CONFIRM_WITHIN_MS; in the warehouse: if (state === "done") confirm again, then acknowledge.',
    ],
    async run(t) {
      const { network } = t.lab;
      for (const [what, packet] of [
        ['the first delivery to the warehouse', { direction: 'down', kind: 'deliver' }],
        ['the first confirmation of the warehouse', { direction: 'up', kind: 'publish' }],
      ] as const) {
        const order = newOrder(t);
        const rule = { ...packet, text: order.id, first: 1, fault: { kind: 'drop' } } as const;
        const lost = network.bus('warehouse').rules.inject(rule);
        const acted = await t.act('place-order', order);
        t.replied(acted, 202, 'to the order');
        await acknowledged(t, acted.run, { within: 4_000 });
        await t.hop(acted.run, isHeard, { ...heard, what: `${heard.what}, when ${what} was lost` });
        t.mustHaveBitten(lost, what);
        mustStandOnce(t, order, `, when ${what} was lost`);
        t.expect(
          owed(t, order),
          `rows in \`outbox\` after the confirmation, when ${what} was lost`,
        ).toBe(0);
      }
    },
  },
  {
    id: 'survives-a-dead-bus',
    task: 5,
    services,
    title: 'A bus that dies with the event in its hands, after its PUBACK, costs no order',
    hops: [2, 3, 4, 5],
    points: 6,
    quick: false,
    hints: [
      'The embedded bus keeps everything in its memory. It acknowledges the event, dies, and knows nothing of it afterwards.',
      'In order-service.ts: don’t take the bus’s PUBACK for the end. Whatever the warehouse has not confirmed is announced again, to the bus that is there then.',
      'The row in `outbox` stays until orders/reserved/v1 names the order; the relay runs on a timer and on “connect”.',
    ],
    async run(t) {
      const order = newOrder(t);
      const packet = { direction: 'down', kind: 'deliver', text: order.id } as const;
      const held = hold(t, 'warehouse', packet);
      const acted = await t.act('place-order', order);
      t.replied(acted, 202, 'to the order');
      await held.reached('Hop 3 (Event Bus → Warehouse, delivery)');
      await t.hop(acted.run, isTaken, taken);
      await t.breakBus();
      held.release();
      const during = newOrder(t);
      const meanwhile = await t.act('place-order', during);
      t.replied(meanwhile, 202, 'while the bus is dead');
      t.lab.network.clearFaults();
      await t.lab.mendBus();
      for (const [each, { run }] of [
        [order, acted],
        [during, meanwhile],
      ] as const) {
        await acknowledged(t, run, { within: 5_000 });
        await t.hop(run, isHeard, heard);
        mustStandOnce(t, each, ' after the bus died');
        t.expect(owed(t, each), 'rows in `outbox` once the bus is back').toBe(0);
      }
    },
  },
];
