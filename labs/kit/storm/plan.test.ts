import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fewestAKill, stormPlan } from './plan.ts';

const size = { orders: 1_000, kills: 5 };

test('the same seed gives the same plan, another one another', () => {
  assert.deepEqual(stormPlan('a', size), stormPlan('a', size));
  assert.notDeepEqual(stormPlan('a', size).kills, stormPlan('b', size).kills);
});

test('each kill has a part of the orders to itself, and comes while orders are under way', () => {
  const kills = fc.integer({ min: 1, max: 20 });
  const orders = fc.integer({ min: fewestAKill, max: 500 });
  fc.assert(
    fc.property(fc.string(), kills, orders, (seed, count, each) => {
      const plan = stormPlan(seed, { orders: count * each, kills: count });
      assert.equal(plan.kills.length, count);
      for (const [i, { ready, dead, back }] of plan.kills.entries()) {
        assert.ok(i * each < ready && ready < dead && dead < back && back <= (i + 1) * each);
        assert.ok(back - dead <= each / 4 + 1);
      }
    }),
  );
});

test('places differ from part to part, and reach all of it but its edges', () => {
  const places = Array.from({ length: 200 }, (_, i) => stormPlan(`seed ${i}`, size).kills)
    .flat()
    .map(({ dead }) => dead % 200);
  assert.ok(Math.min(...places) < 50 && Math.max(...places) > 140);
  assert.ok(new Set(places).size > 80);
});

test('a storm without a kill is a calm', () => {
  assert.deepEqual(stormPlan('a', { orders: 30, kills: 0 }), { orders: 30, kills: [] });
});
