import type { Check } from '../../kit/grade/check.ts';
import { warehouseDelivery } from '../flow.ts';
import { placed } from '../lab.ts';
import {
  acknowledged,
  announced,
  eventFor,
  hold,
  isAcknowledgement,
  mustStandOnce,
  newOrder,
  newOrders,
  warehouse,
} from './given.ts';

const services = ['warehouse'];
const puback = 'The PUBACK of Warehouse';
/** What others do, and what the warehouse itself publishes, is not this task's. */
const ownPart = {
  without: [
    'fraud-detection',
    'analytics',
    'order-service',
    'publish warehouse→event-bus',
    'puback event-bus→warehouse',
  ],
};

export const task3: Check[] = [
  {
    id: 'stored-before-acknowledged',
    task: 3,
    services,
    title: 'The goods are reserved in the database before the warehouse acknowledges the event',
    hops: [3],
    points: 4,
    quick: true,
    hints: [
      'An acknowledgement says: you may forget this, I have it. It must not be said before it is true.',
      'In warehouse.ts: MQTT.js acknowledges when the callback of bus.handleMessage is called.',
      'bus.handleMessage = ({ payload }, done) => { store(JSON.parse(payload.toString())); done(); };',
    ],
    async run(t) {
      for (let i = 0; i < 3; i += 1) {
        const order = newOrder(t);
        const published = await t.whileLocked(
          'warehouse-database',
          isAcknowledgement(warehouse),
          () => announced(t, order),
        );
        await t.expect(published).toFollow(warehouseDelivery, ownPart);
        mustStandOnce(t, order);
      }
      const orders = newOrders(t, 5);
      const all = await Promise.all(orders.map((order) => announced(t, order)));
      await Promise.all(all.map((each) => t.expect(each).toFollow(warehouseDelivery, ownPart)));
      for (const order of orders) mustStandOnce(t, order);
    },
  },
  {
    id: 'twice-delivered-once-reserved',
    task: 3,
    services,
    title: 'An event that comes twice is reserved once and acknowledged twice',
    hops: [3],
    points: 4,
    quick: true,
    hints: [
      'At least once means: sometimes twice. Whatever repairs a loss sends things again, so doing it again must change nothing.',
      'In warehouse.ts: source and id together name an event. The table `inbox` has a row for each, with its state.',
      'In one transaction: the row in reservations, and state = "done" in inbox. An event that is done already is only acknowledged.',
    ],
    async run(t) {
      const order = newOrder(t);
      const { run, event } = await announced(t, order);
      await acknowledged(t, run);
      await t.publishAgain(placed, event);
      await acknowledged(t, run, { times: 2 });
      mustStandOnce(t, order, ' after two deliveries');
      // The same id from another source is another event.
      const [one, two] = [newOrder(t), newOrder(t)];
      const first = eventFor(t, one);
      const second = { ...eventFor(t, two), id: first.id, source: '/another-grader' };
      const runs = [
        await t.publish(placed, one.id, first),
        await t.publish(placed, two.id, second),
      ];
      for (const published of runs) await acknowledged(t, published.run);
      for (const each of [one, two]) mustStandOnce(t, each);
    },
  },
  {
    id: 'killed-at-its-acknowledgement',
    task: 3,
    services,
    title: 'A warehouse that is killed just before or after its PUBACK has reserved the order once',
    hops: [3],
    points: 6,
    quick: false,
    hints: [
      'Between storing and acknowledging there is always a moment. Whoever dies in it gets the event again.',
      'In warehouse.ts: a session that the bus keeps, and an inbox in the database: what was in memory is gone.',
      'mqtt.connect(EVENT_BUS_URL!, { clientId: MQTT_CLIENT_ID!, clean: false }); the inbox row and the reservation in one transaction.',
    ],
    async run(t) {
      const before = newOrder(t);
      const packet = { direction: 'up', kind: 'puback', text: before.id, first: 1 } as const;
      const held = hold(t, 'warehouse', packet);
      const first = await announced(t, before);
      await held.reached(puback);
      await t.lab.kill('warehouse');
      held.release();
      await t.lab.restart('warehouse');
      await acknowledged(t, first.run, { within: 3_000 });
      mustStandOnce(t, before, ', which was killed before its PUBACK crossed');

      const after = newOrder(t);
      const second = await announced(t, after);
      await acknowledged(t, second.run);
      await t.lab.kill('warehouse');
      await t.lab.restart('warehouse');
      // Events come in order: once the next is through, nothing of those before is under way.
      const next = await announced(t, newOrder(t));
      await acknowledged(t, next.run, { within: 3_000 });
      for (const order of [before, after])
        mustStandOnce(t, order, ', which was killed after its PUBACK had crossed');
    },
  },
];
