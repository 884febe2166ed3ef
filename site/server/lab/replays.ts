import type { Context, Hono } from 'hono';
import type { Graded } from '../../../labs/kit/grade/load.ts';
import type { Trace } from '../../../labs/kit/replay/trace.ts';
import type { TraceRow } from '../../../labs/kit/replay/rows.ts';
import { problem } from '../problem.ts';
import { journalOf, journalsOf } from './kept-journals.ts';

/** A run of a journal, for a list. */
export interface KeptRun extends Pick<Trace, 'run' | 'title' | 'check'> {
  verdict?: string;
}

/** One run, ready to be played: hop by hop, in rows, and drawn on one clock. */
export interface Played {
  trace: Trace;
  rows: readonly TraceRow[];
  /** SVG, in a form for wide windows and in one for phones. */
  sequence: { wide: string; narrow: string };
}

/**
 * The journals that a lab has kept, newest first; a journal's runs, the learner's own last one first;
 * a run. What judges them is loaded with the first request: a start has no use for it.
 */
export function replayRoutes(app: Hono): void {
  app.get('/labs/:slug/replays', (c) => c.json(journalsOf(c.req.param('slug'))));
  app.get('/labs/:slug/replays/:journal', (c) =>
    withTraces(c, (_, traces) => c.json(inOrder(traces).map(briefly))),
  );
  app.get('/labs/:slug/replays/:journal/:run', (c) =>
    withTraces(c, async ({ lab }, traces) => {
      const trace = traces.find(({ run }) => run === c.req.param('run'));
      if (!trace) return problem(c, 404, `got the run ${c.req.param('run')}, expected one of it`);
      const { sequenceSvg } = await import('../../../labs/kit/replay/sequence.ts');
      const { traceRows } = await import('../../../labs/kit/replay/rows.ts');
      const { architecture } = lab;
      const played: Played = {
        trace,
        rows: traceRows(architecture, trace),
        sequence: {
          wide: sequenceSvg(architecture, [trace], { id: 'sequence-wide', column: 98 }),
          narrow: sequenceSvg(architecture, [trace], { id: 'sequence-narrow', narrow: true }),
        },
      };
      return c.json(played);
    }),
  );
}

async function withTraces(
  c: Context,
  answer: (graded: Graded, traces: Trace[]) => Response | Promise<Response>,
): Promise<Response> {
  const slug = c.req.param('slug')!;
  const kept = journalOf(slug, c.req.param('journal')!, `grade ${slug.slice(0, 2)}`);
  if ('why' in kept) return problem(c, kept.status, kept.why);
  const { loadLab } = await import('../../../labs/kit/grade/load.ts');
  const { tracesOf } = await import('../../../labs/kit/replay/traces.ts');
  const graded = await loadLab(slug);
  let traces: Trace[];
  try {
    // The lab may still be running: then it has been watched up to now.
    const until = Date.now() - Date.parse(kept.startedAt);
    traces = tracesOf(graded, kept.text, { until }).traces;
  } catch (error) {
    return problem(c, 409, (error as Error).message);
  }
  return answer(graded, traces);
}

/** The learner's own runs before those of checks, each the newest first; warm-ups not at all. */
function inOrder(traces: readonly Trace[]): Trace[] {
  const shown = traces.filter((trace) => !trace.warmUp).toReversed();
  const isOwn = ({ check }: Trace): boolean => check === undefined;
  return [...shown.filter(isOwn), ...shown.filter((trace) => !isOwn(trace))];
}

const briefly = ({ run, title, check, verdict }: Trace): KeptRun => ({
  run,
  title,
  ...(check !== undefined && { check }),
  ...(verdict && { verdict: verdict.verdict }),
});
