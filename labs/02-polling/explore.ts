import type { Exploration } from '../kit/explore/exploration.ts';
import { away, locked, onEdge, restarts } from '../kit/explore/troubles.ts';
import type { Tools } from '../kit/grade/tools.ts';
import type { Line } from '../kit/wire/journal.ts';
import { newOrder, reserved, type Order } from './checks/given.ts';
import { nextPolls } from './checks/polls.ts';

const polls = ['warehouse', 'order-service'] as const;

/** Milliseconds × the lab's factor in which a poll begins, unless one is open or the warehouse is away. */
const onePoll = 300;

/** Waits until polls begin, as far as they do. */
async function pollsBegin({ lab: { journal, factor } }: Tools, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    const since = journal.lines.length;
    if (!(await journal.waitFor(isPoll, { timeout: onePoll * factor, since }))) return;
  }
}

const isPoll = (line: Line): boolean =>
  line.type === 'hop' && line.via === 'http' && line.from === polls[0] && line.to === polls[1];

/** How many polls after all troubles an order may need: a backlog and some pauses. */
const mostPolls = 12;

/** What a right poller survives: whatever happens meanwhile, each order is reserved once. */
export const exploration: Exploration<Order> = {
  action: 'a customer places an order',
  troubles: [
    {
      id: 'polls-503',
      title: 'Polls of the warehouse are answered 503',
      apply: onEdge(...polls, { kind: 'status', status: 503 }, { first: 2 }),
    },
    {
      id: 'polls-break',
      title: 'Polls of the warehouse break off',
      apply: onEdge(...polls, { kind: 'reset' }, { first: 2 }),
    },
    {
      id: 'polls-hang',
      title: 'Nobody answers the next poll of the warehouse',
      apply: onEdge(...polls, { kind: 'timeout' }, { first: 1 }),
    },
    {
      id: 'answer-lost',
      title: 'The next answer to the warehouse is lost on its way',
      apply: onEdge(...polls, { kind: 'reset-after' }, { first: 1 }),
    },
    {
      id: 'slow-answers',
      title: 'Answers to the warehouse take 150 ms longer',
      apply: onEdge(...polls, { kind: 'latency', ms: 150 }, { first: 3 }),
    },
    {
      id: 'warehouse-restarts',
      title: 'The warehouse is killed, and starts again at once',
      apply: restarts('warehouse'),
    },
    {
      id: 'warehouse-away',
      title: 'The warehouse is killed, and starts again when all else is over',
      apply: away('warehouse'),
    },
    {
      id: 'orders-restart',
      title: 'The order service is killed, and starts again at once',
      apply: restarts('order-service'),
    },
    {
      id: 'warehouse-locked',
      title: 'The warehouse’s database can’t be written to for a moment when the next order comes',
      apply: locked(
        'warehouse-database',
        ({ kind, to }) => kind === 'post' && to === 'order-service',
      ),
    },
  ],

  async act(t, n) {
    const order = newOrder(t);
    const acted = await t.act('place-order', { ...order });
    t.replied(acted, 201, `to order ${n}`);
    // A trouble of polls can hit only while one goes by. Once another begins, this one is over.
    await pollsBegin(t, 2);
    return order;
  },

  async judge(t, orders) {
    const isThere = (order: Order): boolean => reserved(t, order) > 0;
    for (let n = 0; n < mostPolls && !orders.every(isThere); n += 1) await nextPolls(t, 1);
    // What is read twice would be stored by now.
    await nextPolls(t, 2);
    for (const [i, order] of orders.entries())
      t.expect(reserved(t, order), `rows in the warehouse’s database for order ${i + 1}`).toBe(1);
  },
};
