import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadLab } from '../grade/load.ts';
import { jobsOf } from './jobs.ts';

test('rounds hold every variant as long as it has its turn: mutants fewer times', async () => {
  const graded = await loadLab('01-nine-hops');
  const jobs = jobsOf(graded, { times: 3, mutantTimes: 1 });
  const inRound = (round: number): string[] =>
    jobs.filter((job) => job.round === round).map(({ variant }) => variant);
  assert.deepEqual(
    jobs.map(({ round }) => round).toSorted((a, b) => a - b),
    jobs.map(({ round }) => round),
  );
  const right = inRound(2);
  assert.equal(right[0], 'solution');
  assert.ok(right.slice(1).every((variant) => variant.startsWith('alternatives/')));
  assert.deepEqual(inRound(3), right);
  const mutants = inRound(1).slice(right.length);
  assert.ok(mutants.length >= 10 && mutants.every((variant) => variant.startsWith('mutants/')));
  for (const { variant, checks, expected } of jobs) {
    const isMutant = variant.startsWith('mutants/');
    assert.equal(expected, isMutant ? 'fail' : 'pass');
    const ids = checks.map(({ id }) => id);
    if (isMutant) assert.deepEqual(ids, [variant.slice('mutants/'.length).split('--')[0]]);
    else assert.equal(ids.length, graded.checks.length);
  }
});

test('a mutant that names no check is an error', async () => {
  const graded = await loadLab('01-nine-hops');
  const fewer = { ...graded, checks: graded.checks.slice(1) };
  assert.throws(
    () => jobsOf(fewer, { times: 1, mutantTimes: 1 }),
    /^Error: \[labs\/01-nine-hops\/mutants\/.*\] no such check: got .*Try: npm run check 01/,
  );
});
