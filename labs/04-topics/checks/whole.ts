import type { Check } from '../../kit/grade/check.ts';
import { NotAsExpected } from '../../kit/grade/errors.ts';
import type { Tools } from '../../kit/grade/tools.ts';
import type { Run } from '../../kit/wire/runs.ts';
import { acknowledged, called, newOrder, standing, tell, type Name, type Order } from './given.ts';
import { registered, taken } from './relay.ts';

interface Placed {
  order: Order;
  run: Run;
  /** Who has to hear of it. */
  members: readonly Name[];
}

/** Places orders one after the other; each must be heard by those who are members now. */
async function place(t: Tools, count: number, members: readonly Name[]): Promise<Placed[]> {
  const placed: Placed[] = [];
  for (let i = 0; i < count; i += 1) {
    const order = newOrder(t);
    const acted = await t.act('place-order', order);
    t.replied(acted, 202, 'while listeners come and go');
    placed.push({ order, run: acted.run, members });
  }
  return placed;
}

/** Everyone who had to has the order once; nobody else has it. */
async function judged(t: Tools, { order, run, members }: Placed): Promise<void> {
  for (const name of members)
    if (name === 'fraud-detection') await taken(t, run, { within: 4_000 });
    else await acknowledged(t, { run, name, within: 4_000 });
  for (const name of Object.keys(called) as Name[]) {
    const wanted = members.includes(name) ? 'once' : 'never';
    t.expect(
      standing(t, name, order),
      `how often an order stands in the database of ${called[name]}, which ${wanted === 'once' ? 'took' : 'took no'} part`,
    ).toBe(wanted);
  }
}

export const whole: Check[] = [
  {
    id: 'come-and-go-while-orders-flow',
    task: 4,
    services: ['order-service', 'warehouse', 'fraud-detection', 'analytics'],
    title: 'Listeners join, leave and crash while orders flow; the order service notices nothing',
    hops: [1, 2, 3, 4, 5, 6],
    points: 13,
    quick: false,
    hints: [
      'One message for all. Who listens is between each listener and the bus.',
      'Every task before this one has to hold: look at which service lacks the order, and at its own checks.',
      'The order service publishes one event and names nobody; warehouse and analytics have kept sessions; fraud detection answers 204 once it has stored.',
    ],
    async run(t) {
      await registered(t);
      const since = t.lab.journal.lines.length;
      const two: Name[] = ['warehouse', 'fraud-detection'];
      const phases: { name: string; placed: Placed[] }[] = [];
      const phase = async (name: string, members: readonly Name[]): Promise<void> => {
        phases.push({ name, placed: await place(t, 3, members) });
      };
      // What is under way to somebody who leaves goes with its session: judged while it takes part.
      const judgedSoFar = async (): Promise<void> => {
        for (const { placed } of phases) for (const each of placed) await judged(t, each);
      };
      const begin = async (): Promise<void> => {
        for (const action of ['analytics-joins', 'loyalty-leaves'])
          await t.act(action, { id: t.lab.random('m') });
      };
      await begin();
      try {
        await phase('at first', [...two, 'analytics']);
        await tell(t, 'loyalty', 'joins');
        await phase('loyalty has joined', [...two, 'analytics', 'loyalty']);
        await judgedSoFar();
        await tell(t, 'analytics', 'leaves');
        await t.lab.kill('warehouse');
        await phase('analytics has left, the warehouse is down', [...two, 'loyalty']);
        await t.lab.restart('warehouse');
        await judgedSoFar();
        await tell(t, 'loyalty', 'leaves');
        await tell(t, 'analytics', 'joins');
        await phase('loyalty has left, analytics is back', [...two, 'analytics']);
        await judgedSoFar();
      } finally {
        if (t.lab.apps.down().includes('warehouse')) await t.lab.restart('warehouse');
        await begin();
      }
      untouched(t, since);
      for (const { placed } of phases) publishedOnce(placed);
      t.measure({
        title: 'Who took part, and what that cost the order service',
        columns: ['listeners', 'messages that it published for an order'],
        rows: phases.map(({ name, placed }) => ({
          name,
          values: [placed[0]!.members.length, publishedEach(placed)],
        })),
      });
    },
  },
];

/** Messages that the order service published for each of these orders, on average. */
function publishedEach(placed: readonly Pick<Placed, 'run'>[]): number {
  const all = placed.flatMap(({ run }) => run.hops.filter(({ kind }) => kind === 'publish'));
  return all.length / placed.length;
}

/** Whoever listened, the order service published each order once. */
export function publishedOnce(placed: readonly Pick<Placed, 'run' | 'members'>[]): void {
  for (const each of placed) {
    const messages = publishedEach([each]);
    if (messages === 1) continue;
    throw new NotAsExpected({
      headline: 'What the order service published for one order',
      expected: `one message, for ${each.members.length} who listen as for any number`,
      observed: `${messages} messages`,
    });
  }
}

/** The order service ran on. */
function untouched(t: Tools, since: number): void {
  const lines = t.lab.journal.lines.slice(since);
  const restarted = lines.some(
    (line) =>
      line.type === 'note' &&
      line.component === 'order-service' &&
      ['started', 'killed', 'crashed', 'connect'].includes(line.what),
  );
  if (!restarted) return;
  throw new NotAsExpected({
    headline: 'The order service did not simply run on while listeners came and went',
    expected: 'one process and one connection to the bus, all the time',
    observed: 'it connected or started again',
  });
}
