import { expect as base } from '@playwright/test';
import { explain } from '../flow/explain.ts';
import { judge } from '../flow/judge.ts';
import type { Flow, Hop, Verdict } from '../flow/types.ts';
import type { RunningLab } from '../run/running-lab.ts';
import type { Run } from '../wire/runs.ts';
import type { Finding } from './results.ts';
import { judged, settle } from './settle.ts';

/** A run in the lab that saw it: what `toFollow` takes. */
export interface RunOf {
  lab: RunningLab;
  run: Run;
}

/** Waits for a run to settle, judges it and journals the verdict, so that it can be judged again. */
export async function judgeRun(
  { lab, run }: RunOf,
  flow: Flow,
  without: readonly string[] = [],
): Promise<{ verdict: Verdict; finding: Finding }> {
  const endAt = await settle(lab, run, flow, without);
  const { startAt } = run;
  const observation = { startAt, endAt, factor: lab.factor };
  const verdict = judge(flow, judged(run, without), observation);
  const { architecture } = lab.lab;
  const explanation = explain(verdict, flow, architecture, { startAt, factor: lab.factor });
  const { about } = verdict;
  lab.journal.mark('verdict', {
    run: run.key,
    flow: flow.id,
    startAt,
    endAt,
    without,
    verdict: verdict.verdict,
    index: verdict.index,
  });
  return { verdict, finding: { ...explanation, ...(about && { about: spotOf(about) }) } };
}

/** Where a hop is on the diagram. */
const spotOf = ({ from, to, n }: Hop): NonNullable<Finding['about']> => ({
  from,
  to,
  ...(n !== undefined && { n }),
});

/**
 * Playwright's `expect`, with `toFollow(flow)`: the run's hops, as the taps saw them, follow the flow.
 * `without` leaves out hops that touch those components, where they are another task's.
 */
export const expect = base.extend({
  async toFollow(
    received: RunOf,
    flow: Flow,
    { without = [] }: { without?: readonly string[] } = {},
  ) {
    const { verdict, finding } = await judgeRun(received, flow, without);
    const pass = verdict.verdict === 'passed';
    const message = (): string =>
      pass
        ? `${flow.title}: expected another way, the run followed it`
        : `${finding.headline}\nexpected: ${finding.expected}\nobserved: ${finding.observed}`;
    return { pass, name: 'toFollow', message, finding };
  },
});
