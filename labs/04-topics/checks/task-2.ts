import type { Check } from '../../kit/grade/check.ts';
import { NotAsExpected } from '../../kit/grade/errors.ts';
import { warehouseDelivery } from '../flow.ts';
import {
  acknowledged,
  announced,
  eventFor,
  isAcknowledgement,
  isDelivery,
  mustStandOnce,
  newOrder,
  newOrders,
  refuse,
  topic,
} from './given.ts';

const name = 'warehouse';
const services = [name];
/** What other listeners do is not the warehouse's work. */
const others = { without: ['push-relay', 'fraud-detection', 'analytics', 'loyalty'] };

export const task2: Check[] = [
  {
    id: 'stored-before-acknowledged',
    task: 2,
    services,
    title: 'The goods are reserved in the database before the warehouse acknowledges the event',
    hops: [3],
    points: 6,
    quick: true,
    hints: [
      'An acknowledgement says: you may forget this, I have it. It must not be said before it is true.',
      'In warehouse.ts: MQTT.js acknowledges when the callback of bus.handleMessage is called. Subscribe at QoS 1, or there is nothing to acknowledge.',
      'bus.handleMessage = ({ payload }, done) => { store(JSON.parse(payload.toString())); done(); };',
    ],
    async run(t) {
      for (let i = 0; i < 3; i += 1) {
        const order = newOrder(t);
        const published = await t.whileLocked('warehouse-database', isAcknowledgement(name), () =>
          announced(t, order),
        );
        await t.expect(published).toFollow(warehouseDelivery, others);
        mustStandOnce(t, name, order);
      }
      const orders = newOrders(t, 5);
      const all = await Promise.all(orders.map((order) => announced(t, order)));
      await Promise.all(all.map((p) => t.expect(p).toFollow(warehouseDelivery, others)));
      for (const order of orders) mustStandOnce(t, name, order);
    },
  },
  {
    id: 'twice-delivered-once-reserved',
    task: 2,
    services,
    title: 'An event that comes twice is reserved once and acknowledged twice',
    hops: [3],
    points: 5,
    quick: true,
    hints: [
      'At least once means: sometimes twice. Doing it again must change nothing. That is called idempotent.',
      'In warehouse.ts: source and id together name an event. The table `inbox` remembers which were dealt with.',
      'BEGIN IMMEDIATE; INSERT OR IGNORE INTO inbox …; only if .changes is 1: INSERT INTO reservations …; COMMIT.',
    ],
    async run(t) {
      const order = newOrder(t);
      const { run, event } = await announced(t, order);
      await acknowledged(t, { run, name });
      await t.publishAgain(topic, event);
      await acknowledged(t, { run, name, times: 2 });
      mustStandOnce(t, name, order, ' after two deliveries');
      // The same id from another source is another event.
      const [one, two] = [newOrder(t), newOrder(t)];
      const first = eventFor(t, one);
      const second = { ...eventFor(t, two), id: first.id, source: '/another-grader' };
      const runs = [await t.publish(topic, one.id, first), await t.publish(topic, two.id, second)];
      for (const published of runs) await acknowledged(t, { run: published.run, name });
      for (const each of [one, two]) mustStandOnce(t, name, each);
    },
  },
  {
    id: 'waits-in-its-queue',
    task: 2,
    services,
    title: 'What is announced while the warehouse is down waits in its queue, and loses nothing',
    hops: [3],
    points: 6,
    quick: false,
    hints: [
      'A bus keeps events for a consumer only if it knows that the consumer will come back.',
      'In warehouse.ts, the options of mqtt.connect: the same clientId each time, and a session that is not cleaned.',
      'mqtt.connect(EVENT_BUS_URL!, { clientId: MQTT_CLIENT_ID!, clean: false, reconnectPeriod: 250 })',
    ],
    async run(t) {
      await t.lab.kill(name);
      const orders = newOrders(t, 3);
      const all = [];
      for (const order of orders) all.push(await announced(t, order));
      await t.lab.restart(name);
      for (const { run } of all) await acknowledged(t, { run, name, within: 3_000 });
      for (const order of orders) mustStandOnce(t, name, order, ' once it is back');
    },
  },
  {
    id: 'comes-again-until-stored',
    task: 2,
    services,
    title: 'What can’t be stored is not acknowledged, and is reserved once when it comes again',
    hops: [3],
    points: 5,
    quick: false,
    hints: [
      'Half of it done is worse than nothing done: an event that the inbox knows and nobody reserved is lost without a word.',
      'In warehouse.ts: the inbox row and the reservation in one transaction; when that fails, undo both and don’t acknowledge.',
      'catch (error) { if (database.isTransaction) database.exec("ROLLBACK"); done(error); }',
    ],
    async run(t) {
      const order = newOrder(t);
      const allow = refuse(t, name, order);
      const { run } = await announced(t, order);
      await t.hop(run, isDelivery(name), { what: 'The delivery to Warehouse', within: 1_500 });
      if (await t.seen(run, isAcknowledgement(name), 150))
        throw new NotAsExpected({
          headline: 'The warehouse acknowledged a reservation that its database had refused',
          expected: 'no PUBACK, so that the bus delivers the event again',
          observed: 'its PUBACK',
        });
      allow();
      // The bus delivers again to whoever is back. Who ends on such an error is started again, too.
      await t.lab.restart(name);
      await acknowledged(t, { run, name, within: 3_000 });
      mustStandOnce(t, name, order, ', which refused it once');
    },
  },
];
