import { Inconclusive, NotAsExpected } from '../../kit/grade/errors.ts';
import type { Tools } from '../../kit/grade/tools.ts';
import type { Run } from '../../kit/wire/runs.ts';
import {
  calm,
  edge,
  isReply,
  names,
  newOrders,
  requests,
  toldTheTruth,
  type Name,
} from './given.ts';

/** One call that was refused: whose it was, when it was refused, and when it was tried again. */
interface Refused {
  name: Name;
  refused: number;
  again: number;
}

/**
 * Orders enough to see chance, and few enough that no circuit breaker opens: four of each dependent's
 * calls fail, five times over.
 */
const [rounds, ordersARound] = [5, 4];

/** Milliseconds within which two calls count as refused at the same moment. */
const together = 10;

/**
 * Refuses all calls of several orders at the same moment, and looks in which order they come back.
 * Equal pauses keep the order of the refusals; chance mixes it. Order, unlike time, does not depend on
 * how busy the machine is.
 */
export async function comesBackSpread(t: Tools): Promise<void> {
  await calm(t);
  const all: Refused[][] = [];
  for (let round = 0; round < rounds; round += 1) all.push(await refuseTogether(t));
  const pauses = all.flat().map(({ refused, again }) => again - refused);
  pauses.sort((a, b) => a - b);
  const inMs = (at: number): string => `${Math.round(pauses[Math.floor(at)] ?? 0)} ms`;
  t.measure({
    title: `${pauses.length} calls that were refused: the pause before the next attempt`,
    columns: ['shortest', 'median', 'longest'],
    rows: [{ name: 'pause', values: [inMs(0), inMs(pauses.length / 2), inMs(pauses.length - 1)] }],
  });
  const pairs = all.flatMap(pairsOf);
  const most = (rounds * names.length * ordersARound * (ordersARound - 1)) / 2;
  if (pairs.length < most * 0.7)
    throw new Inconclusive('too few calls were refused at the same moment');
  const swapped = pairs.filter(([a, b]) => a.again > b.again).length;
  // By chance half of all pairs swap; fewer than a quarter would be one run in 20,000. Equal pauses swap
  // a few, since calls that leave together cross in any order, on a busy machine up to a sixth.
  if (swapped >= pairs.length / 4) return;
  throw new NotAsExpected({
    headline: 'Those who were refused together come back together',
    expected: `${ordersARound} orders whose calls are refused at the same moment come back spread out, in another order`,
    observed: 'they come back in the order in which they were refused: every pause is equally long',
  });
}

async function refuseTogether(t: Tools): Promise<Refused[]> {
  const orders = newOrders(t, ordersARound);
  const runs: Run[] = [];
  // Refused when all have asked, or a moment has passed; well below the 300 ms of an attempt.
  const timeout = Math.min(150 * t.lab.factor, 250);
  const haveAsked = (): boolean =>
    runs.every((run) => names.every((name) => requests(run, name).length > 0));
  let everyone: Promise<unknown> | undefined;
  const reached = (): Promise<unknown> =>
    (everyone ??= t.lab.journal.waitFor(haveAsked, {
      timeout,
      since: t.lab.journal.lines.length - 1,
    }));
  const faults = orders.flatMap(({ id }) =>
    names.map((name) =>
      edge(t, name).faults.inject({ kind: 'status', status: 503, reached }, { first: 1, text: id }),
    ),
  );
  const acted = await Promise.all(
    orders.map((order) => t.act('place-order', order, { onRun: (run) => runs.push(run) })),
  );
  const during = 'when everyone answers 503 once';
  for (const [i, one] of acted.entries())
    await toldTheTruth(t, { acted: one, order: orders[i]!, during });
  for (const fault of faults) t.mustHaveBitten(fault, 'a 503');
  return runs.flatMap((run) => names.flatMap((name) => refusedIn(run, name)));
}

function refusedIn(run: Run, name: Name): Refused[] {
  const refused = run.hops.find((hop) => isReply(hop, name) && hop.kind === '503');
  const again = requests(run, name)[1];
  return refused && again ? [{ name, refused: refused.at, again: again.at }] : [];
}

/**
 * Two calls to the same dependent that were refused at the same moment, the first to be refused first.
 * Only those can be compared: a pause that is another for each dependent is no chance.
 */
const pairsOf = (all: Refused[]): [Refused, Refused][] =>
  all.flatMap((a) =>
    all
      .filter(
        (b) => a.name === b.name && a.refused < b.refused && b.refused - a.refused <= together,
      )
      .map((b): [Refused, Refused] => [a, b]),
  );
