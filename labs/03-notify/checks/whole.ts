import type { Check } from '../../kit/grade/check.ts';
import { announced, order as orderOfFour } from '../flow.ts';
import { allNames, called as label, calm, newOrders, rows, toldTheTruth } from './given.ts';
import { placeWithFaults } from './task-2.ts';

export const whole: Check[] = [
  {
    id: 'each-its-own-way',
    task: 5,
    services: ['order-service'],
    title: 'Eight orders at once, calm and troubled, in both styles: each goes its own way',
    hops: [1, 2, 3, 4, 5, 6, 7, 8, 9],
    points: 4,
    quick: true,
    hints: [
      'All five tasks together: what each check asked for alone must hold when orders overlap.',
      'Look for state that orders share: a variable at the top of the module that belongs to one order.',
      'Run the other checks first; the first divergence of this one names the dependent.',
    ],
    async run(t) {
      await calm(t);
      const [calmOrders, events] = [newOrders(t, 2), newOrders(t, 2)];
      const busy = { kind: 'status', status: 503 } as const;
      const [called, published, troubled] = await Promise.all([
        Promise.all(calmOrders.map((order) => t.act('place-order', order))),
        Promise.all(events.map((order) => t.act('place-order-events', order))),
        placeWithFaults(t, [
          { name: 'warehouse', fault: busy },
          { name: 'fraud-detection', fault: { kind: 'reset-after' }, first: 1 },
          { name: 'analytics', fault: { kind: 'reset-after' }, first: 1 },
          { name: 'loyalty', fault: busy, first: 1 },
        ]),
      ]);
      await Promise.all(called.map((one) => t.expect(one).toFollow(orderOfFour)));
      await Promise.all(published.map((one) => t.expect(one).toFollow(announced)));
      const states = [{ warehouse: 'not done' }, {}, { analytics: 'unknown' }, {}] as const;
      for (const [i, { bitten, ...one }] of troubled.entries()) {
        const during = 'among other orders';
        await toldTheTruth(t, { ...one, during }, states[i], allNames);
        bitten();
      }
      for (const order of [...calmOrders, ...events])
        for (const name of allNames)
          t.expect(
            rows(t, name, order),
            `rows of ${label[name]} for an order without trouble`,
          ).toBe(1);
    },
  },
];
