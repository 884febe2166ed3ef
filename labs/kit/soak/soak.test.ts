import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Check } from '../grade/check.ts';
import type { CheckResult, Outcome } from '../grade/results.ts';
import { runs, until } from '../run/testing/processes.ts';
import { busyLoops } from './busy.ts';
import type { Job } from './jobs.ts';
import type { Entry } from './kept.ts';
import { soak, type Judging } from './soak.ts';

const checks = ['a', 'b'].map((id): Check => ({
  id,
  task: 1,
  services: [],
  title: '',
  hops: [],
  points: 50,
  quick: true,
  hints: ['', '', ''],
  run: () => Promise.resolve(),
}));

const right = (variant: string, round: number): Job => ({
  variant,
  round,
  source: (file) => file,
  checks,
  expected: 'pass',
});
const mutant = (round: number): Job => ({
  ...right('mutants/b--late', round),
  checks: checks.slice(1),
  expected: 'fail',
});

const result = ({ id, title, task, hops, points }: Check, outcome: Outcome): CheckResult => ({
  id,
  title,
  task,
  hops,
  points,
  outcome,
  ms: 1,
});

/** A lab whose verdicts the test gives; `said` lists what it was asked to do. */
function fakeLab(outcome: (job: Job, check: Check) => Outcome | Error) {
  const said: string[] = [];
  const start = ({ round }: Job): Promise<Judging> => {
    said.push(`start ${round}`);
    return Promise.resolve({
      factor: 3,
      judge: async (job) => {
        said.push(`${job.variant} ${job.round}`);
        return job.checks.map((check) => {
          const got = outcome(job, check);
          if (got instanceof Error) throw got;
          return result(check, got);
        });
      },
      stop: async () => void said.push('stop'),
    });
  };
  return { said, start };
}

const asExpected = (job: Job): Outcome => job.expected;

async function soaked(jobs: Job[], lab: ReturnType<typeof fakeLab>, known: Entry[] = []) {
  const rounds: number[] = [];
  const told: Entry[] = [];
  const { start } = lab;
  const entries = await soak({
    jobs,
    fingerprint: 'now',
    known,
    start,
    onEntry: (entry) => told.push(entry),
    onRound: (round) => rounds.push(round),
  });
  return { entries, told, rounds };
}

const twoRounds = [right('solution', 1), mutant(1), right('solution', 2), mutant(2)];

test('each round has a lab of its own, and each job its verdicts', async () => {
  const lab = fakeLab(asExpected);
  const { entries, told, rounds } = await soaked(twoRounds, lab);
  assert.deepEqual(lab.said, [
    'start 1',
    'solution 1',
    'mutants/b--late 1',
    'stop',
    'start 2',
    'solution 2',
    'mutants/b--late 2',
    'stop',
  ]);
  assert.deepEqual(rounds, [1, 2]);
  assert.deepEqual(told, entries);
  assert.deepEqual(
    entries.map(({ verdicts, wrong, factor }) => [verdicts, wrong.length, factor]),
    [2, 1, 2, 1].map((verdicts) => [verdicts, 0, 3]),
  );
});

test('what is known is not done again, but counted; what is no job any more is not', async () => {
  const first = await soaked(twoRounds.slice(0, 3), fakeLab(asExpected));
  const lab = fakeLab(asExpected);
  const gone = { ...first.entries[0]!, variant: 'mutants/b--gone' };
  const { entries, told } = await soaked(twoRounds, lab, [...first.entries, gone]);
  assert.deepEqual(lab.said, ['start 2', 'mutants/b--late 2', 'stop']);
  assert.equal(told.length, 1);
  assert.equal(entries.length, 4);
});

for (const outcome of ['pass', 'error', 'inconclusive'] as const)
  test(`a mutant's check that ends with ${outcome} is wrong`, async () => {
    const lab = fakeLab((job) => (job.expected === 'fail' ? outcome : 'pass'));
    const { entries } = await soaked(twoRounds.slice(0, 2), lab);
    assert.deepEqual(
      entries.map(({ wrong }) => wrong.map((w) => [w.check, w.outcome])),
      [[], [['b', outcome]]],
    );
  });

test('a solution’s check that fails is wrong, with all that it said', async () => {
  const lab = fakeLab((_, { id }) => (id === 'a' ? 'fail' : 'pass'));
  const [entry] = (await soaked([right('solution', 1)], lab)).entries;
  assert.equal(entry!.wrong.length, 1);
  assert.match(entry!.wrong[0]!.message, /^Task 1: a: fail/);
});

test('a lab that fails is wrong, and the next variant gets another', async () => {
  const jobs = [right('solution', 1), right('alternatives/other', 1), mutant(1)];
  const lab = fakeLab((job) => {
    if (job.variant === 'solution') return new Error('[lab] no broker');
    return job.expected === 'pass' ? 'infra' : 'fail';
  });
  const { entries } = await soaked(jobs, lab);
  assert.deepEqual(
    entries.map(({ wrong }) => wrong.map((w) => w.outcome)),
    [['infra', 'infra'], ['infra', 'infra'], []],
  );
  assert.match(entries[0]!.wrong[0]!.message, /\[lab\] no broker/);
  assert.equal(lab.said.filter((text) => text === 'start 1').length, 3);
  assert.equal(lab.said.filter((text) => text === 'stop').length, 3);
});

const skip = process.platform === 'linux' ? false : 'needs Linux: it looks for processes in /proc';

test('busy loops run until they are stopped', { skip }, async () => {
  const { pids, stop } = busyLoops(2);
  await until('both run', () => pids.every(runs));
  await stop();
  assert.deepEqual(pids.filter(runs), []);
});
