import type { Check } from '../../kit/grade/check.ts';
import { push } from '../flow.ts';
import { announced, mustStandOnce, newOrder, newOrders, refuse, standing } from './given.ts';
import { isTaken, registered, taken } from './relay.ts';

const name = 'fraud-detection';
const services = [name];
/** What stands before the push, and what other listeners do. */
const others = { without: ['event-bus', 'warehouse', 'analytics', 'loyalty'] };
const pushEdge = ['push-relay', name] as const;

export const task3: Check[] = [
  {
    id: 'takes-pushes',
    task: 3,
    services,
    title: 'Fraud detection is called where it registered, and answers 204 once the check stands',
    hops: [5],
    points: 7,
    quick: true,
    hints: [
      'A subscriber can be called instead of listening: it says where, once, and answers each call only when it has the event.',
      'In fraud-detection.ts: an app.post("/events") that stores and then answers 204, and a PUT to the relay at the start, again until it has worked.',
      'await fetch(`${PUSH_RELAY_URL}/endpoints/fraud-detection`, { method: "PUT", headers: { "content-type": "application/json" }, body: JSON.stringify({ topic: "orders/placed/v1", url: `${PUBLIC_URL}/events` }) });',
    ],
    async run(t) {
      // The relay remembers who has registered: let it forget, so that this start has to. The relay
      // may be up later than whoever registers: the first attempt finds nobody.
      t.lab.databases.write('push-relay-database', 'DELETE FROM endpoints', []);
      const [relay] = t.lab.network.edge(name, 'push-relay');
      const away = relay!.faults.inject({ kind: 'status', status: 503 }, { first: 1 });
      const since = t.lab.journal.lines.length;
      await t.lab.restart(name);
      await registered(t, since);
      t.mustHaveBitten(away, 'the first registration of fraud detection');
      for (let i = 0; i < 3; i += 1) {
        const order = newOrder(t);
        const published = await t.whileLocked('fraud-database', isTaken, () => announced(t, order));
        await t.expect(published).toFollow(push, others);
        mustStandOnce(t, name, order);
      }
      const orders = newOrders(t, 5);
      const all = await Promise.all(orders.map((order) => announced(t, order)));
      await Promise.all(all.map((published) => t.expect(published).toFollow(push, others)));
    },
  },
  {
    id: 'pushed-twice-checked-once',
    task: 3,
    services,
    title: 'An event whose answer is lost is pushed again, and is checked once',
    hops: [5],
    points: 7,
    quick: true,
    hints: [
      'The relay can’t know whether a lost answer meant yes. So it calls again, and twice must be once.',
      'In fraud-detection.ts: source and id together name an event; remember them in the table `inbox`, in one transaction with the check.',
      'database.exec("BEGIN IMMEDIATE"); if (isNew.run(source, id).changes === 1) check.run(…); database.exec("COMMIT");',
    ],
    async run(t) {
      await registered(t);
      const order = newOrder(t);
      const [tap] = t.lab.network.edge(...pushEdge);
      const lost = tap!.faults.inject({ kind: 'reset-after' }, { first: 1, text: order.id });
      const { run } = await announced(t, order);
      await taken(t, run, { when: 'to the second push', within: 3_000 });
      t.mustHaveBitten(lost, 'the first answer of fraud detection');
      mustStandOnce(t, name, order, ' after two pushes');
    },
  },
  {
    id: 'says-what-it-could-not-store',
    task: 3,
    services,
    title: 'What can’t be stored is answered 503, and is checked when it is pushed again',
    hops: [5],
    points: 7,
    quick: false,
    hints: [
      'A success that is none ends the retries, and the event is gone. An honest failure brings it back.',
      'In fraud-detection.ts: undo the whole transaction when storing fails, and answer 503.',
      'catch { if (database.isTransaction) database.exec("ROLLBACK"); return c.json({ title: "…", status: 503 }, 503, { "content-type": "application/problem+json" }); }',
    ],
    async run(t) {
      await registered(t);
      const order = newOrder(t);
      const allow = refuse(t, name, order);
      const { run } = await announced(t, order);
      const answered = await t.seen(run, ({ via, from }) => via === 'http' && from === name, 2_000);
      t.expect(
        answered?.kind ?? 'none',
        'the answer to a push whose check the database refuses',
      ).toBe('503');
      t.expect(standing(t, name, order), 'how often a refused check stands').toBe('never');
      allow();
      await taken(t, run, { when: 'once its database takes the check', within: 4_000 });
      mustStandOnce(t, name, order);
    },
  },
];
