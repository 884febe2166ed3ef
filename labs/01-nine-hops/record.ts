import { setTimeout as wait } from 'node:timers/promises';
import type { Acted } from '../kit/run/acted.ts';
import type { Tools } from '../kit/grade/tools.ts';
import type { Measured, Scenario } from '../kit/record/scenario.ts';
import type { HopLine } from '../kit/wire/journal.ts';
import { newOrder, product } from './checks/given.ts';

/** How slow the far service is where it is slow, and how long it is away where it is away. */
const [slow, away] = [400, 1_000];

const within = 5_000;

/** A read of a product that only Database A has, or that Cache A has already. */
async function reads(t: Tools, { cached }: { cached: boolean }): Promise<Measured> {
  const { id, name } = product(t);
  if (cached) {
    const { run } = await t.act('read-product', { id });
    t.lab.witness.runs.end(run);
  }
  return replied(await t.act('read-product', { id }, { value: name }));
}

const places = (t: Tools): Promise<Acted> => t.act('place-order', newOrder(t));

/** When the user had the reply. */
function replied({ run, reply }: Acted): Measured {
  const last = run.hops.findLast((hop) => hop.to === 'user');
  if (!reply || !last) throw new Error('[record] the user got no reply');
  return { run, reply: reply.status, figures: { replied: last.at - run.startAt } };
}

/** When the work was done as well: Service C has stored it. */
async function stored(t: Tools, acted: Acted): Promise<Measured> {
  const measured = replied(acted);
  const { run } = acted;
  const isStored = ({ from, via }: HopLine): boolean => via === 'store' && from === 'service-c';
  const done = await t.hop(run, isStored, { what: 'Hop 9', within });
  await t.hop(run, ({ kind, from }) => kind === 'puback' && from === 'service-c', {
    what: 'Service C’s PUBACK',
    within,
  });
  return { ...measured, figures: { ...measured.figures, stored: done.at - run.startAt } };
}

/** What lessons tell of this lab in figures: each fault in both styles. */
export const scenarios: Scenario[] = [
  {
    id: 'read-hit',
    title: 'A user reads a product that Cache A has',
    run: (t) => reads(t, { cached: true }),
  },
  {
    id: 'read-miss',
    title: 'A user reads a product that Cache A does not have',
    run: (t) => reads(t, { cached: false }),
  },
  {
    id: 'order',
    title: 'A user places an order',
    run: async (t) => stored(t, await places(t)),
  },
  {
    id: 'down-read',
    title: 'A user reads a product while Service A is stopped',
    async run(t) {
      await t.lab.kill('service-a');
      return replied(await t.act('read-product', { id: product(t).id }));
    },
  },
  {
    id: 'down-order',
    title: 'A user places an order while Service C is stopped; it starts again a second later',
    async run(t) {
      await t.lab.kill('service-c');
      const acted = await places(t);
      await wait(away);
      const back = t.lab.journal.now() - acted.run.startAt;
      await t.lab.restart('service-c');
      const { figures, ...measured } = await stored(t, acted);
      return { ...measured, figures: { ...figures, back } };
    },
  },
  {
    id: 'slow-read',
    title: 'A user reads a product while Service A is slow by 400 ms',
    async run(t) {
      const { id, name } = product(t);
      const taps = t.lab.network.edge('api-gateway', 'service-a');
      const faults = taps.map((tap) => tap.faults.inject({ kind: 'latency', ms: slow }));
      const measured = replied(await t.act('read-product', { id }, { value: name }));
      if (!faults.some(({ hits }) => hits > 0)) throw new Error('[record] nothing was slow');
      return measured;
    },
  },
  {
    id: 'slow-order',
    title: 'A user places an order while its event reaches Service C 400 ms late',
    async run(t) {
      const { rules } = t.lab.network.bus('service-c');
      const fault = { kind: 'delay', ms: slow } as const;
      const delay = rules.inject({ direction: 'down', kind: 'deliver', first: 1, fault });
      const measured = await stored(t, await places(t));
      t.mustHaveBitten(delay, 'delaying the delivery');
      return measured;
    },
  },
];
