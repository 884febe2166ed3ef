import type { Check } from '../../kit/grade/check.ts';
import type { Tools } from '../../kit/grade/tools.ts';
import type { HopLine } from '../../kit/wire/journal.ts';
import type { Run } from '../../kit/wire/runs.ts';
import { warehouse } from '../cast.ts';
import { placed } from '../lab.ts';
import {
  acknowledged,
  announced,
  eventFor,
  hold,
  isDeadLetter,
  mustStandOnce,
  newOrder,
  refuse,
  standing,
  type Event,
} from './given.ts';

const services = ['warehouse'];
const letter = `The event on dlq/${placed}`;

/** The event as it came has gone aside, and the bus need not deliver it again. */
async function goesAside(t: Tools, run: Run, payload: string, what = letter): Promise<void> {
  const { facts } = (await t.hop(run, isDeadLetter, { what, within: 2_000 })) as HopLine;
  t.expect(facts?.['payload'], 'the dead letter: the event, as it came').toBe(payload);
  t.expect(facts?.['qos'], 'the QoS of the dead letter').toBe(1);
  await acknowledged(t, run);
}

const attempts = (t: Tools, { id }: Event): number =>
  t.rows('warehouse-database', 'SELECT coalesce(max(attempts), 0) FROM inbox WHERE id = ?', id);

export const task4: Check[] = [
  {
    id: 'a-poisoned-event-goes-aside',
    task: 4,
    services,
    title: 'An event that can’t be stored is tried three times, then set aside; others go on',
    hops: [3],
    points: 6,
    quick: false,
    hints: [
      'Some events fail however often they are tried. If the warehouse keeps trying, everything behind them waits.',
      'In warehouse.ts: count attempts in `inbox`. After the third, publish the event as it came to dlq/orders/placed/v1, and acknowledge it.',
      'const letters = mqtt.connect({ ...session, clientId: MQTT_CLIENT_ID + "-letters" }); await letters.publishAsync("dlq/" + topic, text, { qos: 1 }); then state = "dead", then done(). On the first connection that PUBACK would stand in the line behind the event you are handling.',
    ],
    async run(t) {
      const { database, table } = warehouse;
      const poisoned = newOrder(t);
      const allow = refuse(t, { database, table }, poisoned);
      try {
        const { run, event } = await announced(t, poisoned);
        const good = newOrder(t);
        const behind = await announced(t, good);
        await acknowledged(t, behind.run, { within: 2_000 });
        mustStandOnce(t, good, ', behind an event that can’t be stored');
        await goesAside(t, run, JSON.stringify(event));
        t.expect(attempts(t, event), 'attempts in `inbox`, of an event that went aside').toBe(3);
        // Delivered once more, it is dead already: acknowledged, and not set aside again.
        await t.publishAgain(placed, event);
        await acknowledged(t, run, { times: 2 });
        const next = await announced(t, newOrder(t));
        await acknowledged(t, next.run);
        const letters = run.hops.filter((hop) => isDeadLetter(hop as HopLine)).length;
        t.expect(letters, 'dead letters for one event that came twice').toBe(1);
        t.expect(standing(t, warehouse, poisoned), 'how often the poisoned order is reserved').toBe(
          'never',
        );
      } finally {
        allow();
      }
    },
  },
  {
    id: 'counts-attempts-in-the-inbox',
    task: 4,
    services,
    title: 'Attempts from before a crash count; what fails only once is not set aside',
    hops: [3],
    points: 5,
    quick: false,
    hints: [
      'MQTT has no delivery count. A number in memory starts at nought after each crash, and an event that crashes the service would be tried for ever.',
      'In warehouse.ts: raise `attempts` in the row of `inbox` before each attempt, in a commit of its own.',
      'Look at the count first: at three, set the event aside. Count only an attempt that you make: INSERT INTO inbox (source, id, attempts) VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET attempts = attempts + 1',
    ],
    async run(t) {
      const { database, table } = warehouse;
      const poisoned = newOrder(t);
      const event = eventFor(t, poisoned);
      // As two attempts that ended in a crash leave it.
      t.write(database, 'INSERT INTO inbox (source, id, attempts) VALUES (?, ?, 2)', [
        event.source,
        event.id,
      ]);
      const allow = refuse(t, { database, table }, poisoned);
      try {
        const { run } = await t.publish(placed, poisoned.id, event);
        await goesAside(t, run, JSON.stringify(event));
        t.expect(attempts(t, event), 'attempts in `inbox`, where two had been made before').toBe(3);
      } finally {
        allow();
      }
      // One attempt was cut short by a crash, and nothing is wrong with the event.
      const order = newOrder(t);
      const good = eventFor(t, order);
      t.write(database, 'INSERT INTO inbox (source, id, attempts) VALUES (?, ?, 1)', [
        good.source,
        good.id,
      ]);
      const { run } = await t.publish(placed, order.id, good);
      await acknowledged(t, run);
      mustStandOnce(t, order, ', one attempt of which was cut short');
    },
  },
  {
    id: 'a-dead-letter-is-not-lost',
    task: 4,
    services,
    title: 'What can’t even be read is set aside too, and survives a crash on its way',
    hops: [3],
    points: 4,
    quick: false,
    hints: [
      'Setting aside is a promise as well: between the decision and the bus’s PUBACK the process may die.',
      'In warehouse.ts: acknowledge the event only once the bus has taken the dead letter, or it stands in a table of yours. What JSON.parse can’t read goes the same way, and so does what has no `source` and `id`.',
      'try { event = JSON.parse(text); if (!event?.source || !event.id) throw new Error("no event"); … } catch { await letters.publishAsync("dlq/" + topic, text, { qos: 1 }); } done();',
    ],
    async run(t) {
      const { id } = newOrder(t);
      const unreadable = `"${id}" {`;
      const packet = { direction: 'up', kind: 'publish', text: id, first: 1 } as const;
      const held = hold(t, 'warehouse', packet);
      const run = t.lab.beginRun('publish', id);
      await t.publishText(placed, unreadable);
      await held.reached(letter);
      const since = t.lab.journal.lines.length;
      await t.lab.kill('warehouse');
      held.release();
      await t.lab.restart('warehouse');
      const { facts } = (await t.hop(run, isDeadLetter, {
        what: letter,
        within: 3_000,
        since,
      })) as HopLine;
      t.expect(facts?.['payload'], 'the dead letter: the event, as it came').toBe(unreadable);
      await acknowledged(t, run);
      // JSON, and still no event: no row in `inbox` can stand for it.
      const order = newOrder(t);
      const nameless = { data: eventFor(t, order).data };
      const behind = await t.publish(placed, order.id, nameless);
      const what = `The event without source and id on dlq/${placed}`;
      await goesAside(t, behind.run, JSON.stringify(nameless), what);
    },
  },
];
