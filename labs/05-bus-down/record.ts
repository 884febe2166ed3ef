import type { Tools } from '../kit/grade/tools.ts';
import type { Measured, Scenario } from '../kit/record/scenario.ts';
import type { Acted } from '../kit/run/acted.ts';
import type { HopLine } from '../kit/wire/journal.ts';
import { announcementCame, hold, isHeard, isTaken, newOrder } from './checks/given.ts';

const within = 10_000;
const units = { announced: 'count' } as const;

/** When the customer had the reply, when the goods were reserved, and when that was confirmed. */
async function confirmed(t: Tools, { run, reply }: Acted): Promise<Measured> {
  const heard = run.hops.find(({ to }) => to === 'user')?.at;
  if (!reply || heard === undefined) throw new Error('[record] the customer got no reply');
  const isReserved = ({ via, from }: HopLine): boolean => via === 'store' && from === 'warehouse';
  const { at: reserved } = await t.hop(run, isReserved, { what: 'the reservation', within });
  const { at: last } = await t.hop(run, isHeard, { what: 'the confirmation', within });
  const sent = run.hops.filter(({ kind, from }) => kind === 'publish' && from === 'order-service');
  const figures = {
    replied: heard - run.startAt,
    reserved: reserved - run.startAt,
    confirmed: last - run.startAt,
    announced: sent.length,
  };
  return { run, reply: reply.status, figures };
}

const places = (t: Tools): Promise<Acted> => t.act('place-order', newOrder(t));

/** The next delivery to the warehouse never arrives there, though the bus has taken the event over. */
async function deliveryLost(t: Tools): Promise<Acted> {
  const order = newOrder(t);
  const fault = { kind: 'drop' } as const;
  const rule = { direction: 'down', kind: 'deliver', text: order.id, first: 1, fault } as const;
  const lost = t.lab.network.bus('warehouse').rules.inject(rule);
  const acted = await t.act('place-order', order);
  await t.hop(acted.run, isTaken, { what: 'the PUBACK of the bus', within });
  const isLost = (): boolean => lost.hits > 0;
  const { journal, factor } = t.lab;
  await journal.waitFor(isLost, { timeout: within * factor });
  return acted;
}

/** What lessons tell of this lab in figures. */
export const scenarios: Scenario[] = [
  {
    id: 'calm',
    title: 'A customer places an order; the warehouse confirms it',
    units,
    run: async (t) => confirmed(t, await places(t)),
  },
  {
    id: 'lost',
    title: 'The event gets lost on its way to the warehouse',
    units,
    run: async (t) => confirmed(t, await deliveryLost(t)),
  },
  {
    id: 'dead-bus',
    title: 'The bus dies with the event in its hands, and comes back',
    units,
    async run(t) {
      const acted = await deliveryLost(t);
      await t.breakBus();
      await t.lab.mendBus();
      return confirmed(t, acted);
    },
  },
  {
    id: 'failover',
    title: 'The bus dies with the event in its hands, and the standby takes over',
    units,
    async run(t) {
      const acted = await deliveryLost(t);
      await t.failOver();
      return confirmed(t, acted);
    },
  },
  {
    id: 'killed',
    title: 'The order service is killed at its PUBLISH, and starts again',
    units,
    async run(t) {
      const order = newOrder(t);
      const packet = { direction: 'up', kind: 'publish', text: order.id, first: 1 } as const;
      const held = hold(t, 'order-service', packet);
      const acted = await t.act('place-order', order);
      await held.reached('the PUBLISH of the order service');
      await t.lab.kill('order-service');
      held.release();
      const since = t.lab.journal.lines.length;
      await t.lab.restart('order-service');
      await announcementCame(t, acted.run, within, since);
      return confirmed(t, acted);
    },
  },
];
