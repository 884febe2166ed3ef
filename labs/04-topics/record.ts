import { setTimeout as wait } from 'node:timers/promises';
import type { Tools } from '../kit/grade/tools.ts';
import type { Measured, Scenario } from '../kit/record/scenario.ts';
import type { Acted } from '../kit/run/acted.ts';
import type { HopLine } from '../kit/wire/journal.ts';
import { newOrder, tell, type Name } from './checks/given.ts';

/** How slow analytics is where it is slow, how long the warehouse is away, how many orders come at once. */
const [slow, away, many] = [300, 1_000, 50];
const within = 10_000;
const members: readonly Name[] = ['warehouse', 'fraud-detection', 'analytics'];

/** When the customer had the reply, and when the last of `of` had stored the order. */
async function processed(
  t: Tools,
  { run, reply }: Acted,
  of: readonly Name[] = members,
): Promise<Measured> {
  const heard = run.hops.find(({ to }) => to === 'user')?.at;
  if (!reply || heard === undefined) throw new Error('[record] the customer got no reply');
  const stored = await Promise.all(
    of.map(async (name) => {
      const isStored = ({ via, from }: HopLine): boolean => via === 'store' && from === name;
      const { at } = await t.hop(run, isStored, { what: `the row of ${name}`, within });
      // Whoever has stored says so: the run is over then.
      const said = ({ via, kind, from }: HopLine): boolean =>
        from === name && (kind === 'puback' || (via === 'http' && kind === '204'));
      await t.hop(run, said, { what: `the answer of ${name}`, within });
      return at;
    }),
  );
  const figures = { replied: heard - run.startAt, processed: Math.max(...stored) - run.startAt };
  return { run, reply: reply.status, figures };
}

/** The same, with how many MQTT messages one order took, and their bytes. */
async function counted(t: Tools, acted: Acted, of: readonly Name[] = members): Promise<Measured> {
  const { figures, ...measured } = await processed(t, acted, of);
  const crossed = t.lab.journal.lines.filter(
    (line): line is HopLine =>
      line.type === 'hop' && line.via === 'mqtt' && line.run === acted.run.key,
  );
  const bytes = crossed.reduce((sum, { facts }) => sum + Number(facts?.['bytes']), 0);
  return { ...measured, figures: { ...figures, messages: crossed.length, bytes } };
}

const units = { messages: 'count', bytes: 'bytes' } as const;

const places = (t: Tools): Promise<Acted> => t.act('place-order', newOrder(t));

/** What lessons tell of this lab in figures. */
export const scenarios: Scenario[] = [
  {
    id: 'calm',
    title: 'A customer places an order; three hear of it',
    units,
    map: true,
    run: async (t) => counted(t, await places(t)),
  },
  {
    id: 'joined',
    title: 'Loyalty has joined; four hear of an order',
    units,
    async run(t) {
      await tell(t, 'loyalty', 'joins');
      try {
        return await counted(t, await places(t), [...members, 'loyalty']);
      } finally {
        await tell(t, 'loyalty', 'leaves');
      }
    },
  },
  {
    id: 'slow',
    title: 'The event reaches analytics 300 ms late',
    async run(t) {
      const fault = { kind: 'delay', ms: slow } as const;
      t.lab.network.bus('analytics').rules.inject({ direction: 'down', kind: 'deliver', fault });
      return processed(t, await places(t));
    },
  },
  {
    id: 'away',
    title: 'The warehouse is cut off, and back a second later',
    async run(t) {
      const bus = t.lab.network.bus('warehouse');
      bus.shut();
      bus.cut();
      const acted = await places(t);
      await wait(away);
      const back = t.lab.journal.now() - acted.run.startAt;
      bus.open();
      const { figures, ...measured } = await processed(t, acted);
      return { ...measured, figures: { ...figures, back } };
    },
  },
  {
    id: 'pushed-again',
    title: 'Fraud detection answers two pushes with 503',
    async run(t) {
      const [tap] = t.lab.network.edge('push-relay', 'fraud-detection');
      const busy = tap!.faults.inject({ kind: 'status', status: 503 }, { first: 2 });
      const measured = await processed(t, await places(t));
      t.mustHaveBitten(busy, 'two pushes');
      return measured;
    },
  },
  {
    id: 'burst',
    title: 'Fifty orders are placed at once',
    async run(t) {
      const startAt = t.lab.journal.now();
      const all = await Promise.all(Array.from({ length: many }, () => places(t)));
      const done = await Promise.all(all.map((acted) => processed(t, acted)));
      const last = (name: 'replied' | 'processed'): number =>
        Math.max(...done.map(({ run, figures }) => run.startAt + figures[name]!)) - startAt;
      const { run, reply } = done.at(-1)!;
      return { run, reply, figures: { replied: last('replied'), processed: last('processed') } };
    },
  },
];
