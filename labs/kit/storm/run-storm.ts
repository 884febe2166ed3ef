import type { Tools } from '../grade/tools.ts';
import { Calming } from './calming.ts';
import { countOrders, type Count, type Order } from './count.ts';
import { Limits, type Excess } from './limits.ts';
import type { StormPlan } from './plan.ts';
import type { Storm } from './storm.ts';
import { placeOrders } from './users.ts';

/** What a storm did, and what became of its orders. */
export interface StormResult extends Count {
  plan: StormPlan;
  /** How many orders were placed: fewer than planned if too many were not accepted. */
  placed: number;
  /** When the bus was killed, on the journal’s clock. */
  killedAt: readonly number[];
  seconds: number;
  /** Why it was ended, if it did not come to its end: then nothing is known of what it would have lost. */
  excess?: Excess | undefined;
}

/** A database tells nobody when it changes: it is looked into again after so many milliseconds. */
const between = 50;

/**
 * Places a plan’s orders, kills the bus and brings it back meanwhile, and waits until all of them have had
 * their effect or nothing moves any more. Then says what became of them.
 * @param onKill told the number of each order while whose placing the bus is killed
 * @throws Inconclusive where the bus is not ours to kill, NotAsExpected where a table can’t be read, and
 * LabFailed
 */
export async function runStorm(
  t: Tools,
  storm: Storm,
  plan: StormPlan,
  onKill: (n: number) => void = () => undefined,
): Promise<StormResult> {
  if (plan.kills.length > 0) t.mayKillBus();
  const since = t.lab.journal.lines.length;
  const began = performance.now();
  const limits = new Limits(plan.orders, began);
  const orders = await placeOrders(t, storm, plan, { limits, onKill });
  const excess = await calm(t, storm, { orders, limits });
  const { database, sql } = storm.effect;
  const count = countOrders(orders, t.tally(database, sql), storm.publisher);
  for (const { run } of orders) t.lab.witness.runs.end(run);
  const seconds = (performance.now() - began) / 1_000;
  return {
    plan,
    placed: orders.length,
    killedAt: kills(t, since),
    seconds,
    ...count,
    ...(excess && { excess, lost: [] }),
  };
}

const kills = ({ lab }: Tools, since: number): number[] =>
  lab.journal.lines
    .slice(since)
    .filter((l) => l.type === 'note' && l.component === 'event-bus' && l.what === 'killed')
    .map(({ at }) => at);

/** Waits until it is calm; returns why not, where a limit was passed before. */
async function calm(
  t: Tools,
  { effect, quiet }: Storm,
  { orders, limits }: { orders: readonly Order[]; limits: Limits },
): Promise<Excess | undefined> {
  const calming = new Calming(t.lab.factor, quiet);
  const accepted = orders.filter((order) => order.accepted);
  for (;;) {
    const there = t.tally(effect.database, effect.sql);
    const look = {
      at: performance.now(),
      open: accepted.filter(({ run }) => !there.has(run.id)).length,
      hops: orders.reduce((sum, { run }) => sum + run.hops.length, 0),
    };
    const excess = limits.excess(look.at);
    if (excess || calming.isOver(look)) return excess;
    await new Promise((resolve) => setTimeout(resolve, between));
  }
}
