import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tryTasksOf } from '../../../quiz/src/bank.ts';
import { BankError } from '../../../quiz/src/problem.ts';
import type { TryTask, TryTasks } from '../../../quiz/src/tasks.ts';
import type { Graded } from '../grade/load.ts';
import { judged } from '../grade/settle.ts';
import type { Problem } from '../prove/problem.ts';
import { flowHash } from '../run/flow-hash.ts';
import { labFolder } from '../run/paths.ts';
import { namedSource } from '../run/sources.ts';
import { solutionOf } from '../run/starter.ts';
import { excerptOf, hasLines } from './excerpt.ts';
import { judgeAnswer, showsOrder, type Judge } from './judge-tried.ts';
import { keyOf, readTried, type Tried } from './tried.ts';

/**
 * What is wrong with a chapter's small tasks: an answer whose journal says otherwise, one that was not
 * recorded, code that no variant has. None where a chapter has no tasks.
 */
export function triedProblems(graded: Graded): (Problem | string)[] {
  const { slug } = graded.lab;
  const again = `npm run record ${slug.slice(0, 2)} -- --tried`;
  const file = join(labFolder(slug), 'tried.json');
  try {
    const tasks = tryTasksOf(slug);
    if (!tasks) return [];
    if (!existsSync(file))
      return [
        { where: `labs/${slug}/tried.json`, what: 'missing: no answer was run', next: again },
      ];
    const tried = readTried(JSON.parse(readFileSync(file, 'utf8')));
    return problemsOf(graded, tasks, tried);
  } catch (error) {
    // A bank that can't be read is told of once, by the bank's own check.
    if (error instanceof BankError) return [];
    throw error;
  }
}

/** The same for tasks and runs that are given. */
export function problemsOf(
  graded: Graded,
  { tasks }: TryTasks,
  tried: Tried,
): (Problem | string)[] {
  const { lab, flows } = graded;
  const again = `npm run record ${lab.slug.slice(0, 2)} -- --tried`;
  const hash = flowHash(lab);
  if (tried.flow !== hash)
    return [
      {
        where: `labs/${lab.slug}/tried.json`,
        what: `recorded under other flows: got ${tried.flow}, expected ${hash}`,
        next: again,
      },
    ];
  const judge = { architecture: lab.architecture, flows, tried };
  return tasks.flatMap((task) => [...codeProblems(graded, task), ...answerProblems(judge, task)]);
}

function answerProblems(judge: Judge, task: TryTask): (Problem | string)[] {
  const where = `quiz/bank/${judge.tried.lab}/try.yaml`;
  return task.answers.flatMap((answer): (Problem | string)[] => {
    const { id, right = false, order } = answer;
    const what = `${task.id}, ${id}`;
    const next = 'choose another variant or flow, or mend what the answer claims';
    try {
      const { passed, trace } = judgeAnswer(judge, task, answer);
      if (passed !== right) {
        const said = passed ? 'passed' : `${trace.verdict?.verdict}: ${trace.verdict?.headline}`;
        const claim = right ? 'right, so passed' : 'wrong, so not passed';
        return [{ where, what: `${what}: got ${said}, expected ${claim}`, next }];
      }
      const { hops } = judge.tried.runs[keyOf(answer.run ?? task.run, answer.variant)]!;
      const flow = judge.flows.find((f) => f.id === task.judge.flow)!;
      if (order && right && !showsOrder(flow, order, judged({ hops }, task.judge.without)))
        return [
          {
            where,
            what: `${what}: the journal shows another order than ${order.join(', ')}`,
            next,
          },
        ];
      return [];
    } catch (error) {
      // Our own messages already say where, what and what to try.
      if (!(error instanceof Error && error.message.startsWith('['))) throw error;
      return [error.message];
    }
  });
}

/** Code that a task shows is a variant's own. */
function codeProblems({ lab }: Graded, { id, code, answers }: TryTask): Problem[] {
  const where = `quiz/bank/${lab.slug}/try.yaml`;
  const problems: Problem[] = [];
  const read = (variant: string, file: string): string => {
    const { source, remove } = namedSource(lab, variant);
    try {
      return solutionOf(readFileSync(source(file), 'utf8'));
    } finally {
      remove();
    }
  };
  const look = (what: string, problem: () => string | undefined): void => {
    let said: string | undefined;
    try {
      said = problem();
    } catch (error) {
      said = (error as Error).message;
    }
    if (said !== undefined)
      problems.push({
        where,
        what: `${id}, ${what}: ${said}`,
        next: 'copy the lines from the variant',
      });
  };
  if (code) look('code', () => void excerptOf(read(code.of, code.file), code));
  for (const answer of answers) {
    const { code: lines, variant } = answer;
    if (lines === undefined) continue;
    look(answer.id, () => {
      if (!code) return 'got code, expected a task with code, which names the file';
      if (hasLines(read(variant, code.file), lines)) return undefined;
      return `got lines that ${variant}/${code.file} does not have`;
    });
  }
  return problems;
}
