import type { Check } from '../../kit/grade/check.ts';
import { LabFailed, NotAsExpected } from '../../kit/grade/errors.ts';
import type { Tools } from '../../kit/grade/tools.ts';
import type { HopLine, Line } from '../../kit/wire/journal.ts';
import type { Run } from '../../kit/wire/runs.ts';
import { analyticsDelivery } from '../flow.ts';
import {
  acknowledged,
  announced,
  isAcknowledgement,
  isDelivery,
  mustStandOnce,
  newOrder,
  newOrders,
  tell,
  topic,
} from './given.ts';

const name = 'analytics';
const services = [name];
const others = { without: ['push-relay', 'fraud-detection', 'warehouse', 'loyalty'] };

/**
 * An event was delivered to a listener that is there, so that one more delivery would have come too. The
 * relay is the lab's own: whatever the learner's other services do, it listens.
 */
async function othersHeard(t: Tools, run: Run): Promise<void> {
  const heard = ({ kind, from }: HopLine): boolean => kind === 'puback' && from === 'push-relay';
  if (!(await t.seen(run, heard, 3_000)))
    throw new LabFailed('the push relay, which the lab provides, did not acknowledge an event');
}

/** Analytics takes part again, whatever a check has done. */
async function back(t: Tools): Promise<void> {
  if (t.lab.apps.down().includes(name)) await t.lab.restart(name);
  await t.act('analytics-joins', { id: t.lab.random('m') });
}

/** Begins with analytics as a member: a person may have told it to leave. */
async function member(t: Tools): Promise<void> {
  if (!t.lab.listening().has(name)) await back(t);
}

/** Orders that analytics has left before are never delivered to it. */
function neverDelivered(run: { hops: readonly unknown[] }, when: string): void {
  if (!run.hops.some((hop) => isDelivery(name)(hop as never))) return;
  throw new NotAsExpected({
    headline: `An event of the time when analytics was away came ${when}`,
    expected: 'nothing is kept for a subscriber that has left',
    observed: 'the bus delivered it: the session or the subscription was still there',
  });
}

export const task4: Check[] = [
  {
    id: 'counts-what-it-hears',
    task: 4,
    services,
    title: 'While it takes part, analytics stores each event before it acknowledges it, once',
    hops: [6],
    points: 7,
    quick: true,
    hints: [
      'A member has a queue of its own, like the warehouse: the same rules hold for it.',
      'In analytics.ts: connect with a kept session and the same client id, subscribe at QoS 1, and store in client.handleMessage.',
      'client.handleMessage = ({ payload }, done) => { /* one transaction: inbox, counts */ done(); };',
    ],
    async run(t) {
      await member(t);
      for (let i = 0; i < 3; i += 1) {
        const order = newOrder(t);
        const published = await t.whileLocked('analytics-database', isAcknowledgement(name), () =>
          announced(t, order),
        );
        await t.expect(published).toFollow(analyticsDelivery, others);
        await t.publishAgain(topic, published.event);
        await acknowledged(t, { run: published.run, name, times: 2 });
        mustStandOnce(t, name, order, ' after two deliveries');
      }
    },
  },
  {
    id: 'leaves-nothing-behind',
    task: 4,
    services,
    title: 'Who leaves is forgotten: nothing is delivered, nothing piles up, and rejoining works',
    hops: [6],
    points: 8,
    quick: false,
    hints: [
      'A queue whose owner never comes back grows for ever. Leaving is a message, too: the bus has to be told.',
      'In analytics.ts, app.delete("/membership"): a connection with clean: true under the same client id makes the bus forget the session.',
      'await (await bus).endAsync(); bus = mqtt.connect(EVENT_BUS_URL!, { clean: true, clientId: MQTT_CLIENT_ID! }); // and no subscription',
    ],
    async run(t) {
      await member(t);
      try {
        const before = newOrder(t);
        const heard = await announced(t, before);
        await acknowledged(t, { run: heard.run, name });
        await tell(t, name, 'leaves');
        const away = [];
        for (const order of newOrders(t, 2)) away.push(await announced(t, order));
        for (const { run } of away) await othersHeard(t, run);
        for (const { run } of away) neverDelivered(run, 'after it had left');
        await tell(t, name, 'joins');
        const after = newOrder(t);
        const again = await announced(t, after);
        await acknowledged(t, { run: again.run, name });
        mustStandOnce(t, name, after, ' after it has joined again');
        for (const { run } of away) neverDelivered(run, 'when it joined again');
      } finally {
        await back(t);
      }
    },
  },
  {
    id: 'stays-away-after-a-restart',
    task: 4,
    services,
    title: 'Who has left stays away when the process starts again; who takes part comes back',
    hops: [6],
    points: 7,
    quick: false,
    hints: [
      'A process forgets, a table does not. Whether somebody takes part is state like any other.',
      'In analytics.ts: the table `absence` has a row once it has left; write it when you are told, read it at the start.',
      'const isMember = () => absence.get() === undefined; … mqtt.connect(EVENT_BUS_URL!, { clean: !isMember(), clientId: MQTT_CLIENT_ID! })',
    ],
    async run(t) {
      await member(t);
      try {
        await t.lab.kill(name);
        const waiting = newOrder(t);
        const kept = await announced(t, waiting);
        await t.lab.restart(name);
        await acknowledged(t, { run: kept.run, name, within: 3_000 });
        mustStandOnce(t, name, waiting, ' once it is back');
        await tell(t, name, 'leaves');
        const { journal, factor } = t.lab;
        const since = journal.lines.length;
        await t.lab.restart(name);
        // Whoever subscribes does so at its start.
        const subscribes = (line: Line): boolean =>
          line.type === 'note' && line.component === name && line.what === 'suback';
        await journal.waitFor(subscribes, { timeout: 300 * factor, since });
        const order = newOrder(t);
        const { run } = await announced(t, order);
        await t.seen(run, isDelivery(name), 100);
        await othersHeard(t, run);
        neverDelivered(run, 'after a restart');
      } finally {
        await back(t);
      }
    },
  },
];
