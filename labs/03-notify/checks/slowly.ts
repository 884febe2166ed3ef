import { NotAsExpected } from '../../kit/grade/errors.ts';
import type { Tools } from '../../kit/grade/tools.ts';
import type { Run } from '../../kit/wire/runs.ts';
import { edge, heardAt, isReply, isRequest, names, newOrder, toldTheTruth } from './given.ts';
import type { Name } from './given.ts';

/** How slow each is, in milliseconds. Analytics, which is never asked twice, is the slowest. */
const slow: Record<string, number> = { warehouse: 100, 'fraud-detection': 140, analytics: 220 };
const sum = Object.values(slow).reduce((total, ms) => total + ms, 0);
const slowest = Math.max(...Object.values(slow));

const inMs = (ms: number): string => `${Math.round(ms)} ms`;

/** How long until all three had done their work: the last row, as an answer or a PUBACK told of it. */
function processed({ hops, startAt }: Run): string {
  const at = hops
    .filter((h) => h.via === 'store' && names.includes(h.from as Name))
    .map((h) => h.at);
  return at.length < names.length ? 'not all' : inMs(Math.max(...at) - startAt);
}

/**
 * How long the calls took, one added to the other: from a dependent's first request to its last answer.
 * Whoever calls one after the other waits at least that long, however slow the machine is.
 */
const inSum = ({ hops }: Run): number =>
  names.reduce((total, name) => {
    const asked = hops.find((hop) => isRequest(hop, name))?.at ?? 0;
    const answered = hops.findLast((hop) => isReply(hop, name))?.at ?? asked;
    return total + answered - asked;
  }, 0);

/**
 * One order in each style, while every dependent is slow: how long the customer waits, and when all
 * have done their work. Judged by what calls at once stay below: the sum of the three.
 */
export async function slowly(t: Tools): Promise<void> {
  const [order, announced] = [newOrder(t), newOrder(t)];
  const faults = names.map((name) =>
    edge(t, name).faults.inject({ kind: 'latency', ms: slow[name]! }, { text: order.id }),
  );
  const [acted, events] = await Promise.all([t.act('place-order', order), announce(t, announced)]);
  const { run } = acted;
  const heard = heardAt(run);
  const waited = heard === undefined ? undefined : heard - run.startAt;
  t.measure({
    title: 'One order while the three are slow by 100, 140 and 220 ms',
    columns: ['the customer hears', 'all three have done it'],
    rows: [
      {
        name: 'calls, one after the other: the sum',
        values: [`over ${sum} ms`, `over ${sum} ms`],
      },
      {
        name: 'calls, as you make them',
        values: [waited === undefined ? 'nothing' : inMs(waited), processed(run)],
      },
      {
        name: 'calls, all at once: the slowest',
        values: [`over ${slowest} ms`, `over ${slowest} ms`],
      },
      { name: 'an event', values: events },
    ],
  });
  if (waited !== undefined && waited >= inSum(run))
    throw new NotAsExpected({
      headline: 'The customer waited as long as for one after the other',
      expected: `a reply before ${inMs(inSum(run))}, which the three take one after the other`,
      observed: `a reply after ${inMs(waited)}`,
    });
  await toldTheTruth(t, { acted, order, during: 'with slow dependents' });
  for (const fault of faults) t.mustHaveBitten(fault, 'a slow dependent');
}

/** The same order as an event, with deliveries as slow as the calls were. */
async function announce(t: Tools, order: ReturnType<typeof newOrder>): Promise<[string, string]> {
  for (const name of names)
    t.lab.network.bus(name).rules.inject({
      direction: 'down',
      kind: 'deliver',
      text: order.id,
      fault: { kind: 'delay', ms: slow[name]! },
    });
  const { run } = await t.act('place-order-events', order);
  const stored = names.map((name) =>
    t.seen(run, (h) => h.via === 'store' && h.from === name, 1_000),
  );
  await Promise.all(stored);
  const heard = heardAt(run);
  return [heard === undefined ? 'nothing' : inMs(heard - run.startAt), processed(run)];
}
