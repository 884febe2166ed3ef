import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plans } from './generate.ts';
import { parsePlan, planText } from './plan.ts';

const troubles = ['a', 'b', 'c', 'd'].map((id) => ({ id }));
const texts = (seed: string, count: number): string[] =>
  plans(seed, troubles).take(count).map(planText).toArray();

test('a seed gives the same plans again, and another seed others', () => {
  assert.deepEqual(texts('one', 50), texts('one', 50));
  assert.notDeepEqual(texts('one', 50), texts('two', 50));
});

test('the first plan has no trouble; the others are sound and have some', () => {
  const [first, ...others] = texts('one', 200);
  assert.equal(first, '3:');
  for (const text of others) {
    const plan = parsePlan(text, troubles);
    assert.equal(planText(plan), text);
    assert.ok(plan.actions >= 3 && plan.actions <= 6, text);
    assert.ok(plan.steps.length >= 1 && plan.steps.length <= 4, text);
    assert.equal(
      new Set(plan.steps.map((s) => planText({ actions: 1, steps: [s] }))).size,
      plan.steps.length,
      text,
    );
  }
});

test('no trouble waits long for its turn, and all sizes and places come', () => {
  const round = texts('one', 1 + troubles.length)
    .slice(1)
    .join(' ');
  for (const { id } of troubles) assert.match(round, new RegExp(`\\b${id}@`));
  const many = plans('one', troubles).take(200).toArray();
  assert.deepEqual(
    [...new Set(many.map((p) => p.actions))].toSorted((a, b) => a - b),
    [3, 4, 5, 6],
  );
  assert.deepEqual(
    [...new Set(many.map((p) => p.steps.length))].toSorted((a, b) => a - b),
    [0, 1, 2, 3, 4],
  );
  const places = new Set(many.flatMap((p) => p.steps.map((s) => s.before)));
  assert.deepEqual(
    [...places].toSorted((a, b) => a - b),
    [1, 2, 3, 4, 5, 6],
  );
});
