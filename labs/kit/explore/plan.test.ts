import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parsePlan, planText, type Plan } from './plan.ts';

const known = [{ id: 'cache-down' }, { id: 'slow' }, { id: 'warehouse-away' }];

const anyPlan: fc.Arbitrary<Plan> = fc.integer({ min: 1, max: 9 }).chain((actions) =>
  fc
    .uniqueArray(
      fc
        .tuple(fc.constantFrom(...known.map(({ id }) => id)), fc.integer({ min: 1, max: actions }))
        .map(([trouble, before]) => ({ trouble, before })),
      { maxLength: 5, selector: ({ trouble, before }) => `${trouble}@${before}` },
    )
    .map((steps) => ({ actions, steps: steps.toSorted((a, b) => a.before - b.before) })),
);

test('a plan’s text is read as that plan', () => {
  fc.assert(
    fc.property(anyPlan, (plan) => assert.deepEqual(parsePlan(planText(plan), known), plan)),
  );
});

test('the same trouble before the same action counts once', () => {
  const plan = parsePlan('3: slow@2 cache-down@1 slow@2', known);
  assert.equal(planText(plan), '3: cache-down@1 slow@2');
});

test('a plan is short enough to be typed, and forgiving', () => {
  const plan = {
    actions: 4,
    steps: [
      { trouble: 'cache-down', before: 1 },
      { trouble: 'slow', before: 3 },
    ],
  };
  assert.equal(planText(plan), '4: cache-down@1 slow@3');
  assert.deepEqual(parsePlan(' 4:slow@3,cache-down@1 ', known), plan);
  assert.deepEqual(parsePlan('4', known), { actions: 4, steps: [] });
});

for (const [text, said] of [
  [
    '',
    /not a plan: got nothing, expected a number of actions, 1 to 50.*Try: --plan '4: cache-down@1'/,
  ],
  ['slow@1', /not a plan: got slow@1, expected a number of actions/],
  ['0:', /not a plan: got 0:/],
  ['51:', /not a plan: got 51:/],
  ['4: slow', /not a plan: got slow, expected trouble@action/],
  ['4: fast@1', /no such trouble: got fast, expected one of cache-down, slow, warehouse-away/],
  ['4: slow@5', /not a plan: got slow@5, expected an action from 1 to 4/],
  ['4: slow@0', /not a plan: got slow@0, expected an action from 1 to 4/],
] as const)
  test(`no plan: “${text}”`, () => {
    assert.throws(() => parsePlan(text, known), said);
  });
