import { setTimeout as wait } from 'node:timers/promises';
import type { Tools } from '../kit/grade/tools.ts';
import type { Measured, Scenario } from '../kit/record/scenario.ts';
import type { Acted } from '../kit/run/acted.ts';
import type { HttpFault } from '../kit/wire/faults.ts';
import type { HopLine } from '../kit/wire/journal.ts';
import {
  allNames,
  calm,
  edge,
  heardAt,
  names,
  newOrder,
  requests,
  type Name,
} from './checks/given.ts';

/** How slow analytics is where it is slow, how long the warehouse is away, and how slow all are. */
const [slow, away] = [300, 1_000];
const latencies: Partial<Record<Name, number>> = {
  warehouse: 60,
  'fraud-detection': 90,
  analytics: 120,
};

const within = 5_000;
const calls = 'place-order';
const events = 'place-order-events';

/** When the customer had the reply. */
function replied({ run, reply }: Acted): Measured {
  const heard = heardAt(run);
  if (!reply || heard === undefined) throw new Error('[record] the customer got no reply');
  return { run, reply: reply.status, figures: { replied: heard - run.startAt } };
}

/** When the work was done as well: the last of `of` has stored it. */
async function processed(
  t: Tools,
  acted: Acted,
  of: readonly Name[] = allNames,
): Promise<Measured> {
  const measured = replied(acted);
  const { run } = acted;
  const stored = await Promise.all(
    of.map((name) => {
      const isStored = ({ via, from }: HopLine): boolean => via === 'store' && from === name;
      return t.hop(run, isStored, { what: `the row of ${name}`, within });
    }),
  );
  const last = Math.max(...stored.map(({ at }) => at));
  // Whoever consumes an event acknowledges it: the run is over then.
  if (run.action === events)
    await Promise.all(
      allNames.map((name) =>
        t.hop(run, ({ kind, from }) => kind === 'puback' && from === name, {
          what: `the PUBACK of ${name}`,
          within,
        }),
      ),
    );
  return { ...measured, figures: { ...measured.figures, processed: last - run.startAt } };
}

/** Deliveries to one of the dependents come late. */
function delay(t: Tools, name: Name, ms: number): void {
  const fault = { kind: 'delay', ms } as const;
  t.lab.network.bus(name).rules.inject({ direction: 'down', kind: 'deliver', fault });
}

/** One order by calls while the warehouse has a fault; how often it was asked is counted. */
async function whileDown(t: Tools, fault: HttpFault): Promise<Measured> {
  // A healthy order before each: no breaker opens.
  await calm(t);
  const broken = edge(t, 'warehouse').faults.inject(fault);
  const acted = await t.act(calls, newOrder(t));
  t.mustHaveBitten(broken, 'the warehouse');
  const others = allNames.filter((name) => name !== 'warehouse');
  const { figures, ...measured } = await processed(t, acted, others);
  return { ...measured, figures: { ...figures, asked: requests(acted.run, 'warehouse').length } };
}

function allSlow(t: Tools): void {
  for (const name of names) {
    edge(t, name).faults.inject({ kind: 'latency', ms: latencies[name]! });
    delay(t, name, latencies[name]!);
  }
}

/** What lessons tell of this lab in figures: each trouble in both styles. */
export const scenarios: Scenario[] = [
  {
    id: 'calm-calls',
    title: 'A customer places an order; everyone is called',
    run: async (t) => processed(t, await t.act(calls, newOrder(t))),
  },
  {
    id: 'calm-events',
    title: 'A customer places an order; an event is published',
    run: async (t) => processed(t, await t.act(events, newOrder(t))),
  },
  {
    id: 'sum-calls',
    title: 'The starter calls three that are slow by 60, 90 and 120 ms, one after the other',
    starter: true,
    run: async (t) => {
      allSlow(t);
      return processed(t, await t.act(calls, newOrder(t)), names);
    },
  },
  {
    id: 'slowest-calls',
    title: 'Three are slow by 60, 90 and 120 ms, and all are called at once',
    run: async (t) => {
      allSlow(t);
      return processed(t, await t.act(calls, newOrder(t)));
    },
  },
  {
    id: 'slowest-events',
    title: 'An event is published that reaches three of four 60, 90 and 120 ms late',
    run: async (t) => {
      allSlow(t);
      return processed(t, await t.act(events, newOrder(t)));
    },
  },
  {
    id: 'slow-calls',
    title: 'Everyone is called while analytics is slow by 300 ms',
    run: async (t) => {
      edge(t, 'analytics').faults.inject({ kind: 'latency', ms: slow });
      return processed(t, await t.act(calls, newOrder(t)));
    },
  },
  {
    id: 'slow-events',
    title: 'An event is published that reaches analytics 300 ms late',
    run: async (t) => {
      delay(t, 'analytics', slow);
      return processed(t, await t.act(events, newOrder(t)));
    },
  },
  {
    id: 'down-calls',
    title: 'Everyone is called while the warehouse answers 503',
    units: { asked: 'count' },
    run: (t) => whileDown(t, { kind: 'status', status: 503 }),
  },
  {
    id: 'broken-calls',
    title: 'Everyone is called while the warehouse breaks each connection',
    units: { asked: 'count' },
    run: (t) => whileDown(t, { kind: 'reset' }),
  },
  {
    id: 'silent-calls',
    title: 'Everyone is called while the warehouse never answers',
    units: { asked: 'count' },
    run: (t) => whileDown(t, { kind: 'timeout' }),
  },
  {
    id: 'down-events',
    title: 'An event is published while the warehouse is cut off; it is back a second later',
    async run(t) {
      const bus = t.lab.network.bus('warehouse');
      bus.shut();
      bus.cut();
      const acted = await t.act(events, newOrder(t));
      await wait(away);
      const back = t.lab.journal.now() - acted.run.startAt;
      bus.open();
      const { figures, ...measured } = await processed(t, acted);
      return { ...measured, figures: { ...figures, back } };
    },
  },
];
