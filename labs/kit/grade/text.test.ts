import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Check } from './check.ts';
import { exitCodes, gravest, outcomes, type CheckResult, type Outcome } from './results.ts';
import { checkLine, hopsInWords, message, score, summary } from './text.ts';

const result = (outcome: Outcome, rest: Partial<CheckResult> = {}): CheckResult => ({
  id: 'fills-the-cache',
  task: 1,
  title: 'A first read fills the cache',
  hops: [4, 5],
  points: 8,
  outcome,
  ms: 42,
  ...rest,
});

test('a message: task and hop, expected, observed, divergence, how to see it again, hint', () => {
  const failed = result('fail', {
    hint: 'Ask the cache first.',
    again: 'npm run grade 01 -- --check fills-the-cache --seed 1f',
    finding: {
      divergence: 'missing after hop 4',
      observed: 'nothing came',
      expected: 'reply 404',
      headline: 'Hop 5 did not come',
    },
  });
  assert.equal(
    message(failed),
    `Task 1, hops 4, 5: Hop 5 did not come
  expected   reply 404
  observed   nothing came
  divergence missing after hop 4
  see again  npm run grade 01 -- --check fills-the-cache --seed 1f
  hint       Ask the cache first.`,
  );
});

test('what is no verdict on the work says why instead, and hints at nothing', () => {
  const text = message(result('inconclusive', { reason: 'the fault hit nothing', again: 'npm …' }));
  assert.equal(
    text,
    `Task 1, hops 4, 5: fills-the-cache: inconclusive
  reason     the fault hit nothing
  see again  npm …`,
  );
});

test('a check about no hop of the course names only its task', () => {
  assert.match(message(result('error', { hops: [] })), /^Task 1: fills-the-cache: error$/);
});

for (const [hops, words] of [
  [[], ''],
  [[4], 'hop 4'],
  [[4, 5], 'hops 4, 5'],
  [[4, 5, 6], 'hops 4–6'],
  [[4, 5, 7], 'hops 4, 5, 7'],
  [[1, 2, 3, 4, 5, 6, 7, 8, 9], 'hops 1–9'],
] as const)
  test(`hops ${hops.join(' ') || '(none)'} in words: ${words || '(nothing)'}`, () => {
    assert.equal(hopsInWords(hops), words);
  });

test('a line for a check tells pass from fail from neither', () => {
  assert.match(checkLine(result('pass')), /^✓ task 1 {2}fills-the-cache .*\(42 ms\)$/);
  assert.match(checkLine(result('fail')), /^✗ /);
  const signs = new Set(['✓', '✗']);
  for (const outcome of ['error', 'inconclusive', 'infra'] as const) {
    const line = checkLine(result(outcome));
    assert.ok(line.includes(`[${outcome}]`));
    assert.ok(!signs.has(line[0]!));
  }
});

test('a summary counts what passed and names what is no verdict', () => {
  const checks = (['pass', 'pass', 'fail', 'inconclusive', 'infra'] as const).map((o) => result(o));
  assert.equal(
    summary({ points: 16, of: 40, checks }),
    '2 of 5 checks pass, 16 of 40 points, 1 inconclusive, 1 infra',
  );
  assert.equal(
    summary({ points: 8, of: 8, checks: [result('pass')] }),
    '1 of 1 checks pass, 8 of 8 points',
  );
});

test('only a pass scores; what never ran counts among all', () => {
  const checks = [8, 5, 7].map((points) => ({ points }) as Check);
  const results = [result('pass'), result('fail', { points: 5 }), result('error', { points: 7 })];
  assert.deepEqual(score(results, checks), [8, 20]);
  assert.deepEqual(score([], checks), [0, 20]);
});

test('the gravest outcome decides, and no outcome at all is never a pass', () => {
  const of = (...list: Outcome[]): Outcome => gravest(list.map((outcome) => ({ outcome })));
  assert.equal(of(), 'infra');
  assert.equal(of('pass', 'pass'), 'pass');
  assert.equal(of('pass', 'inconclusive'), 'inconclusive');
  assert.equal(of('inconclusive', 'fail', 'pass'), 'fail');
  assert.equal(of('fail', 'error'), 'error');
  assert.equal(of('error', 'infra', 'fail'), 'infra');
});

test('every outcome has an exit code of its own, and only a pass has 0', () => {
  const codes = outcomes.map((outcome) => exitCodes[outcome]);
  assert.equal(new Set(codes).size, outcomes.length);
  assert.deepEqual(
    outcomes.filter((outcome) => exitCodes[outcome] === 0),
    ['pass'],
  );
});
