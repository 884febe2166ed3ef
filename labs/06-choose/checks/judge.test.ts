/** What a claim says of figures: true, false, or too close to call; and which style it speaks for. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Figures, OfSituation } from './figures.ts';
import { insteadOf, judgeClaim, speaksFor } from './judge.ts';
import type { Claim } from './record.ts';

const figures = (less: Partial<Figures['well']>, slow: Partial<Figures['slow']> = {}): Figures => ({
  well: {
    'latency p50': 5,
    'latency p99': 9,
    staleness: 0,
    lost: 0,
    refused: 0,
    duplicates: 0,
    'messages an order': 2,
    addresses: 1,
    ...less,
  },
  slow: { 'latency p50': 255, 'latency p99': 270, staleness: 0, ...slow },
});

const of: OfSituation = {
  'request-response': figures({ lost: 5 }),
  'event-driven': figures(
    { 'latency p50': 2, 'messages an order': 4, staleness: 30 },
    { 'latency p50': 4, 'latency p99': 100, staleness: 260 },
  ),
};
const fault = 'slow by 250 ms';
const [calls, events] = ['request-response', 'event-driven'] as const;

const cases: [what: string, claim: Claim, verdict: string, speaks: string | undefined][] = [
  [
    'a factor well below what was measured',
    { compare: 'latency p50', lower: events, factor: 4, fault },
    'true',
    events,
  ],
  [
    'a factor that was not reached',
    { compare: 'latency p50', lower: events, factor: 4 },
    'false',
    events,
  ],
  [
    'a factor that was nearly reached',
    { compare: 'latency p50', lower: events, factor: 2.6 },
    'too close',
    events,
  ],
  ['the wrong style', { compare: 'latency p50', lower: calls, factor: 2, fault }, 'false', calls],
  [
    'nothing at all counts as a millisecond',
    { compare: 'staleness', lower: calls, factor: 100, fault },
    'true',
    calls,
  ],
  ['and not as less', { compare: 'staleness', lower: calls, factor: 1_000, fault }, 'false', calls],
  ['none beside five', { compare: 'lost', lower: events, factor: 100 }, 'true', events],
  ['none beside none', { compare: 'refused', lower: events, factor: 2 }, 'false', events],
  [
    'a count just reached is no close call',
    { compare: 'messages an order', lower: calls, factor: 2 },
    'true',
    calls,
  ],
  ['a count', { count: 'lost', style: calls, is: 5 }, 'true', events],
  ['a wrong count', { count: 'lost', style: calls, is: 4 }, 'false', events],
  ['a count that both have', { count: 'refused', style: calls, is: 0 }, 'true', undefined],
  [
    'a bound that one keeps',
    { bound: 'latency p99', style: events, under: 200, fault },
    'true',
    events,
  ],
  [
    'a bound that is broken',
    { bound: 'latency p99', style: calls, under: 200, fault },
    'false',
    undefined,
  ],
  [
    'a bound that both break',
    { bound: 'latency p99', style: calls, under: 50, fault },
    'false',
    undefined,
  ],
  [
    'a bound that is nearly broken',
    { bound: 'latency p99', style: events, under: 110, fault },
    'too close',
    events,
  ],
  [
    'a bound that both keep',
    { bound: 'latency p99', style: events, under: 900, fault },
    'true',
    undefined,
  ],
];

for (const [what, claim, verdict, speaks] of cases)
  test(`${what}: ${verdict}`, () => {
    assert.equal(judgeClaim(claim, of).verdict, verdict);
    assert.equal(speaksFor(claim, of), speaks);
  });

for (const [what, claim, instead] of [
  ['a factor', { compare: 'latency p50', lower: events, factor: 2.6 }, 'Claim a smaller factor'],
  [
    'a factor that cannot be smaller',
    { compare: 'latency p99', lower: calls, factor: 2 },
    'Compare another measure: a factor is 2 or more',
  ],
  ['a bound', { bound: 'latency p99', style: events, under: 110, fault }, 'Claim a higher limit'],
] as const)
  test(`${what} that is too close to call: ${instead}`, () => {
    assert.equal(insteadOf(claim, of), instead);
  });
