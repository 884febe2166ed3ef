import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { tryTasksOf } from '../../../quiz/src/bank.ts';
import type { TryTasks } from '../../../quiz/src/tasks.ts';
import { loadLab, type Graded } from '../grade/load.ts';
import { tell } from '../prove/problem.ts';
import { problemsOf, triedProblems } from './problems.ts';
import { keyOf, readTried, writeTried, type Tried } from './tried.ts';

let graded: Graded;
let tried: Tried;
const text = readFileSync(new URL('../../04-topics/tried.json', import.meta.url), 'utf8');
const tasks = tryTasksOf('04-topics')!;
before(async () => {
  graded = await loadLab('04-topics');
  tried = readTried(JSON.parse(text));
});

const said = (change: (draft: TryTasks) => void, runs = tried): string[] => {
  const draft = structuredClone(tasks);
  change(draft);
  return problemsOf(graded, draft, runs).map(tell);
};

test('chapter 4 has no problem, and what is read is written the same', () => {
  assert.deepEqual(triedProblems(graded).map(tell), []);
  assert.equal(writeTried(tried), text);
});

test('an answer that claims to be right is told what the machine said of its journal', () => {
  const [problem, ...others] = said(({ tasks: [first] }) => (first!.answers[0]!.right = true));
  assert.deepEqual(others, []);
  assert.match(
    problem!,
    /^\[quiz\/bank\/04-topics\/try\.yaml\] announce-it, twice: got unexpected: Hop 2 came once too often.*, expected right, so passed\. Try: /,
  );
});

test('an answer that claims to be wrong, while its journal follows the flow, is told', () => {
  const [problem] = said(({ tasks: [first] }) => delete first!.answers[1]!.right);
  assert.match(problem!, /announce-it, once: got passed, expected wrong/);
});

test('a variant that was not recorded is told, with the command that does it', () => {
  const [task] = tasks.tasks;
  const { [keyOf(task!.run, 'solution')]: _, ...runs } = tried.runs;
  const [problem] = said(() => undefined, { ...tried, runs });
  assert.match(problem!, /announce-it, once: not recorded.*Try: npm run record 04 -- --tried$/);
});

test('runs of other flows than today’s are not judged', () => {
  const [problem, ...others] = said(() => undefined, { ...tried, flow: '0'.repeat(12) });
  assert.deepEqual(others, []);
  assert.match(problem!, /tried\.json\] recorded under other flows: got 000000000000/);
});

test('an order that the journal does not show, and code that the variant does not have, are told', () => {
  const problems = said(({ tasks: all }) => {
    const [first, order] = all;
    order!.answers[2]!.order!.reverse();
    first!.answers[1]!.code = 'bus.publishTwice();';
    first!.code!.blank = 'bus.whisper();';
  });
  for (const part of [
    'save-reply-publish: the journal shows another order than publish, reply, order-service-stored',
    'announce-it, once: got lines that solution/order-service.ts does not have',
    'announce-it, code: got no bus.whisper();',
  ])
    assert.ok(
      problems.some((problem) => problem.includes(part)),
      `${part} in ${problems.join('\n')}`,
    );
});
