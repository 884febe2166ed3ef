import type { Episode, RunPlan } from '../episode.ts';
import { parsePlan, planText, type Plan } from '../plan.ts';

export const known = ['a', 'b', 'c'].map((id) => ({
  id,
  title: `Trouble ${id}`,
  apply: () => ({ hits: 1 }),
}));

export const planOf = (text: string): Plan => parsePlan(text, known);

/** A lab that fails whenever a plan says so; `ran` lists the plans that were carried out. */
export function fakeRun(fails: (plan: Plan) => boolean): RunPlan & { ran: string[] } {
  const ran: string[] = [];
  const run = (plan: Plan): Promise<Episode> => {
    ran.push(planText(plan));
    const hit = plan.steps.map(({ trouble }) => trouble);
    if (!fails(plan)) return Promise.resolve({ plan, outcome: 'held', hit });
    const finding = { headline: 'Rows', expected: '1', observed: '2' };
    return Promise.resolve({ plan, outcome: 'failed', finding, hit });
  };
  return Object.assign(run, { ran });
}

/** Whether a plan has these troubles, in this order, with whatever stands between. */
export function has({ steps }: Plan, ...wanted: string[]): boolean {
  const left = [...wanted];
  for (const { trouble } of steps) if (trouble === left[0]) left.shift();
  return left.length === 0;
}
