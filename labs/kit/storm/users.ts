import type { SeenHop } from '../flow/types.ts';
import type { Tools } from '../grade/tools.ts';
import { BusKills } from './bus-kills.ts';
import type { Order } from './count.ts';
import type { Limits } from './limits.ts';
import { atATime, type StormPlan } from './plan.ts';
import type { Storm } from './storm.ts';

/** Nobody goes on ordering where so many orders were not accepted. */
const mostRefused = 20;

/** For how long an order counts as under way, in milliseconds × factor: it may be lost. */
const patience = 250;

/**
 * Places a plan’s orders while the bus is killed and brought back: so many users, each with one order
 * after the other, the next when the last is no longer under way. While the bus is dead nobody waits.
 * @param limits told of what is published; nobody goes on ordering once they are passed
 * @param onKill told the number of the order while whose placing the bus is killed
 * @returns the orders, in the order of their numbers: fewer than planned if too many were not accepted
 */
export async function placeOrders(
  t: Tools,
  storm: Storm,
  plan: StormPlan,
  { limits, onKill }: { limits: Limits; onKill: (n: number) => void },
): Promise<Order[]> {
  const bus = new BusKills(t, plan);
  const orders: Order[] = [];
  let [next, refused] = [1, 0];
  const user = async (): Promise<void> => {
    const goesOn = (): boolean =>
      next <= plan.orders && refused < mostRefused && !limits.excess(performance.now());
    while (goesOn()) {
      const n = next;
      next += 1;
      await bus.before(n);
      const done = Promise.withResolvers<void>();
      // The journal has one order of each kill, not a thousand.
      const isWritten = bus.killsAt(n);
      if (isWritten) onKill(n);
      const onHop = (hop: SeenHop): void => {
        if (isFrom(storm.publisher, 'publish')(hop)) limits.published();
        if (isFrom(storm.worker, 'puback')(hop)) done.resolve();
      };
      const order = await placeOne(t, storm, { n, ...(!isWritten && { crowd: onHop }) });
      orders.push(order);
      if (!order.accepted) refused += 1;
      else if (!isWritten) await bus.whileUp(within(done.promise, patience * t.lab.factor));
    }
  };
  await Promise.all(Array.from({ length: atATime }, user));
  await bus.over();
  return orders.toSorted((a, b) => a.n - b.n);
}

const isFrom =
  (component: string, what: string) =>
  ({ kind, from }: SeenHop): boolean =>
    kind === what && from === component;

/** `crowd` is told of each hop; an order without it is written down in the journal. */
async function placeOne(
  t: Tools,
  { action, accepted }: Storm,
  { n, ...crowd }: { n: number; crowd?: (hop: SeenHop) => void },
): Promise<Order> {
  const { params } = t.lab.action(action).example(
    (prefix) => t.lab.random(prefix),
    () => undefined,
  );
  const { run, reply, noReply } = await t.act(action, params, crowd);
  const said = reply ? `reply ${reply.status}` : `none: ${noReply?.message ?? 'unknown'}`;
  return { n, run, accepted: reply?.status === accepted, reply: said };
}

async function within(work: Promise<void>, ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  await Promise.race([work, promise]);
  clearTimeout(timer);
}
