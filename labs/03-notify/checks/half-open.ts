import { NotAsExpected } from '../../kit/grade/errors.ts';
import type { Tools } from '../../kit/grade/tools.ts';
import type { Acted } from '../../kit/run/acted.ts';
import type { Run } from '../../kit/wire/runs.ts';
import { bringDown, callsTo, leftAloneUntil, now, oneFails, placeLeftAlone } from './breaker.ts';
import { calm, edge, isRequest, newOrder, newOrders, toldTheTruth } from './given.ts';
import type { Order } from './given.ts';

const toWarehouse = callsTo('warehouse');
const notDone = { warehouse: 'not done' } as const;

/**
 * An open breaker, from the first order that is let through to try (it fails, so all wait again) to
 * the one that works. Time decides nothing but how long nobody may call.
 */
export async function triesOneAndCloses(t: Tools): Promise<void> {
  await calm(t);
  const until = await bringDown(t, 'warehouse');
  await failedProbe(t, until);
  await placeLeftAlone(t, {
    name: 'warehouse',
    until: leftAloneUntil(t, 'warehouse'),
    when: 'an order that tried and failed',
  });
  edge(t, 'warehouse').faults.clear();
  const { acted, order } = await nextToTry(t, leftAloneUntil(t, 'warehouse'));
  await toldTheTruth(t, {
    acted,
    order,
    during: 'for the order that tries a warehouse that works again',
  });
  const orders = newOrders(t, 3);
  const all = await Promise.all(orders.map((one) => t.act('place-order', one)));
  const during = 'once the warehouse works again';
  for (const [i, one] of all.entries())
    await toldTheTruth(t, { acted: one, order: orders[i]!, during });
  // A closed breaker begins to count anew.
  await oneFails(t, 'after one more failure, once the breaker had closed');
}

/** The first to try is kept waiting until other orders have had their chance: none may try as well. */
async function failedProbe(t: Tools, until: number): Promise<void> {
  const since = now(t);
  const orders = newOrders(t, 3);
  const runs: Run[] = [];
  let others: Promise<Acted[]> | undefined;
  let chance: Promise<unknown> | undefined;
  // Who has called analytics has decided about the warehouse. Below the 300 ms of an attempt.
  const timeout = Math.min(150 * t.lab.factor, 250);
  const hasDecided = ({ key }: Run): Promise<unknown> =>
    t.lab.journal.waitFor(
      (line) => line.type === 'hop' && line.run === key && isRequest(line, 'analytics'),
      { timeout, since },
    );
  const onRun = (run: Run): void => void runs.push(run);
  const reached = (): Promise<unknown> => {
    others ??= Promise.all(orders.map((order) => t.act('place-order', order, { onRun })));
    chance ??= Promise.all(runs.map(hasDecided));
    return chance;
  };
  const { faults } = edge(t, 'warehouse');
  faults.clear();
  faults.inject({ kind: 'status', status: 503, reached });
  const { acted, order, run } = await nextToTry(t, until);
  const rest = (await others) ?? [];
  const during = 'for the order that tries, and fails';
  await toldTheTruth(t, { acted, order, during }, notDone);
  if (t.lab.journal.lines.slice(since).some((line) => toWarehouse(line) && line.run !== run))
    throw new NotAsExpected({
      headline: 'More than one order tries the warehouse',
      expected: 'one order tries; until it has its answer, the others leave the warehouse alone',
      observed: 'other orders called it too while the first had no answer',
    });
  for (const [i, one] of rest.entries())
    await toldTheTruth(
      t,
      { acted: one, order: orders[i]!, during: 'while another order tries' },
      notDone,
    );
}

/** Places orders until one of them calls the warehouse. */
async function nextToTry(
  t: Tools,
  until: number,
): Promise<{ acted: Acted; order: Order; run: string | undefined }> {
  const { journal, factor } = t.lab;
  const since = now(t);
  for (;;) {
    const order = newOrder(t);
    const began = journal.now();
    const acted = await t.act('place-order', order);
    const tried = journal.lines.slice(since).find(toWarehouse);
    if (tried && tried.run === acted.run.key) return { acted, order, run: tried.run };
    if (began > until + 800 * factor)
      throw new NotAsExpected({
        headline: 'The warehouse is never tried again',
        expected: 'half a second after the last failure an order calls the warehouse again',
        observed: 'no order has called it since',
      });
    // Nothing calls by itself: this only paces the orders.
    await journal.waitFor(toWarehouse, { timeout: 40, since: now(t) });
  }
}
