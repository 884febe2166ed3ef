import assert from 'node:assert/strict';
import { stripVTControlCharacters } from 'node:util';
import { test } from 'node:test';
import { exploreFrom, explorePlan, type Explored } from './explore.ts';
import { planText } from './plan.ts';
import { reportLines } from './report.ts';
import { fakeRun, has, known, planOf } from './testing/fake.ts';

const never = (): boolean => false;
/** Time is up after so many plans. */
const after = (plans: number) => (): boolean => (plans -= 1) <= 0;

const report = (explored: Explored, asked?: string): string =>
  stripVTControlCharacters(
    reportLines(explored, {
      exploration: { action: 'a user orders', troubles: known },
      seed: 'seed',
      asked: asked === undefined ? undefined : planOf(asked),
      again: (plan) => `explore --plan '${planText(plan)}'`,
      grade: 'grade',
    }).join('\n'),
  );

test('what fails is shortened, repeated and told with the command that shows it again', async () => {
  const run = fakeRun((plan) => has(plan, 'b'));
  const explored = await exploreFrom('seed', known, never, { run });
  const { found } = explored;
  assert.deepEqual([found!.failed, found!.of], [5, 5]);
  assert.deepEqual(
    run.ran.slice(-5),
    Array.from({ length: 5 }, () => '1: b@1'),
  );
  const said = report(explored);
  assert.match(
    said,
    /^Something is wrong, seed seed: Rows\n {2}expected {3}1\n {2}observed {3}2\n/,
  );
  assert.match(said, /shortened from \d actions and \d troubles?\):\n {2}1\. trouble: Trouble b\n/);
  assert.match(said, / 2\. action 1: a user orders\n\nIt failed in 5 of 5 repeats\.\n/);
  assert.match(said, /see again {2}explore --plan '1: b@1'$/);
});

test('when time is up without a failure, what was tried is told', async () => {
  const run = fakeRun(() => false);
  const explored = await exploreFrom('seed', known, after(4), { run });
  assert.equal(explored.found, undefined);
  assert.equal(run.ran.length, 4);
  const said = report(explored);
  assert.match(said, /^Nothing was found in 4 episodes, \d+ actions, \d+ troubles, seed seed\./);
  assert.match(said, /\n +[1-9]\d* {2}Trouble a\n/);
});

test('a trouble that hit nothing, and an episode that could not tell, are not counted', async () => {
  const run = fakeRun(() => false);
  const explored = await explorePlan(planOf('2: a@1 b@2'), {
    run: async (plan) => ({
      ...(await run(plan)),
      hit: ['a'],
      ...(run.ran.length === 1 && { outcome: 'unclear' }),
    }),
  });
  assert.equal(explored.tried.episodes, 4);
  assert.deepEqual([...explored.tried.troubles], [['a', 4]]);
  const said = report(explored, '2: a@1 b@2');
  assert.match(said, /^It failed in 0 of 4 repeats/);
  assert.match(said, /This hit nothing, so it was not tried: Trouble b\./);
  assert.doesNotMatch(said, /Trouble a/);
});

test('a plan that fails at times is told with how often', async () => {
  let n = 0;
  const run = fakeRun(() => (n += 1) % 2 === 0);
  const said = report(await explorePlan(planOf('3: a@2'), { run }), '3: a@2');
  assert.match(
    said,
    /1\. action 1: a user orders\n {2}2\. trouble: Trouble a\n {2}3\. actions 2 to 3: the same/,
  );
  assert.match(said, /It failed in 2 of 5 repeats\. It depends on timing/);
  assert.doesNotMatch(said, /shortened/);
});

test('what fails without any trouble is for the checks to tell', async () => {
  const explored = await exploreFrom('seed', known, never, { run: fakeRun(() => true) });
  assert.equal(planText(explored.found!.episode.plan), '1:');
  assert.match(report(explored), /It needs no trouble to fail, so the checks say more: grade$/);
});

test('who interrupts gets what was found so far, at once', async () => {
  const stop = new AbortController();
  const plans = fakeRun((plan) => has(plan, 'c'));
  const explored = await exploreFrom('seed', known, never, {
    signal: stop.signal,
    run: async (plan) => {
      const episode = await plans(plan);
      if (episode.outcome !== 'failed') return episode;
      stop.abort();
      return new Promise(() => undefined);
    },
  });
  assert.equal(explored.interrupted, true);
  assert.match(report(explored), /^Ended before it was done\.\nNothing was found in/);
});

test('a mistake of the lab’s author is not taken for a finding', async () => {
  const run = (): Promise<never> => Promise.reject(new TypeError('no such tap'));
  await assert.rejects(exploreFrom('seed', known, never, { run }), /no such tap/);
});
