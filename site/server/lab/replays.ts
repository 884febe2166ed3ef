import type { Context, Hono } from 'hono';
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Graded } from '../../../labs/kit/grade/load.ts';
import type { Trace } from '../../../labs/kit/replay/trace.ts';
import type { TraceRow } from '../../../labs/kit/replay/rows.ts';
import type { Header } from '../../../labs/kit/wire/journal.ts';
import { runsFolder } from '../../../labs/kit/run/paths.ts';
import { problem } from '../problem.ts';

/** A kept journal, for a list. */
export interface KeptJournal {
  name: string;
  startedAt: string;
  broker: string;
}

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

const folderOf = (slug: string): string => join(runsFolder, slug);

function journalsOf(slug: string): KeptJournal[] {
  const folder = folderOf(slug);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ndjson'))
    .toSorted()
    .toReversed()
    .flatMap((name) => {
      const header = headerOf(join(folder, name));
      return header ? [{ name, startedAt: header.startedAt, broker: header.broker }] : [];
    });
}

/** What can be judged while others wait, in bytes; about a hundred gradings. */
const longestJournal = 8_000_000;

/** A journal may be long, and its header is not: only so much is read, in bytes. */
const longestHeader = 65_536;

function beginningOf(file: string): string {
  const fd = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(longestHeader);
    return bytes.toString('utf8', 0, readSync(fd, bytes, 0, longestHeader, 0));
  } finally {
    closeSync(fd);
  }
}

function headerOf(file: string): Header | undefined {
  try {
    const [line = ''] = beginningOf(file).split('\n', 1);
    const header = JSON.parse(line) as Header;
    return header.type === 'header' ? header : undefined;
  } catch {
    return undefined;
  }
}

async function withTraces(
  c: Context,
  answer: (graded: Graded, traces: Trace[]) => Response | Promise<Response>,
): Promise<Response> {
  const slug = c.req.param('slug')!;
  const name = c.req.param('journal')!;
  // Only what the list names: a name is never a path.
  if (!journalsOf(slug).some((journal) => journal.name === name))
    return problem(c, 404, `got the journal ${name}, expected one that is kept`);
  const file = join(folderOf(slug), name);
  const { size } = statSync(file);
  if (size > longestJournal)
    return problem(
      c,
      409,
      `got a journal of ${Math.round(size / 1e6)} MB, expected at most ${longestJournal / 1e6}. Try: npm run grade ${slug.slice(0, 2)} -- --journal ${file}`,
    );
  const { loadLab } = await import('../../../labs/kit/grade/load.ts');
  const { tracesOf } = await import('../../../labs/kit/replay/traces.ts');
  const graded = await loadLab(slug);
  let traces: Trace[];
  try {
    // The lab may still be running: then it has been watched up to now.
    const until = Date.now() - Date.parse(headerOf(file)!.startedAt);
    traces = tracesOf(graded, readFileSync(file, 'utf8'), { until }).traces;
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
