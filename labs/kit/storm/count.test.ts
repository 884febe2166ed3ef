import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SeenHop } from '../flow/types.ts';
import { Runs } from '../wire/runs.ts';
import { countOrders, type Order } from './count.ts';

const runs = new Runs();
const publish = (from: string): SeenHop => ({
  at: 0,
  via: 'mqtt',
  kind: 'publish',
  from,
  to: 'bus',
});

function order(n: number, accepted: boolean, ...publishers: string[]): Order {
  const run = runs.begin({ action: 'a', id: `o-${n}`, startAt: 0 });
  run.hops.push(...publishers.map(publish));
  return { n, run, accepted, reply: accepted ? 'reply 202' : 'reply 503' };
}

test('what was accepted and has no effect is lost, and more effects than one are told', () => {
  const [once, lost, twice, refused, refusedTwice] = [
    order(1, true, 'orders'),
    order(2, true, 'orders', 'orders', 'warehouse'),
    order(3, true),
    order(4, false),
    order(5, false, 'orders'),
  ];
  const effects = new Map([
    ['o-1', 1],
    ['o-3', 2],
    ['o-5', 3],
    ['o-of-another-time', 2],
  ]);
  assert.deepEqual(countOrders([once, lost, twice, refused, refusedTwice], effects, 'orders'), {
    accepted: 3,
    refused: [refused, refusedTwice],
    lost: [lost],
    twice: [twice, refusedTwice],
    messages: 4,
  });
});
