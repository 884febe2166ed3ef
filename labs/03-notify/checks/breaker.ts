import { Inconclusive, NotAsExpected } from '../../kit/grade/errors.ts';
import type { Tools } from '../../kit/grade/tools.ts';
import type { HopLine, Line } from '../../kit/wire/journal.ts';
import type { HttpFault } from '../../kit/wire/faults.ts';
import type { Run } from '../../kit/wire/runs.ts';
import {
  called,
  edge,
  isReply,
  isRequest,
  names,
  newOrder,
  newOrders,
  toldTheTruth,
  type Name,
} from './given.ts';

/** How long an open breaker keeps away; the rule says 500 ms, and this much is certain. */
const away = 450;

/** The lab's journal, from here on. */
export const now = (t: Tools): number => t.lab.journal.lines.length;

export const callsTo =
  (name: Name) =>
  (line: Line): line is HopLine =>
    line.type === 'hop' && isRequest(line, name);

/** Until when nobody may call a dependent: it has just failed. */
export function leftAloneUntil(t: Tools, name: Name): number {
  const answers = (line: Line): boolean => line.type === 'hop' && isReply(line, name);
  const broken = (line: Line): boolean =>
    line.type === 'note' && line.what === 'fault' && line.detail?.includes(`→ ${name}:`) === true;
  const last = t.lab.journal.lines.findLast((line) => answers(line) || broken(line));
  return ((last as { at: number } | undefined)?.at ?? 0) + away;
}

/**
 * Five orders at once that a dependent answers with 503: enough for every breaker to open, whether it
 * counts attempts or whole calls. The dependent stays down. Returns until when it is left alone.
 * @param lasting the fault, if not 503
 */
export async function bringDown(t: Tools, down: Name, lasting?: HttpFault): Promise<number> {
  const runs: Run[] = [];
  // The others' answers come first: whoever counts all failures in one row has five in a row then.
  const timeout = Math.min(150 * t.lab.factor, 250);
  const rest = names.filter((name) => name !== down);
  const answered = (run: Run, name: Name): Promise<unknown> =>
    t.lab.journal.waitFor(
      (line) => line.type === 'hop' && line.run === run.key && isReply(line, name),
      { timeout },
    );
  let others: Promise<unknown> | undefined;
  const reached = (): Promise<unknown> =>
    (others ??= Promise.all(runs.flatMap((run) => rest.map((name) => answered(run, name)))));
  const fault = lasting ?? { kind: 'status', status: 503, reached };
  const injected = edge(t, down).faults.inject(fault);
  const onRun = (run: Run): void => void runs.push(run);
  const acted = await Promise.all(
    newOrders(t, 5).map((order) => t.act('place-order', order, { onRun })),
  );
  const until = leftAloneUntil(t, down);
  const during = `while ${called[down]} is down`;
  for (const [i, one] of acted.entries())
    t.replied(one, 202, `${during}${i === 0 ? '' : ', again'}`);
  t.mustHaveBitten(injected, `${called[down]} down`);
  return until;
}

/** Places orders while the breaker is open: none reaches the dependent, and all hear the truth. */
export async function placeLeftAlone(
  t: Tools,
  { name, until, when }: { name: Name; until: number; when: string },
): Promise<void> {
  const since = now(t);
  const orders = newOrders(t, 3);
  const acted = await Promise.all(orders.map((order) => t.act('place-order', order)));
  const asked = t.lab.journal.lines.slice(since).find(callsTo(name));
  if (asked && asked.at < until)
    throw new NotAsExpected({
      headline: `${called[name]} is called though it keeps failing`,
      expected: `no request to ${called[name]} for half a second after ${when}`,
      observed: 'the next orders called it at once',
    });
  if (asked) throw new Inconclusive('placing three orders took more than half a second');
  const during = `while ${called[name]} is left alone`;
  for (const [i, one] of acted.entries())
    await toldTheTruth(t, { acted: one, order: orders[i]!, during }, { [name]: 'not done' });
}

/** An order that only the warehouse does not process; it is called again for the next one. */
export async function oneFails(t: Tools, after: string): Promise<void> {
  const order = newOrder(t);
  const { faults } = edge(t, 'warehouse');
  const fault = faults.inject({ kind: 'status', status: 503 }, { text: order.id });
  const acted = await t.act('place-order', order);
  const during = 'while Warehouse is down';
  await toldTheTruth(t, { acted, order, during }, { warehouse: 'not done' });
  faults.remove(fault);
  await hearsDone(t, after);
}

/** An order that all of them process. */
export async function hearsDone(t: Tools, during: string): Promise<void> {
  const order = newOrder(t);
  await toldTheTruth(t, { acted: await t.act('place-order', order), order, during });
}
