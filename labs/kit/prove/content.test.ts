import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Check } from '../grade/check.ts';
import { loadLab, type Graded } from '../grade/load.ts';
import { contentProblems } from './content.ts';
import { tell } from './problem.ts';

let graded: Graded;
before(async () => {
  graded = await loadLab('01-nine-hops');
});

const said = (chapter: Graded): string[] => contentProblems(chapter).map(tell);

/** Chapter 1 with its first check changed. */
const withFirst = (change: Partial<Check>): Graded => {
  const [first, ...others] = graded.checks;
  return { ...graded, checks: [{ ...first!, ...change }, ...others] };
};

test('chapter 1 has no problem', () => {
  assert.deepEqual(said(graded), []);
});

test('too few checks, points that are not 100, and a task without a check are told', () => {
  const problems = said({ ...graded, checks: graded.checks.slice(0, 2) });
  const points = graded.checks[0]!.points + graded.checks[1]!.points;
  for (const part of [
    'too few checks: got 2, expected at least 8',
    `points don't add up: got ${points}, expected 100`,
    'task 2 has no check',
    'task 3 has no check',
  ])
    assert.ok(
      problems.some((p) => p.startsWith('[labs/01-nine-hops/checks]') && p.includes(part)),
      part,
    );
});

test('a check without three hints that say something is told', () => {
  const { id } = graded.checks[0]!;
  const [one, two] = ['a'.repeat(30), 'b'.repeat(40)];
  for (const [hints, got] of [
    [[one, two], '30, 40'],
    [[one, two, 'too short'], '30, 40, 9'],
    [[one, two, ' '.repeat(30)], '30, 40, 0'],
  ])
    assert.deepEqual(said(withFirst({ hints: hints as unknown as Check['hints'] })), [
      `[labs/01-nine-hops/checks] ${id}: got hints of ${String(got)} characters, expected three of at least 20. Try: npm run check 01`,
    ]);
});

test('a check of no task, and two checks of one name, are told', () => {
  const { id } = graded.checks[0]!;
  assert.match(said(withFirst({ task: 9 })).join('\n'), new RegExp(`${id}: no such task: got 9`));
  const twin = { ...graded, checks: [...graded.checks, { ...graded.checks[0]!, points: 0 }] };
  assert.match(said(twin).join('\n'), new RegExp(`two checks are called ${id}`));
});

test('a mutant whose check is gone is told, with the checks that there are', () => {
  const [, ...others] = graded.checks;
  const { id } = graded.checks[0]!;
  const problems = said({ ...graded, checks: others });
  assert.match(
    problems.join('\n'),
    new RegExp(`mutants/${id}--\\S+\\] no such check: got ${id}.*Try: rename.*${others[0]!.id}`),
  );
});

test('a region of a task that there is not is told with its file', () => {
  const problems = said({ ...graded, tasks: graded.tasks.filter((t) => t.n !== 2) });
  assert.match(
    problems.join('\n'),
    /\[labs\/01-nine-hops\/solution\/service-b\.ts\] no such task: got #task 2/,
  );
});

test('a chapter without its folders is told what is missing in site, quiz and labs', () => {
  const lab = { ...graded.lab, slug: '98-nowhere', apps: [] };
  const problems = said({ ...graded, lab }).filter((p) => p.includes('missing'));
  for (const path of [
    'site/src/chapters/98-nowhere',
    'quiz/bank/98-nowhere/quiz.yaml',
    'labs/98-nowhere/README.md',
    'labs/98-nowhere/solution',
  ])
    assert.ok(
      problems.some((p) => p.startsWith(`[${path}]`)),
      path,
    );
});
