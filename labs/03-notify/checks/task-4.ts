import type { Check } from '../../kit/grade/check.ts';
import { bringDown, notDone, placeLeftAlone } from './breaker.ts';
import { calm, edge, newOrder, toldTheTruth } from './given.ts';
import { triesOneAndCloses } from './half-open.ts';

export const task4: Check[] = [
  {
    id: 'leaves-alone-who-is-down',
    task: 4,
    services: ['order-service'],
    title:
      'After five failures in a row the warehouse is left alone; the others are called as before',
    hops: [2, 3, 4, 5],
    points: 6,
    quick: true,
    hints: [
      'Whoever is down does not get up sooner by being called. A circuit breaker stops calling after some failures in a row, and the customer hears at once.',
      'In order-service.ts: one breaker for each dependent, made once when the service starts, not for each order.',
      'const breaker = circuitBreaker(handleAll, { halfOpenAfter: 500, breaker: new ConsecutiveBreaker(5) }); then breaker.execute(() => …) around the call.',
    ],
    async run(t) {
      await calm(t);
      // One order that failed is no reason to keep away.
      const [failing, next] = [newOrder(t), newOrder(t)];
      edge(t, 'warehouse').faults.inject({ kind: 'status', status: 503 }, { text: failing.id });
      const first = await t.act('place-order', failing);
      const during = 'while the warehouse is down';
      await toldTheTruth(t, { acted: first, order: failing, during }, notDone);
      const second = await t.act('place-order', next);
      await toldTheTruth(t, { acted: second, order: next, during: 'after one order that failed' });
      await placeLeftAlone(t, await bringDown(t), 'five failures in a row');
    },
  },
  {
    id: 'tries-one-and-closes',
    task: 4,
    services: ['order-service'],
    title: 'After half a second one order tries the warehouse; once it works, all are let through',
    hops: [2, 5],
    points: 6,
    quick: false,
    hints: [
      'An open breaker must find out whether the other side is back: it lets one call through. If that works it closes, if not it waits again.',
      'In order-service.ts: between open and closed there is half-open. While one call tries, no other may. cockatiel’s circuitBreaker does that; a time stamp alone does not.',
      'circuitBreaker(handleAll, { halfOpenAfter: 500, breaker: new ConsecutiveBreaker(5) })',
    ],
    run: triesOneAndCloses,
  },
];
