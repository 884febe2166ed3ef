import type { Exploration } from '../kit/explore/exploration.ts';
import { onBus, restarts } from '../kit/explore/troubles.ts';
import type { Run } from '../kit/wire/runs.ts';
import {
  acknowledged,
  isAcknowledgement,
  isHeard,
  mustStandOnce,
  newOrder,
  owed,
  warehouse,
  type Order,
} from './checks/given.ts';

/** What a right pair survives: whatever happens meanwhile, each order is reserved once and confirmed. */
export const exploration: Exploration<{ order: Order; run: Run }> = {
  action: 'a customer places an order',
  troubles: [
    {
      id: 'order-service-restarts',
      title: 'The order service is killed, and starts again at once',
      apply: restarts('order-service'),
    },
    {
      id: 'warehouse-restarts',
      title: 'The warehouse is killed, and starts again at once',
      apply: restarts('warehouse'),
    },
    {
      id: 'announcement-lost',
      title: 'The connection of the order service breaks at its next PUBLISH, which is lost',
      apply: onBus('order-service', {
        direction: 'up',
        kind: 'publish',
        first: 1,
        fault: { kind: 'cut' },
      }),
    },
    {
      id: 'event-lost',
      title: 'The next event to the warehouse gets lost',
      apply: onBus('warehouse', {
        direction: 'down',
        kind: 'deliver',
        first: 1,
        fault: { kind: 'drop' },
      }),
    },
    {
      id: 'event-twice',
      title: 'The next event comes twice to the warehouse',
      apply: onBus('warehouse', {
        direction: 'down',
        kind: 'deliver',
        first: 1,
        fault: { kind: 'repeat' },
      }),
    },
    {
      id: 'puback-lost',
      title: 'The connection of the warehouse breaks at its next PUBACK, which is lost',
      apply: onBus('warehouse', {
        direction: 'up',
        kind: 'puback',
        first: 1,
        fault: { kind: 'cut' },
      }),
    },
    {
      id: 'confirmation-lost',
      title: 'The next confirmation gets lost on its way to the order service',
      apply: onBus('order-service', {
        direction: 'down',
        kind: 'deliver',
        first: 1,
        fault: { kind: 'drop' },
      }),
    },
  ],

  async act(t) {
    const order = newOrder(t);
    const acted = await t.act('place-order', order);
    t.replied(acted, 202, 'to an order');
    // Troubles last until the warehouse has heard: they are taken back when this returns.
    await t.seen(acted.run, isAcknowledgement(warehouse), 2_500);
    await t.seen(acted.run, isHeard, 1_500);
    return { order, run: acted.run };
  },

  async judge(t, placed) {
    for (const { order, run } of placed) {
      await acknowledged(t, run, { within: 6_000 });
      await t.hop(run, isHeard, { what: 'The PUBACK of Order service', within: 6_000 });
      mustStandOnce(t, order);
      t.expect(owed(t, order), 'rows in `outbox` in the end').toBe(0);
    }
  },
};
