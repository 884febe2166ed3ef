import { hopsOf } from '../../../labs/kit/flow/steps.ts';
import { stepTables, type StepRow } from '../../../labs/kit/flow/table.ts';
import type { Architecture } from '../../../labs/kit/flow/types.ts';
import { styleByNumber, type Style } from './words.ts';

/** One step of a way, as the hop player shows it. */
export interface WayStep extends StepRow {
  style: Style;
  /** `Hop 4`; `Hop 6, leg 2 of 3`; `Not numbered`. */
  name: string;
  /** The last of several legs: with it the numbered hop is done. */
  completes: boolean;
  /** Where the next message may go by the flow's machine: all of these are right predictions. */
  may: readonly string[];
  /** Hops of this way that may come before this one. */
  instead: readonly { from: string; to: string }[];
}

/** One way through one flow. */
export interface Way {
  id: string;
  title: string;
  steps: readonly WayStep[];
}

/**
 * Every way through an architecture's flows, with all that a page needs to step through it.
 * @param ids of the flows, all of them if not given
 */
export function waysOf(architecture: Architecture, ids?: readonly string[]): Way[] {
  const styles = styleByNumber(architecture);
  const flows = architecture.flows.filter(({ id }) => !ids || ids.includes(id));
  return flows.flatMap((flow) => {
    const viaMqtt = new Set(
      hopsOf(flow.steps)
        .filter(({ via }) => via === 'mqtt')
        .map(({ id }) => id),
    );
    return stepTables(architecture, flow).map(({ title, branches, expectedFirst, rows }, i) => ({
      id: `${flow.id}-${i + 1}`,
      title: [title, ...branches].join(': '),
      steps: rows.map((row, at): WayStep => {
        const expected = at === 0 ? expectedFirst : rows[at - 1]!.expectedNext;
        // Only what this way comes to: what a choice leaves out can't come instead.
        const possible = rows.filter(({ hop }) => expected.includes(hop));
        const legs = rows.filter(({ n }) => n !== undefined && n === row.n);
        const leg = legs.indexOf(row) + 1;
        return {
          ...row,
          style:
            styles.get(row.n ?? 0) ?? (viaMqtt.has(row.hop) ? 'event-driven' : 'request-response'),
          name: nameOf(row, leg, legs.length),
          completes: legs.length > 1 && leg === legs.length,
          may: [...new Set(possible.map(({ to }) => to))],
          instead: possible.filter((other) => other !== row).map(({ from, to }) => ({ from, to })),
        };
      }),
    }));
  });
}

function nameOf({ n }: StepRow, leg: number, legs: number): string {
  if (n === undefined) return 'Not numbered';
  return legs > 1 ? `Hop ${n}, leg ${leg} of ${legs}` : `Hop ${n}`;
}
