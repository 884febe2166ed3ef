import type { TryTask } from '../../../quiz/src/tasks.ts';
import { allHops, hopEvent } from '../flow/steps.ts';
import type { Architecture, Flow, SeenHop } from '../flow/types.ts';
import { judgeHops } from '../grade/read-kept.ts';
import { judged } from '../grade/settle.ts';
import { traceHop } from '../replay/hop.ts';
import type { Trace } from '../replay/trace.ts';
import { traceVerdict } from '../replay/verdict.ts';
import { keyOf, type Tried } from './tried.ts';

type Answer = TryTask['answers'][number];

/** What judges a chapter's answers. */
export interface Judge {
  architecture: Architecture;
  /** Every flow that a verdict may name. */
  flows: readonly Flow[];
  tried: Tried;
}

/** An answer's journal, judged by the flow's machine. */
export interface JudgedAnswer {
  passed: boolean;
  trace: Trace;
}

/**
 * What the machine says of the journal that an answer stands for.
 * @throws if it was not recorded, or the task names no flow of the lab
 */
export function judgeAnswer(
  { architecture, flows, tried }: Judge,
  task: TryTask,
  answer: Answer,
): JudgedAnswer {
  const { flow: id, without } = task.judge;
  const flow = flows.find((f) => f.id === id);
  const key = keyOf(answer.run ?? task.run, answer.variant);
  const where = `[quiz/bank/${tried.lab}/try.yaml] ${task.id}, ${answer.id}:`;
  if (!flow)
    throw new Error(
      `${where} no such flow: got ${id}, expected one of ${flows.map((f) => f.id).join(', ')}. Try: another flow in judge`,
    );
  const run = tried.runs[key];
  if (!run)
    throw new Error(
      `${where} not recorded: got no run ${key} in labs/${tried.lab}/tried.json, expected one. Try: npm run record ${tried.lab.slice(0, 2)} -- --tried`,
    );
  const { endAt, factor } = run;
  const hops = judged(run, without);
  const said = judgeHops(architecture, flow, hops, { startAt: 0, endAt, factor });
  const trace: Trace = {
    run: key,
    title: flow.title,
    flow: flow.id,
    startAt: 0,
    hops: hops.map((hop) => traceHop(architecture, flow, hop, 0)),
    notes: [],
    verdict: traceVerdict(architecture, said, hops),
  };
  return { passed: said.now.verdict === 'passed', trace };
}

/** Whether a journal has the hops of an order in that order, each as it comes first. */
export function showsOrder(
  flow: Flow,
  order: readonly string[],
  hops: readonly SeenHop[],
): boolean {
  const all = allHops(flow.steps);
  const places = order.map((id) => {
    const hop = all.find((h) => h.id === id);
    // A look into a database finds something else where the row is missing: the place is the same.
    const same = (seen: SeenHop): boolean =>
      hop !== undefined &&
      (hop.via === 'store'
        ? seen.via === 'store' && seen.from === hop.from && seen.kind === hop.kind
        : hopEvent(seen) === hopEvent(hop));
    return hops.findIndex(same);
  });
  return places.every((place, i) => place >= 0 && (i === 0 || place > places[i - 1]!));
}
