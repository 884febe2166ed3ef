import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CheckResult } from '../grade/results.ts';
import { golden } from './golden.ts';

/** The same failure, as two runs on two machines tell it. */
const failed = (run: {
  id: string;
  ms: string;
  limit: string;
  at: number;
  instance: number;
  price: number;
}): CheckResult => ({
  id: 'answers-from-the-cache',
  task: 1,
  title: 'A second read is answered by the cache',
  hops: [4, 5, 6],
  points: 8,
  outcome: 'fail',
  ms: run.at,
  again: 'npm run grade 01 -- --check answers-from-the-cache --seed proof',
  hint: 'A hit saves the trip.',
  finding: {
    headline: `Hop 5 did not come for p-${run.id}`,
    expected: `{"id":"p-${run.id}","name":"lamp-${run.id}","priceCents":${run.price}}, within ${run.limit}`,
    observed: `reply 200 of http://127.0.0.1:${4_000 + run.at}, instance ${run.instance}, ${run.ms} ms after the start`,
    divergence: `missing after hop 4, at number ${run.at} of the journal`,
  },
});

const one = failed({
  id: '0123456789',
  ms: '1,042',
  limit: '300 ms',
  at: 7,
  instance: 1,
  price: 4_711,
});
const other = failed({
  id: 'fedcba9876',
  ms: '9',
  limit: '690 ms (300 ms × 2.3)',
  at: 12,
  instance: 2,
  price: 9,
});

test('what differs from run to run is masked', () => {
  assert.equal(golden(one), golden(other));
  assert.doesNotMatch(golden(one), /0123456789|1,042|300 ms|4711|instance|number 7/);
});

test('what the learner has to read is not', () => {
  const text = golden(one);
  for (const part of [
    'Task 1, hops 4–6: Hop 5 did not come for <random>',
    'expected   {"id":"<random>","name":"<random>","priceCents":<n>}, within <time>',
    'observed   reply 200',
    'divergence missing after hop 4',
    '--check answers-from-the-cache --seed proof',
    'hint       A hit saves the trip.',
  ])
    assert.ok(text.includes(part), `${part} in\n${text}`);
});

test('of an event neither when it was nor how much is told, though it stands in another', () => {
  const event = (quantity: number, second: string): CheckResult => ({
    ...one,
    finding: {
      ...one.finding!,
      observed: JSON.stringify({
        text: JSON.stringify({ time: `2026-11-28T15:04:${second}Z`, data: { quantity } }),
      }),
    },
  });
  assert.equal(golden(event(7, '30.019')), golden(event(12, '58.949')));
  assert.ok(golden(event(7, '30.019')).includes(String.raw`{\"quantity\":<n>}`));
});

test('of a storm is told what was lost or done twice, and not how often', () => {
  const storm = (often: string, n: string, seen: string): CheckResult => ({
    ...one,
    finding: {
      headline: '1,000 orders, and the bus is killed 5 times meanwhile',
      expected: '1,000 accepted, 0 lost, 0 reserved twice',
      observed: `1,000 accepted, ${often}, 0 reserved twice`,
      divergence: `order ${n}, o-0123456789, is lost, last seen: ${seen}`,
    },
  });
  const text = golden(
    storm('12 lost', '34', 'Bus → Orders, PUBACK; 3 ms later the bus was killed'),
  );
  assert.equal(golden(storm('1,203 lost', '1,000', 'Orders → User, reply 202')), text);
  assert.match(text, /observed +<n> accepted, <n> lost, 0 reserved twice/);
  assert.match(text, /divergence order <n>, <random>, is lost, last seen: <hop>\n/);
});

test('another failure has another message', () => {
  const elsewhere = { ...one, finding: { ...one.finding!, observed: 'reply 503' } };
  assert.notEqual(golden(elsewhere), golden(one));
});
