import type { Check } from '../../kit/grade/check.ts';
import type { Tools } from '../../kit/grade/tools.ts';
import type { HttpFault } from '../../kit/wire/faults.ts';
import { calm, called, edge, inTime, names, newOrder, rows, toldTheTruth } from './given.ts';
import type { Name, Order, State } from './given.ts';

/** One order for each fault, all at once; the customer of each gives up when it is not in time. */
export async function placeWithFaults(
  t: Tools,
  faults: readonly { name: Name; fault: HttpFault; first?: number }[],
): Promise<
  { name: Name; order: Order; acted: Awaited<ReturnType<Tools['act']>>; bitten: () => void }[]
> {
  return Promise.all(
    faults.map(async ({ name, fault, first = Infinity }) => {
      const order = newOrder(t);
      const injected = edge(t, name).faults.inject(fault, { text: order.id, first });
      const acted = await t.act('place-order', order, { timeout: inTime });
      const bitten = (): void => t.mustHaveBitten(injected, `${fault.kind} at ${called[name]}`);
      return { name, order, acted, bitten };
    }),
  );
}

const everywhere = (fault: HttpFault): { name: Name; fault: HttpFault }[] =>
  names.map((name) => ({ name, fault }));

/** Each order of `placeWithFaults` was answered with the truth: `state` for the one with the fault. */
async function allTold(
  t: Tools,
  placed: Awaited<ReturnType<typeof placeWithFaults>>,
  state: State,
  what: string,
): Promise<void> {
  for (const { name, order, acted, bitten } of placed) {
    await toldTheTruth(
      t,
      { acted, order, during: `while ${called[name]} ${what}` },
      { [name]: state },
    );
    bitten();
  }
}

export const task2: Check[] = [
  {
    id: 'says-what-was-not-done',
    task: 2,
    services: ['order-service'],
    title: 'If one answers 503, the customer hears 202: what was not done, and what was',
    hops: [2, 3, 4, 5],
    points: 7,
    quick: true,
    hints: [
      'Some calls succeeded and one did not: that is partial failure. The order is neither a success nor an error, so the reply must say which part is missing.',
      'In order-service.ts: fetch resolves for a 503 too, so look at reply.ok. An error in an answer says that nothing was done.',
      'const state = reply.ok ? "done" : "not done"; note.run(order.id, name, state); then 201 "complete" if all are done, else 202 "partial".',
    ],
    async run(t) {
      await calm(t);
      const placed = await placeWithFaults(t, everywhere({ kind: 'status', status: 503 }));
      await allTold(t, placed, 'not done', 'answers 503');
    },
  },
  {
    id: 'says-what-nobody-knows',
    task: 2,
    services: ['order-service'],
    title:
      'If the connection breaks or the answer is 500, the customer hears “unknown”: done or not',
    hops: [2, 3, 4, 5],
    points: 7,
    quick: true,
    hints: [
      'No answer is no information. The connection may have broken before the work was done or after, and the caller sees the same error.',
      'In order-service.ts: where fetch rejects, for whatever reason, the state is unknown. Don’t tell a timeout from a broken connection. A 500 says as little; 503 and 4xx say “not done”.',
      'try { reply = await fetch(…); } catch { return "unknown"; } and then if (reply.status >= 500 && reply.status !== 503) return "unknown";',
    ],
    async run(t) {
      await calm(t);
      const placed = await placeWithFaults(t, [
        { name: 'warehouse', fault: { kind: 'reset-after' } },
        { name: 'fraud-detection', fault: { kind: 'reset' } },
        { name: 'analytics', fault: { kind: 'reset-after' } },
      ]);
      t.measure({
        title: 'The connection breaks: what the order service sees, and what is true',
        columns: ['it sees', 'rows in the database'],
        rows: placed.map(({ name, order }) => ({
          name: called[name],
          values: ['a broken connection', rows(t, name, order)],
        })),
      });
      await allTold(t, placed, 'unknown', 'breaks the connection');
      const broken = await placeWithFaults(t, everywhere({ kind: 'status', status: 500 }));
      await allTold(t, broken, 'unknown', 'answers 500');
    },
  },
  {
    id: 'hears-in-time',
    task: 2,
    services: ['order-service'],
    title: 'If one never answers, the customer hears within a second, and the others’ work counts',
    hops: [2, 3, 4, 5],
    points: 8,
    quick: false,
    hints: [
      'A call without a time limit waits as long as the other side likes. One deadline for the whole order is what the customer feels, however many calls and attempts there are.',
      'In order-service.ts: one AbortSignal.timeout for all calls of an order, well below a second. A call that fails must not take the others’ results with it.',
      'const deadline = AbortSignal.timeout(800); fetch(url, { …, signal: deadline }).then(() => "done", () => "unknown"), for each of the three; await Promise.all over these.',
    ],
    async run(t) {
      await calm(t);
      const placed = await placeWithFaults(t, everywhere({ kind: 'timeout' }));
      await allTold(t, placed, 'unknown', 'never answers');
    },
  },
];
