import type { Check } from '../../kit/grade/check.ts';
import { order as orderOfFour } from '../flow.ts';
import { changeFor } from './change.ts';
import { allNames, calm, newOrder, newOrders, requests, rows, toldTheTruth } from './given.ts';
import { calledAtOnce, placeWithAnswersHeld } from './task-1.ts';
import { placeWithFaults } from './task-2.ts';

export const task5: Check[] = [
  {
    id: 'tells-a-fourth',
    task: 5,
    services: ['order-service'],
    title: 'Loyalty hears of each order too, at once with the others; what that changed is counted',
    hops: [1, 2, 3, 4, 5],
    points: 5,
    quick: true,
    hints: [
      'In this style the caller knows everyone who has to hear. One more of them is one more call in its code, its limits and its fallback.',
      'In order-service.ts, beside the other three: POST to LOYALTY_URL/points, with a key, since it may be asked again.',
      'With the other calls, and like the one to the warehouse: POST to `${process.env["LOYALTY_URL"]}/points`, with the order’s key, under the name loyalty.',
    ],
    async run(t) {
      changeFor(t);
      await calm(t);
      const held = newOrder(t);
      const { run, ...acted } = await placeWithAnswersHeld(t, held, allNames);
      await calledAtOnce(t, run, allNames);
      const during = 'when four have to hear';
      await toldTheTruth(t, { acted: { run, ...acted }, order: held, during }, {}, allNames);
      const orders = newOrders(t, 3);
      const several = await Promise.all(orders.map((one) => t.act('place-order', one)));
      await Promise.all(several.map((one) => t.expect(one).toFollow(orderOfFour)));
      for (const [i, one] of several.entries())
        await toldTheTruth(t, { acted: one, order: orders[i]!, during }, {}, allNames);
    },
  },
  {
    id: 'the-fourth-may-fail-too',
    task: 5,
    services: ['order-service'],
    title: 'What holds for the three holds for loyalty: tried again safely, and told as it is',
    hops: [2, 3, 4, 5],
    points: 4,
    quick: true,
    hints: [
      'Each new call brings its own ways to fail. All that you have built for three is needed a fourth time.',
      'In order-service.ts: loyalty takes an Idempotency-Key as the warehouse does, so a lost reply may be asked for again.',
      'Give loyalty the same call as the warehouse: attempts, key, deadline, breaker, state.',
    ],
    async run(t) {
      await calm(t);
      const name = 'loyalty';
      const [down, lost] = (await placeWithFaults(t, [
        { name, fault: { kind: 'status', status: 503 } },
        { name, fault: { kind: 'reset-after' }, first: 1 },
      ])) as [Placed, Placed];
      const notDone = { loyalty: 'not done' } as const;
      await toldTheTruth(t, { ...down, during: 'while Loyalty answers 503' }, notDone, allNames);
      down.bitten();
      const during = 'when Loyalty’s first answer is lost';
      await toldTheTruth(t, { ...lost, during }, {}, allNames);
      const keys = requests(lost.acted.run, name).map((hop) => hop.facts?.['idempotencyKey']);
      t.expect(keys.length, 'attempts at Loyalty, whose first answer is lost').toBe(2);
      t.expect(rows(t, name, lost.order), 'how often Loyalty has credited the order').toBe(1);
      lost.bitten();
    },
  },
];

type Placed = Awaited<ReturnType<typeof placeWithFaults>>[number];
