import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { tryTasksOf } from '../../../quiz/src/bank.ts';
import type { TryRun, TryTasks } from '../../../quiz/src/tasks.ts';
import { loadLab, type Graded } from '../grade/load.ts';
import { judgeAnswer } from './judge-tried.ts';
import { recordTried } from './record-tried.ts';

let graded: Graded;
before(async () => {
  graded = await loadLab('04-topics');
});
const silent = (): void => undefined;
const [first, , , push] = tryTasksOf('04-topics')!.tasks;

/** Two tasks that differ in what is done: an action under a trouble, and a check. */
const tasks: TryTasks = {
  chapter: '04-topics',
  tasks: [
    {
      ...first!,
      run: { action: 'place-order', trouble: 'analytics-slow' },
      answers: first!.answers.filter(({ id }) => id === 'once'),
    },
    { ...push!, answers: push!.answers.filter(({ id }) => id === 'stores-nothing') },
  ],
};

test('what an answer stands for is run, under a trouble too, and its journal can be judged', async () => {
  const tried = await recordTried(graded, tasks, silent);
  assert.deepEqual(Object.keys(tried.runs), [
    'place-order, analytics-slow, solution',
    'pushed-twice-checked-once 1, solution',
  ]);
  const { architecture } = graded.lab;
  for (const task of tasks.tasks) {
    const { passed, trace } = judgeAnswer(
      { architecture, flows: graded.flows, tried },
      task,
      task.answers[0]!,
    );
    assert.ok(passed, JSON.stringify(trace.verdict));
  }
  const [slow] = Object.values(tried.runs);
  const heard = slow!.hops.find(({ to, kind }) => to === 'analytics' && kind === 'deliver');
  assert.ok(heard!.at >= 200, `analytics heard after ${heard!.at} ms`);
});

test('a run that a check does not make, and a trouble that there is not, are told', async () => {
  const [one] = tasks.tasks;
  const only = (run: TryRun): TryTasks => ({ ...tasks, tasks: [{ ...one!, run }] });
  await assert.rejects(
    recordTried(graded, only({ action: 'place-order', trouble: 'flood' }), silent),
    /no such trouble: got flood\. Try: mend quiz\/bank\/04-topics\/try\.yaml/,
  );
  await assert.rejects(
    recordTried(graded, only({ check: 'pushed-twice-checked-once', nth: 9 }), silent),
    /pushed-twice-checked-once: got 1 runs, expected 9 or more/,
  );
});

test('a run whose id a later one has taken is kept up to then', async () => {
  const notify = await loadLab('03-notify');
  const lost = tryTasksOf('03-notify')!.tasks.find(({ id }) => id === 'find-what-counts-twice')!;
  const answers = lost.answers.filter(({ right }) => right);
  const own: TryTasks = { chapter: '03-notify', tasks: [{ ...lost, answers }] };
  // The check asks what became of the order, by the order's own id.
  const tried = await recordTried(notify, own, silent);
  const { architecture } = notify.lab;
  const { passed, trace } = judgeAnswer(
    { architecture, flows: notify.flows, tried },
    lost,
    answers[0]!,
  );
  assert.ok(passed, JSON.stringify(trace.verdict));
});
