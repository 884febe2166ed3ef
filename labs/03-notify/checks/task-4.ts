import type { Check } from '../../kit/grade/check.ts';
import type { Tools } from '../../kit/grade/tools.ts';
import type { HttpFault } from '../../kit/wire/faults.ts';
import { bringDown, hearsDone, oneFails, placeLeftAlone } from './breaker.ts';
import { calm, edge, newOrders, type Name } from './given.ts';
import { triesOneAndCloses } from './half-open.ts';

/** What is no reason to keep away: failures with successes between, four in a row, five refusals. */
async function staysClosed(t: Tools): Promise<void> {
  await oneFails(t, 'after one order that failed');
  for (let n = 2; n <= 5; n += 1)
    await oneFails(t, 'after some orders that failed, with successes between');
  await severalHave(t, 4, 'analytics', { kind: 'reset' });
  await hearsDone(t, 'after four orders in a row whose call to Analytics was lost');
  await severalHave(t, 5, 'warehouse', { kind: 'status', status: 422 });
  await hearsDone(t, 'after five orders that Warehouse answered with 422');
}

/** Orders that have a fault at once. */
async function severalHave(t: Tools, n: number, name: Name, fault: HttpFault): Promise<void> {
  const { faults } = edge(t, name);
  const injected = faults.inject(fault);
  await Promise.all(newOrders(t, n).map((order) => t.act('place-order', order)));
  t.mustHaveBitten(injected, fault.kind);
  faults.clear();
}

/** Each dependent has a breaker of its own, and a call that is lost counts as one that is refused. */
async function isLeftAlone(t: Tools, name: Name, fault?: HttpFault): Promise<void> {
  const until = await bringDown(t, name, fault);
  await placeLeftAlone(t, { name, until, when: 'five failures in a row' });
  edge(t, name).faults.clear();
}

export const task4: Check[] = [
  {
    id: 'leaves-alone-who-is-down',
    task: 4,
    services: ['order-service'],
    title: 'Who fails five times in a row is left alone, and only that one; a 422 is no failure',
    hops: [2, 3, 4, 5],
    points: 6,
    quick: true,
    hints: [
      'Whoever is down does not get up sooner by being called. A circuit breaker stops calling after some failures in a row, and the customer hears at once.',
      'In order-service.ts: one breaker for each dependent, made once when the service starts, not for each order. A 4xx is an answer, so it ends the row of failures.',
      'const breaker = circuitBreaker(handleAll, { halfOpenAfter: 500, breaker: new ConsecutiveBreaker(5) }); then breaker.execute(() => …) around the call.',
    ],
    async run(t) {
      await calm(t);
      await staysClosed(t);
      await isLeftAlone(t, 'warehouse');
      await calm(t);
      await isLeftAlone(t, 'analytics', { kind: 'reset' });
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
