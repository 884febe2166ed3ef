import { z } from 'zod';
import type { FileKind } from './check.ts';
import type { Problem } from './problem.ts';
import {
  chapterRule,
  duplicates,
  misconceptionRule,
  type BankContext,
  type Report,
} from './rules.ts';
import { chapter, id } from './schema.ts';

/** The five kinds of small tasks, in the order in which they build up. */
const taskKinds = ['complete', 'order', 'find-the-bug', 'predict', 'fix'] as const;

const text = (least: number, what: string) => z.string().trim().min(least).describe(what);

const variant = z
  .string()
  .regex(/^(solution|starter|(mutants|alternatives)\/[\w-]+)$/)
  .describe('solution, starter, mutants/NAME or alternatives/NAME');

/** What makes the journal: something that a user does, or a run of a check. */
const runSchema = z
  .strictObject({
    action: id.optional().describe('the id of one of the lab’s actions'),
    trouble: id.optional().describe('the id of one of the lab’s troubles, with an action'),
    check: id.optional().describe('the id of one of the lab’s checks'),
    nth: z.int().min(1).optional().describe('which of the check’s runs, from 1'),
  })
  .refine(({ action, check }) => (action === undefined) !== (check === undefined))
  .describe('either an action or a check');

const codeSchema = z
  .strictObject({
    of: variant,
    file: text(4, 'the name of a file that the learner edits'),
    from: text(3, 'a part of the first line to show'),
    to: text(1, 'a part of the last line to show, which may be the first one'),
    blank: text(3, 'what the blank stands for, as it is in the file').optional(),
  })
  .describe('code to show: of, file, from, to and, where something is left out, blank');

const answerSchema = z
  .strictObject({
    id,
    text: text(1, 'the answer as the learner reads it').optional(),
    code: text(1, 'the answer as code: lines of the variant’s file').optional(),
    order: z.array(id).optional().describe('the hops in the order that this answer says'),
    variant,
    run: runSchema.optional(),
    right: z.literal(true).optional().describe('true on a right answer, absent on the others'),
    misconception: id
      .optional()
      .describe('on a wrong answer, an id from quiz/bank/misconceptions.yaml'),
    explanation: text(40, 'why this is right or wrong, in 40 characters or more'),
  })
  .refine((answer) => ['text', 'code', 'order'].filter((key) => key in answer).length === 1)
  .describe(
    'an answer: id, one of text, code and order, variant, explanation, right or misconception',
  );

const taskSchema = z
  .strictObject({
    id,
    kind: z.enum(taskKinds).describe(`one of ${taskKinds.join(', ')}`),
    text: text(20, 'what is given and what to do'),
    code: codeSchema.optional(),
    run: runSchema,
    judge: z
      .strictObject({
        flow: id.describe('the id of the flow that judges: of the architecture, or a part'),
        without: z.array(z.string()).optional().describe('components and edges to leave out'),
      })
      .describe('what judges the journals: flow and, if need be, without'),
    hops: z.array(id).min(3).max(4).optional().describe('ids of the flow’s hops, to be ordered'),
    otherwise: text(40, 'what to say of an order that no answer has').optional(),
    hints: z.array(text(20, 'a hint of 20 characters or more')).length(3).describe('three hints'),
    explanation: text(40, 'what the task shows, in 40 characters or more'),
    answers: z.array(answerSchema).min(3).max(6).describe('a list of three to six answers'),
  })
  .describe('a task: id, kind, text, run, judge, hints, explanation, answers');

/** One chapter's `try.yaml`. */
const trySchema = z
  .strictObject({ chapter, tasks: z.array(taskSchema).length(5).describe('a list of five tasks') })
  .describe('tasks: chapter and tasks');

export type TryTasks = z.infer<typeof trySchema>;
export type TryTask = TryTasks['tasks'][number];
export type TryRun = z.infer<typeof runSchema>;

/** `try.yaml`: one task of each kind, in their order. Whether a right answer is right, a journal says. */
export const tryFile: FileKind<TryTasks> = {
  schema: trySchema,
  *rules({ chapter: slug, tasks }, context, problem) {
    yield* chapterRule(slug, context, problem);
    yield* duplicates(tasks, 'tasks', (i, rest) => problem(['tasks', i, 'id'], rest));
    const kinds = tasks.map(({ kind }) => kind).join(', ');
    if (kinds !== taskKinds.join(', '))
      yield problem(['tasks'], {
        what: 'kinds',
        got: kinds,
        expected: taskKinds.join(', '),
        hint: 'write one task of each kind, in this order.',
      });
    for (const [i, task] of tasks.entries())
      yield* taskRules(task, context, (path, rest) =>
        problem(['tasks', i, ...path], { ...rest, what: `${task.id}: ${rest.what}` }),
      );
  },
};

function* taskRules(task: TryTask, context: BankContext, problem: Report): Generator<Problem> {
  const { kind, answers, hops, otherwise, code } = task;
  yield* duplicates(answers, 'answers', (i, rest) => problem(['answers', i, 'id'], rest));
  const rights = answers.filter(({ right }) => right);
  if (rights.length === 0 || rights.length === answers.length)
    yield problem(['answers'], {
      what: 'right answers',
      got: `${rights.length} of ${answers.length}`,
      expected: 'one or more, but not all',
      hint: 'write `right: true` on each answer whose journal follows the flow.',
    });
  for (const [i, { id: name, right = false, misconception }] of answers.entries())
    yield* misconceptionRule({ id: name, right, misconception }, context, (rest) =>
      problem(['answers', i, 'misconception'], rest),
    );
  const texts = answers.flatMap((answer) => answer.text ?? []);
  const longest = Math.max(...texts.map(({ length }) => length));
  if (rights.length === 1 && texts.length > 1 && rights[0]!.text?.length === longest)
    yield problem(['answers'], {
      what: 'the right answer’s text',
      got: 'the longest',
      expected: 'one that its length does not give away',
      hint: 'shorten it, or make a wrong one as precise.',
    });
  const misfit = (what: string, got: string, expected: string): Problem =>
    problem([], { what, got, expected, hint: 'see the tasks of chapter 04-topics.' });
  if ((kind === 'order') !== (hops !== undefined && otherwise !== undefined))
    yield misfit(
      'hops and otherwise',
      String(hops),
      'both in a task of kind order, and only there',
    );
  if (kind === 'complete' && code?.blank === undefined)
    yield misfit('code.blank', 'nothing', 'what the blank stands for');
  for (const { id: name, order } of answers)
    if (order?.toSorted().join() !== hops?.toSorted().join())
      yield misfit(`${name}, its order`, String(order), `the hops ${String(hops)}, each once`);
}
