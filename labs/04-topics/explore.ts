import type { Exploration } from '../kit/explore/exploration.ts';
import { onBus, onEdge, restarts } from '../kit/explore/troubles.ts';
import {
  acknowledged,
  isAcknowledgement,
  mustStandOnce,
  newOrder,
  type Name,
  type Order,
} from './checks/given.ts';
import { isTaken } from './checks/relay.ts';
import type { Run } from '../kit/wire/runs.ts';

/** Those who listen while nobody comes or goes. */
const members: readonly Name[] = ['warehouse', 'fraud-detection', 'analytics'];
const pushes = ['push-relay', 'fraud-detection'] as const;

const hasHeard = (name: Name) => (name === 'fraud-detection' ? isTaken : isAcknowledgement(name));

/** What right listeners survive: whatever happens meanwhile, each has each order once. */
export const exploration: Exploration<{ order: Order; run: Run }> = {
  action: 'a customer places an order',
  troubles: [
    {
      id: 'warehouse-restarts',
      title: 'The warehouse is killed, and starts again at once',
      apply: restarts('warehouse'),
    },
    {
      id: 'analytics-restarts',
      title: 'Analytics is killed, and starts again at once',
      apply: restarts('analytics'),
    },
    {
      id: 'fraud-detection-restarts',
      title: 'Fraud detection is killed, and starts again at once',
      apply: restarts('fraud-detection'),
    },
    ...(['warehouse', 'analytics'] as const).flatMap((name) => [
      {
        id: `${name}-twice`,
        title: `The next event comes twice to ${name}`,
        apply: onBus(name, {
          direction: 'down',
          kind: 'deliver',
          first: 1,
          fault: { kind: 'repeat' },
        }),
      },
      {
        id: `${name}-puback-lost`,
        title: `The connection of ${name} breaks at its next PUBACK, which is lost`,
        apply: onBus(name, { direction: 'up', kind: 'puback', first: 1, fault: { kind: 'cut' } }),
      },
    ]),
    {
      id: 'push-503',
      title: 'Two pushes to fraud detection are answered 503',
      apply: onEdge(...pushes, { kind: 'status', status: 503 }, { first: 2 }),
    },
    {
      id: 'push-answer-lost',
      title: 'The next answer of fraud detection is lost',
      apply: onEdge(...pushes, { kind: 'reset-after' }, { first: 1 }),
    },
    {
      id: 'push-slow',
      title: 'Pushes to fraud detection take 150 ms longer',
      apply: onEdge(...pushes, { kind: 'latency', ms: 150 }, { first: 3 }),
    },
  ],

  async act(t) {
    const order = newOrder(t);
    const acted = await t.act('place-order', order);
    t.replied(acted, 202, 'to an order');
    // Troubles last until all have heard: they are taken back when this returns.
    await Promise.all(members.map((name) => t.seen(acted.run, hasHeard(name), 1_500)));
    return { order, run: acted.run };
  },

  async judge(t, placed) {
    for (const { order, run } of placed)
      for (const name of members) {
        if (name === 'fraud-detection')
          await t.hop(run, isTaken, { what: 'The reply of Fraud detection', within: 6_000 });
        else await acknowledged(t, { run, name, within: 4_000 });
        mustStandOnce(t, name, order);
      }
  },
};
