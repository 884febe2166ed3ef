import type { Check } from '../../kit/grade/check.ts';
import { NotAsExpected } from '../../kit/grade/errors.ts';
import type { Tools } from '../../kit/grade/tools.ts';
import type { HopLine, Line } from '../../kit/wire/journal.ts';
import type { Run } from '../../kit/wire/runs.ts';
import { orderOfThree } from '../flow.ts';
import { called, edge, heardAt, isReply, isRequest, names, newOrder, newOrders } from './given.ts';
import { toldTheTruth, withoutLoyalty, type Name, type Order } from './given.ts';
import { slowly } from './slowly.ts';

/** Keeps every answer back until all have been called, or a moment has passed. */
export async function placeWithAnswersHeld(
  t: Tools,
  order: Order,
  of: readonly Name[],
): Promise<Awaited<ReturnType<Tools['act']>>> {
  // Well below the 300 ms that an attempt may take.
  const timeout = Math.min(150 * t.lab.factor, 250);
  let run: Run | undefined;
  const each = (name: Name) =>
    t.lab.journal.waitFor(
      (line) => line.type === 'hop' && line.run === run?.key && isRequest(line, name),
      { timeout },
    );
  let everyone: Promise<unknown> | undefined;
  const reached = () => (everyone ??= Promise.all(of.map(each)));
  for (const name of of)
    edge(t, name).faults.inject({ kind: 'hold-reply', reached }, { text: order.id });
  return t.act('place-order', order, { onRun: (begun) => (run = begun) });
}

/** All were called before the first of them had answered. */
export async function calledAtOnce(t: Tools, run: Run, of: readonly Name[]): Promise<void> {
  // Whoever answers the customer first may still be calling.
  await Promise.all(of.map((name) => t.seen(run, (hop) => isRequest(hop, name), 200)));
  const { hops } = run;
  const answered = hops.findIndex((hop) => of.some((name) => isReply(hop, name)));
  for (const name of of) {
    const asked = hops.findIndex((hop) => isRequest(hop, name));
    if (asked !== -1 && (answered === -1 || asked < answered)) continue;
    const all = of.map((one) => called[one]).join(', ');
    throw new NotAsExpected({
      headline: 'Not everyone was called at once',
      expected: `the order service calls ${all}, all before the first of them has answered`,
      observed:
        asked === -1
          ? `${called[name]} was not called`
          : `${called[name]} was called only after another had answered`,
    });
  }
}

/** The customer's reply left when the last of the answers was there. */
function heardLast(run: Run): void {
  const heard = heardAt(run);
  if (heard === undefined) return;
  const isLate = (name: Name): boolean =>
    !run.hops.some((hop) => isReply(hop, name) && hop.at <= heard);
  if (!names.some(isLate)) return;
  throw new NotAsExpected({
    headline: 'The customer heard before everyone had processed the order',
    expected:
      'hop 5, the customer’s reply, after the answers of Warehouse, Fraud detection and Analytics',
    observed: 'the reply left while an answer was still on its way',
  });
}

/** The warehouse refuses a key that it knows from another order. */
function ownKey({ hops }: Run): void {
  if (!hops.some((hop) => isReply(hop, 'warehouse') && hop.kind === '422')) return;
  throw new NotAsExpected({
    headline: 'The warehouse refused an order: its key was used for another one',
    expected: 'an Idempotency-Key of its own for each order',
    observed: 'the same key, and the reply 422',
  });
}

export const task1: Check[] = [
  {
    id: 'asks-all-at-once',
    task: 1,
    services: ['order-service'],
    title: 'Everyone who has to hear of an order is called before the first of them has answered',
    hops: [2, 3, 4],
    points: 8,
    quick: true,
    hints: [
      'Calls that don’t need each other’s answers can be under way at the same time. Then the customer waits for the slowest, not for the sum.',
      'In order-service.ts, in app.post("/orders"): `await` stands before each fetch, so the next one starts when the last has ended.',
      'await Promise.all([fetch(`${WAREHOUSE_URL}/reservations`, …), fetch(`${FRAUD_DETECTION_URL}/checks/${order.id}`, …), fetch(`${ANALYTICS_URL}/counts`, …)]);',
    ],
    async run(t) {
      const { run } = await placeWithAnswersHeld(t, newOrder(t), names);
      await calledAtOnce(t, run, names);
    },
  },
  {
    id: 'answers-when-all-have-processed',
    task: 1,
    services: ['order-service'],
    title:
      'The order is saved, then all process it, then the customer hears 201: who has done what',
    hops: [1, 2, 3, 4, 5],
    points: 8,
    quick: true,
    hints: [
      'A reply is a promise kept: whoever says “complete” has waited for everyone’s answer. And nobody may hear of an order that is not saved.',
      'In order-service.ts, in app.post("/orders"): save first, wait for all calls, then answer with the state of each, and note it in `calls`.',
      'note.run(order.id, "warehouse", "done") for each; then return c.json({ id: order.id, status: "complete", dependents: noted.all(order.id) }, 201);',
    ],
    async run(t) {
      // While the order database can't be written to, nobody may be told of the order. Answers are kept
      // back a moment more, or until the customer has heard: too early, then.
      const tells = ({ via, from }: HopLine): boolean => via === 'http' && from === 'order-service';
      const order = newOrder(t);
      let run: Run | undefined;
      const heard = (line: Line): boolean =>
        line.type === 'hop' && line.to === 'user' && line.run === run?.key;
      const timeout = Math.min(80 * t.lab.factor, 200);
      const reached = () => t.lab.journal.waitFor(heard, { timeout });
      for (const name of names)
        edge(t, name).faults.inject({ kind: 'hold-reply', reached }, { text: order.id });
      const onRun = (begun: Run): void => void (run = begun);
      const held = await t.whileLocked('order-database', tells, () =>
        t.act('place-order', order, { onRun }),
      );
      if (held.reply && held.reply.status >= 400) t.replied(held, 201, 'when all is well');
      heardLast(held.run);
      ownKey(held.run);
      await t.expect(held).toFollow(orderOfThree, withoutLoyalty);
      const orders = newOrders(t, 4);
      const several = await Promise.all(orders.map((one) => t.act('place-order', one)));
      for (const one of several) ownKey(one.run);
      await Promise.all(several.map((one) => t.expect(one).toFollow(orderOfThree, withoutLoyalty)));
      const during = 'when all is well';
      for (const [i, one] of several.entries())
        await toldTheTruth(t, { acted: one, order: orders[i]!, during });
    },
  },
  {
    id: 'waits-for-the-slowest',
    task: 1,
    services: ['order-service'],
    title: 'With slow dependents the customer waits for the slowest of them, not for their sum',
    hops: [2, 3, 4, 5],
    points: 5,
    quick: true,
    hints: [
      'What is done one after the other takes the sum; what is done at once takes as long as the slowest.',
      'In order-service.ts: look for an `await` that keeps one call waiting for another.',
      'Start every call first, without await, and keep their promises in a list; then await Promise.all(list).',
    ],
    run: slowly,
  },
];
