import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Episode } from './episode.ts';
import { planText, type Plan } from './plan.ts';
import { shorten } from './shorten.ts';
import { fakeRun, has, planOf } from './testing/fake.ts';

const shortened = async (text: string, fails: (plan: Plan) => boolean) => {
  const run = fakeRun(fails);
  const found: Episode = { plan: planOf(text), outcome: 'failed', hit: [] };
  const shortest = await shorten(found, run);
  return { text: planText(shortest.plan), ran: run.ran };
};

for (const [what, from, fails, to] of [
  ['one trouble is enough', '6: a@1 b@2 c@4 b@5', (p) => has(p, 'b'), '1: b@1'],
  ['no trouble is needed', '5: a@2', () => true, '1:'],
  ['two belong together, in order', '6: b@1 a@2 c@2 b@5', (p) => has(p, 'a', 'b'), '1: a@1 b@1'],
  [
    'an action has to come first',
    '6: a@2 b@4 c@6',
    (p) => p.steps.some((s) => s.trouble === 'b' && s.before > 1),
    '2: b@2',
  ],
  [
    'an action has to stand between',
    '5: a@1 b@4',
    (p) => has(p, 'a', 'b') && p.steps[0]!.before < p.steps.at(-1)!.before,
    '2: a@1 b@2',
  ],
  ['so many actions are needed', '6: a@1', (p) => p.actions >= 4, '4:'],
  ['nothing can go', '2: a@1 b@2', (p) => planText(p) === '2: a@1 b@2', '2: a@1 b@2'],
] as const satisfies readonly (readonly [string, string, (plan: Plan) => boolean, string])[])
  test(`shortened: ${what}`, async () => {
    assert.equal((await shortened(from, fails)).text, to);
  });

test('a failure that comes every third time is not lost', async () => {
  let n = 0;
  const flaky = (plan: Plan): boolean => has(plan, 'b') && (n += 1) % 3 === 0;
  assert.equal((await shortened('6: a@1 b@2 c@4', flaky)).text, '1: b@1');
});

test('a shorter plan that holds three times is given up, and not tried again', async () => {
  const { ran } = await shortened('4: a@1 b@1 c@1', (plan) => has(plan, 'a', 'c'));
  const counts = Object.values(Object.groupBy(ran, (text) => text)).map((all) => all!.length);
  assert.equal(Math.max(...counts), 3);
});

test('what fails last is returned, and each shorter plan is told', async () => {
  const told: string[] = [];
  const found: Episode = { plan: planOf('3: a@1'), outcome: 'failed', hit: [] };
  const { finding } = await shorten(
    found,
    fakeRun((plan) => has(plan, 'a')),
    { onShorter: ({ plan }) => told.push(planText(plan)) },
  );
  assert.equal(finding?.observed, '2');
  assert.deepEqual(told, ['2: a@1', '1: a@1']);
});
