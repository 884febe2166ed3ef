import { judgeAnswer, type Judge } from '../../../labs/kit/tried/judge-tried.ts';
import { excerptOf } from '../../../labs/kit/tried/excerpt.ts';
import { readTried } from '../../../labs/kit/tried/tried.ts';
import { traceRows, type TraceRow } from '../../../labs/kit/replay/rows.ts';
import { hopsOf, nameOf } from '../../../labs/kit/flow/steps.ts';
import type { Architecture, Hop } from '../../../labs/kit/flow/types.ts';
import type { Lab } from '../../../labs/kit/run/define.ts';
import { solutionOf, starterOf } from '../../../labs/kit/run/starter.ts';
import type { TryTask } from '../../../quiz/src/tasks.ts';
import { tasksOf } from './quizzes.ts';

const labs = import.meta.glob<Lab>('../../../labs/*/lab.ts', { import: 'default', eager: true });
const kept = import.meta.glob<unknown>('../../../labs/*/tried.json', {
  import: 'default',
  eager: true,
});
// As text, and only what a task names is loaded.
const sources = import.meta.glob<string>(
  ['../../../labs/*/solution/*', '../../../labs/*/{mutants,alternatives}/*/*'],
  { query: '?raw', import: 'default' },
);

/** After the first hop that does not fit, so many more are shown. */
const after = 2;

/** An answer as a page shows it: what it is, and what the machine says of its journal. */
export interface ShownAnswer {
  id: string;
  text?: string | undefined;
  code?: string | undefined;
  /** The hops of an order: their ids, and in words. */
  hops?: readonly string[] | undefined;
  order?: readonly string[] | undefined;
  right: boolean;
  explanation: string;
  misconception?: string | undefined;
  headline: string;
  expected: string;
  observed: string;
  rows: readonly TraceRow[];
  /** How many rows were left out at the end. */
  more: number;
}

/** A small task as a page shows it. */
export interface ShownTask extends Omit<TryTask, 'answers' | 'code' | 'hops'> {
  code?: string | undefined;
  /** What has to be ordered: ids of hops, with their words. */
  hops?: readonly { id: string; words: string }[] | undefined;
  answers: readonly ShownAnswer[];
}

/** One of a chapter's small tasks, each of its answers judged by the flow's machine. */
export async function shownTask(chapter: string, id: string): Promise<ShownTask> {
  const { tasks } = tasksOf(chapter);
  const task = tasks.find((one) => one.id === id);
  const lab = labs[`../../../labs/${chapter}/lab.ts`];
  const runs = kept[`../../../labs/${chapter}/tried.json`];
  if (!task || !lab)
    throw new Error(
      `[quiz/bank/${chapter}/try.yaml] no such task: got ${id}, expected one of ${tasks.map((t) => t.id).join(', ')}`,
    );
  if (!runs)
    throw new Error(
      `[labs/${chapter}/tried.json] missing: no answer was run. Try: npm run record ${chapter.slice(0, 2)} -- --tried`,
    );
  const { architecture, parts } = lab;
  const judge: Judge = {
    architecture,
    flows: [...architecture.flows, ...parts],
    tried: readTried(runs),
  };
  const flow = judge.flows.find((one) => one.id === task.judge.flow)!;
  const words = new Map(hopsOf(flow.steps).map((hop) => [hop.id, hopWords(architecture, hop)]));
  const { code, hops, ...rest } = task;
  return {
    ...rest,
    code: code && excerptOf(await sourceOf(chapter, code.of, code.file), code),
    hops: hops?.map((hop) => ({ id: hop, words: words.get(hop) ?? hop })),
    answers: task.answers.map((answer) => {
      const { passed, trace } = judgeAnswer(judge, task, answer);
      const { headline, expected, observed, index, missing } = trace.verdict!;
      const rows = traceRows(architecture, trace);
      const last = passed ? rows.length : index + 1 + (missing ? 1 : 0) + after;
      return {
        id: answer.id,
        text: answer.text,
        code: answer.code?.trimEnd(),
        hops: answer.order,
        order: answer.order?.map((hop) => words.get(hop) ?? hop),
        right: passed,
        explanation: answer.explanation,
        misconception: answer.misconception,
        headline,
        expected,
        observed,
        rows: rows.slice(0, last),
        more: Math.max(0, rows.length - last),
      };
    }),
  };
}

const hopWords = (architecture: Architecture, { from, label }: Hop): string =>
  `${nameOf(architecture, from)} ${label}`;

async function sourceOf(chapter: string, variant: string, file: string): Promise<string> {
  const folder = `../../../labs/${chapter}`;
  const own = sources[`${folder}/${variant}/${file}`] ?? sources[`${folder}/solution/${file}`];
  if (!own) throw new Error(`[labs/${chapter}] no such file: got ${variant}/${file}`);
  const text = await own();
  return variant === 'starter' ? starterOf(text) : solutionOf(text);
}
