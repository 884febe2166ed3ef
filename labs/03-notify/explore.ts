import type { Exploration, Trouble } from '../kit/explore/exploration.ts';
import { onEdge, restarts } from '../kit/explore/troubles.ts';
import { NotAsExpected } from '../kit/grade/errors.ts';
import type { HttpFault } from '../kit/wire/faults.ts';
import type { Tools } from '../kit/grade/tools.ts';
import { called, inTime, names, newOrder, rows, type Name, type Order } from './checks/given.ts';

interface Placed {
  order: Order;
  /** What the customer was told of each, by name. */
  said: Map<unknown, unknown>;
}

const troublesOf = (name: Name): Trouble[] => {
  const apply = (fault: HttpFault, options?: { first: number }): Trouble['apply'] =>
    onEdge('order-service', name, fault, options);
  return [
    {
      id: `${name}-slow`,
      title: `${called[name]} takes 200 ms longer`,
      apply: apply({ kind: 'latency', ms: 200 }),
    },
    {
      id: `${name}-503`,
      title: `${called[name]} answers 503 twice`,
      apply: apply({ kind: 'status', status: 503 }, { first: 2 }),
    },
    {
      id: `${name}-down`,
      title: `${called[name]} breaks every connection`,
      apply: apply({ kind: 'reset' }),
    },
    {
      id: `${name}-answer-lost`,
      title: `${called[name]} does its work, and its next answer is lost`,
      apply: apply({ kind: 'reset-after' }, { first: 1 }),
    },
    {
      id: `${name}-silent`,
      title: `${called[name]} does not answer the next request`,
      apply: apply({ kind: 'timeout' }, { first: 1 }),
    },
  ];
};

/** What a right order service survives: the customer hears in time, and what it is told is true. */
export const exploration: Exploration<Placed> = {
  action: 'a customer places an order',
  troubles: [
    ...names.flatMap(troublesOf),
    {
      id: 'orders-restart',
      title: 'The order service is killed, and starts again at once',
      apply: restarts('order-service'),
    },
  ],

  async act(t, n) {
    const order = newOrder(t);
    const { reply, noReply } = await t.act('place-order', order, { timeout: inTime });
    if (!reply || ![201, 202].includes(reply.status))
      throw new NotAsExpected({
        headline: `The customer’s reply to order ${n}`,
        expected: 'reply 201 or 202, in time',
        observed: reply ? `reply ${reply.status}` : `none: ${noReply?.message ?? 'unknown'}`,
      });
    const { dependents } = (reply.body ?? {}) as {
      dependents?: { name: unknown; state: unknown }[];
    };
    const said = Array.isArray(dependents) ? dependents : [];
    return { order, said: new Map(said.map(({ name, state }) => [name, state])) };
  },

  async judge(t, placed) {
    // Whatever is still on its way has arrived when a later order has its reply.
    await t.act('place-order', newOrder(t), { timeout: inTime });
    for (const [i, { order, said }] of placed.entries())
      for (const name of names)
        mustBeTrue(t, `order ${i + 1}`, { order, name, state: said.get(name) });
  },
};

function mustBeTrue(
  t: Tools,
  what: string,
  { order, name, state }: { order: Order; name: Name; state: unknown },
): void {
  const there = rows(t, name, order);
  const isTrue =
    state === 'done'
      ? there === 1
      : state === 'not done'
        ? there === 0
        : state === 'unknown' && there < 2;
  if (isTrue) return;
  throw new NotAsExpected({
    headline: `What the customer was told of ${called[name]} and ${what} is not true`,
    expected:
      '“done” with one row in its database, “not done” with none, “unknown” with one at the most',
    observed: `${typeof state === 'string' ? `“${state}”` : 'nothing'}, with ${there} in its database`,
  });
}
