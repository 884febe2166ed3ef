import type { TryRun, TryTask, TryTasks } from '../../../quiz/src/tasks.ts';
import type { Flow } from '../flow/types.ts';
import type { Graded } from '../grade/load.ts';
import { runCheck } from '../grade/run-check.ts';
import { settle } from '../grade/settle.ts';
import { circumstances } from '../record/circumstances.ts';
import { flowHash } from '../run/flow-hash.ts';
import { startLab, type RunningLab } from '../run/running-lab.ts';
import { namedSource } from '../run/sources.ts';
import type { HopLine } from '../wire/journal.ts';
import { keyOf, type Tried, type TriedRun } from './tried.ts';

/** One thing to do on one variant, and the task whose flow says when it is over. */
interface Wanted {
  variant: string;
  run: TryRun;
  task: TryTask;
}

/**
 * Runs what the answers of a chapter's small tasks stand for, each variant in a lab of its own, and
 * keeps the hops.
 * @param say told how far it is
 */
export async function recordTried(
  graded: Graded,
  { tasks }: TryTasks,
  say: (text: string) => void,
): Promise<Tried> {
  const { lab } = graded;
  const wanted = new Map<string, Wanted>();
  for (const task of tasks)
    for (const { variant, run = task.run } of task.answers)
      wanted.set(keyOf(run, variant), { variant, run, task });
  const runs = new Map<string, TriedRun>();
  for (const [variant, own] of Map.groupBy(wanted, ([, one]) => one.variant)) {
    const { source, remove } = namedSource(lab, variant);
    // A seed of its own: the same random values each time, so that a recording differs in its times only.
    const running = await startLab(lab, { source, seed: 'tried' }).catch((error: unknown) => {
      remove();
      throw error;
    });
    try {
      for (const [key, { run, task }] of own) {
        runs.set(key, await runOf(graded, running, run, task));
        say(`${key}: ${runs.get(key)!.hops.length} hops`);
      }
    } finally {
      await running.stop();
      remove();
    }
  }
  return {
    format: 1,
    lab: lab.slug,
    flow: flowHash(lab),
    ...circumstances(),
    runs: Object.fromEntries([...wanted.keys()].map((key) => [key, runs.get(key)!])),
  };
}

async function runOf(
  graded: Graded,
  running: RunningLab,
  run: TryRun,
  task: TryTask,
): Promise<TriedRun> {
  const { key, startAt, endAt } = await (run.check === undefined
    ? acted(graded, running, run, task)
    : checked(graded, running, run, task));
  const hops = running.journal.lines.filter(
    (line): line is HopLine => line.type === 'hop' && line.run === key && line.at <= endAt,
  );
  const since = (at: number): number => Math.round((at - startAt) * 1_000) / 1_000;
  return {
    endAt: since(endAt),
    factor: running.factor,
    hops: hops.map((hop) => ({ ...hop, at: since(hop.at) })),
  };
}

interface Watched {
  key: string;
  startAt: number;
  endAt: number;
}

/** A user does it once, with a trouble if one is named, and the lab settles. */
async function acted(
  graded: Graded,
  running: RunningLab,
  { action: id = '', trouble }: TryRun,
  { judge }: TryTask,
): Promise<Watched> {
  const { lab } = graded;
  const flow = flowOf(graded, judge.flow);
  const found = lab.troubles?.find((t) => t.id === trouble);
  if (trouble !== undefined && !found) throw missing(lab.slug, 'trouble', trouble);
  await running.calm();
  running.scope(id);
  const { params, value } = running.action(id).example(
    (prefix) => running.random(prefix),
    () => undefined,
  );
  const undo = found?.apply(running.network);
  try {
    const { run } = await running.act(id, params, { ...(value && { value }) });
    const endAt = await settle(running, run, flow, judge.without);
    return { key: run.key, startAt: run.startAt, endAt };
  } finally {
    undo?.();
    running.witness.runs.endAll();
  }
}

/** A check runs whole; one of its runs is kept, and watched until it has settled. */
async function checked(
  graded: Graded,
  running: RunningLab,
  { check: id, nth = 1 }: TryRun,
  { judge }: TryTask,
): Promise<Watched> {
  const { lab, checks } = graded;
  const check = checks.find((c) => c.id === id);
  if (!check) throw missing(lab.slug, 'check', id);
  const flow = flowOf(graded, judge.flow);
  const since = running.journal.lines.length;
  let watched: Watched | undefined;
  let count = 0;
  await runCheck(running, {
    ...check,
    async run(tools) {
      try {
        await check.run(tools);
      } finally {
        const begun = running.journal.lines
          .slice(since)
          .filter((line) => line.type === 'mark' && line.what === 'run');
        count = begun.length;
        const mark = begun[nth - 1] as { run: string; at: number } | undefined;
        const run = running.witness.runs.active().find((one) => one.key === mark?.run);
        // A run has ended when another took its id, as a question about the same order does.
        if (run) {
          const endAt = await settle(running, run, flow, judge.without);
          watched = { key: run.key, startAt: run.startAt, endAt };
        } else if (mark) {
          await quietAfter(running, mark, flow);
          watched = { key: mark.run, startAt: mark.at, endAt: running.journal.now() };
        }
      }
    },
  });
  if (watched) return watched;
  throw new Error(
    `[tried] ${lab.slug}, ${id}: got ${count} runs, expected ${nth} or more. Try: another nth in quiz/bank/${lab.slug}/try.yaml`,
  );
}

/** Watches a run that has ended for as long as one that has not: until its flow’s quiet time is over. */
async function quietAfter(
  { journal, factor }: RunningLab,
  { run, at }: { run: string; at: number },
  { quiet }: Flow,
): Promise<void> {
  const last = journal.lines.findLast((line) => line.type === 'hop' && line.run === run);
  const left = (last?.at ?? at) + quiet * factor + 5 - journal.now();
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, left)));
}

function flowOf({ lab, flows }: Graded, id: string): Flow {
  const flow = flows.find((f) => f.id === id);
  if (!flow) throw missing(lab.slug, 'flow', id);
  return flow;
}

const missing = (slug: string, what: string, got: string | undefined): Error =>
  new Error(`[tried] ${slug}: no such ${what}: got ${got}. Try: mend quiz/bank/${slug}/try.yaml`);
