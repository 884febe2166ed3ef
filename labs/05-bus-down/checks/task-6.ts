import type { Check } from '../../kit/grade/check.ts';
import type { Tools } from '../../kit/grade/tools.ts';
import type { HopLine } from '../../kit/wire/journal.ts';
import type { Run } from '../../kit/wire/runs.ts';
import { heard } from './task-5.ts';
import { placed } from '../lab.ts';
import {
  acknowledged,
  announced,
  hold,
  isDeadLetter,
  isHeard,
  isTaken,
  mustStandOnce,
  newOrder,
  owed,
} from './given.ts';

const services = ['order-service', 'warehouse'];
const [standby, within] = [2, 6_000];

/** An order has gone the whole way, and ended on the standby. */
async function overTheStandby(t: Tools, run: Run): Promise<void> {
  await acknowledged(t, run, { within });
  await t.hop(run, isHeard, { ...heard, within });
  const last = run.hops.findLast((hop) => isHeard(hop as HopLine));
  t.expect(last?.instance, 'the instance of the bus that brought the confirmation').toBe(standby);
}

export const task6: Check[] = [
  {
    id: 'moves-to-the-standby',
    task: 6,
    services,
    title:
      'The bus dies for good: both move to the standby, and what only the dead one held comes again',
    hops: [2, 3, 4, 5],
    points: 5,
    quick: false,
    hints: [
      'A standby is another bus, with nothing in it: no subscriptions, no queues, no events of the first.',
      'In order-service.ts and warehouse.ts: give MQTT.js both addresses. It tries the next one whenever a connection is lost, and subscribes again where the bus does not know it.',
      'mqtt.connect({ ...session, servers: [{ protocol: "mqtt", host, port }, { … }] }), host and port from EVENT_BUS_URL and EVENT_BUS_STANDBY_URL',
    ],
    async run(t) {
      const [order, moving] = [newOrder(t), newOrder(t)];
      const packet = { direction: 'down', kind: 'deliver', text: order.id } as const;
      const held = hold(t, 'warehouse', packet);
      const first = await t.act('place-order', order);
      t.replied(first, 202, 'to the order');
      await held.reached('Hop 3 (Event Bus → Warehouse, delivery)');
      await t.hop(first.run, isTaken, { what: 'The PUBACK of the bus', within: 1_500 });
      await t.failOver();
      held.release();
      t.lab.network.clearFaults();
      const second = await t.act('place-order', moving);
      t.replied(second, 202, 'while the services move');
      for (const [each, { run }] of [
        [order, first],
        [moving, second],
      ] as const) {
        await overTheStandby(t, run);
        mustStandOnce(t, each, ' after the move');
        t.expect(owed(t, each), 'rows in `outbox` after the move').toBe(0);
      }
    },
  },
  {
    id: 'starts-onto-the-standby',
    task: 6,
    services,
    title: 'Services that start while only the standby serves find it',
    hops: [2, 3, 4, 5],
    points: 3,
    quick: false,
    hints: [
      'A service that is started an hour after the failure has never seen the first bus.',
      'In both files: no address is the right one for good. A refused connection is the reason to try the next.',
      'With `servers`, MQTT.js tries the next address after each failed attempt, with a pause of reconnectPeriod.',
    ],
    async run(t) {
      await t.failOver();
      for (const [service, name] of [
        ['order-service', 'Order service'],
        ['warehouse', 'Warehouse'],
      ] as const) {
        await t.lab.kill(service);
        const since = t.lab.journal.lines.length;
        await t.lab.restart(service);
        const what = `The connection of ${name} to the standby`;
        await t.note(service, 'connack', { what, within: 1_000, since });
      }
      const order = newOrder(t);
      const acted = await t.act('place-order', order);
      t.replied(acted, 202, 'while only the standby serves');
      await overTheStandby(t, acted.run);
      mustStandOnce(t, order);
    },
  },
  {
    id: 'letters-move-too',
    task: 6,
    services: ['warehouse'],
    title: 'Dead letters go to the standby, and events behind them go on',
    hops: [3],
    points: 2,
    quick: false,
    hints: [
      'Each connection has addresses of its own. One that knows only a dead bus waits for ever, and so does whoever waits for it.',
      'In warehouse.ts: the connection for dead letters has to know both addresses, too.',
      'const letters = mqtt.connect({ ...session, clientId: MQTT_CLIENT_ID + "-letters", servers });',
    ],
    async run(t) {
      const since = t.lab.journal.lines.length;
      await t.failOver();
      const subscribed = { what: 'The subscription of Warehouse on the standby', within, since };
      await t.note('warehouse', 'suback', subscribed);
      const { id } = newOrder(t);
      const unreadable = t.lab.beginRun('publish', id);
      await t.publishText(placed, `"${id}" {`);
      const order = newOrder(t);
      const behind = await announced(t, order);
      const what = `The event on dlq/${placed} over the standby`;
      await t.hop(unreadable, isDeadLetter, { what, within: 3_000 });
      await acknowledged(t, unreadable);
      await acknowledged(t, behind.run);
      mustStandOnce(t, order, ', behind a dead letter on the standby');
    },
  },
];
