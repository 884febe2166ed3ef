import type { SeenHop } from '../flow/types.ts';
import type { Tools } from '../grade/tools.ts';
import { BusKills } from './bus-kills.ts';
import type { Order } from './count.ts';
import { atATime, type StormPlan } from './plan.ts';
import type { Storm } from './storm.ts';

/** Nobody goes on ordering where so many orders were not accepted. */
const mostRefused = 20;

/** For how long an order counts as under way, in milliseconds × factor: it may be lost. */
const patience = 250;

/**
 * Places a plan’s orders while the bus is killed and brought back: so many users, each with one order
 * after the other, the next when the last is no longer under way. While the bus is dead nobody waits.
 * @returns the orders, in the order of their numbers: fewer than planned if too many were not accepted
 */
export async function placeOrders(t: Tools, storm: Storm, plan: StormPlan): Promise<Order[]> {
  const bus = new BusKills(t, plan);
  const orders: Order[] = [];
  let [next, refused] = [1, 0];
  const user = async (): Promise<void> => {
    while (next <= plan.orders && refused < mostRefused) {
      const n = next;
      next += 1;
      await bus.before(n);
      const done = Promise.withResolvers<void>();
      // The journal has one order of each kill, not a thousand.
      const isWritten = bus.killsAt(n);
      const order = await placeOne(t, storm, { n, ...(!isWritten && { onDone: done.resolve }) });
      orders.push(order);
      if (!order.accepted) refused += 1;
      else if (!isWritten) await bus.whileUp(within(done.promise, patience * t.lab.factor));
    }
  };
  await Promise.all(Array.from({ length: atATime }, user));
  await bus.over();
  return orders.toSorted((a, b) => a.n - b.n);
}

/** `onDone` is told when the work is done; an order without it is written down in the journal. */
async function placeOne(
  t: Tools,
  { action, accepted, worker }: Storm,
  { n, onDone }: { n: number; onDone?: () => void },
): Promise<Order> {
  const { params } = t.lab.action(action).example(
    (prefix) => t.lab.random(prefix),
    () => undefined,
  );
  const crowd =
    onDone && (({ kind, from }: SeenHop) => kind === 'puback' && from === worker && onDone());
  const { run, reply, noReply } = await t.act(action, params, { ...(crowd && { crowd }) });
  const said = reply ? `reply ${reply.status}` : `none: ${noReply?.message ?? 'unknown'}`;
  return { n, run, accepted: reply?.status === accepted, reply: said };
}

async function within(work: Promise<void>, ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  await Promise.race([work, promise]);
  clearTimeout(timer);
}
