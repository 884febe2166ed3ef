import type { Flow } from '../flow/types.ts';
import { hopEvent, allHops } from '../flow/steps.ts';
import type { Graded } from '../grade/load.ts';
import {
  hopsIn,
  judgeHops,
  judgeMark,
  readKept,
  verdictsIn,
  type Kept,
} from '../grade/read-kept.ts';
import type { Header, HopLine, Line, MarkLine, NoteLine } from '../wire/journal.ts';
import { traceHop, traceNote } from './hop.ts';
import { starts, stops, type Trace } from './trace.ts';
import { traceVerdict } from './verdict.ts';

interface RunMark extends MarkLine {
  run: string;
  action: string;
  id: string;
}

/**
 * The runs that a kept journal holds, in order. A run that was judged gets that verdict, judged again.
 * The user's own that was not (the bus was down, or somebody used curl) is judged by its action's flow
 * as of `until`, on the journal's clock: the last line's time if not given. A check's run without a
 * verdict stays without: the check looked for something else.
 * @throws if the text is no journal of this lab, or of other flows than today's
 */
export function tracesOf(
  graded: Graded,
  journalText: string,
  { until }: { until?: number } = {},
): { header: Header; traces: Trace[] } {
  const kept = readKept(graded, journalText);
  const { header, lines } = kept;
  const endAt = until ?? lines.at(-1)?.at ?? 0;
  const warmUps = graded.lab.warmUp.map(({ action, params }) => `${action} ${params.id}`);
  const traces: Trace[] = [];
  /** Components that have stopped and not come back. */
  const stopped = new Set<string>();
  let check: string | undefined;
  for (const [index, line] of lines.entries()) {
    if (line.type === 'note' && stops.has(line.what)) stopped.add(line.component);
    if (line.type === 'note' && starts.has(line.what)) stopped.delete(line.component);
    if (line.type !== 'mark') continue;
    if (line.what === 'check') check = String(line['check']);
    if (line.what === 'result') check = undefined;
    if (line.what !== 'run') continue;
    const mark = line as RunMark;
    const warmUp = !check && warmUps[traces.length] === `${mark.action} ${mark.id}`;
    traces.push(trace(graded, kept, { mark, index, endAt, check, warmUp, down: [...stopped] }));
  }
  return { header, traces };
}

interface Begun {
  mark: RunMark;
  index: number;
  endAt: number;
  check: string | undefined;
  warmUp: boolean;
  down: string[];
}

function trace(graded: Graded, kept: Kept, begun: Begun): Trace {
  const { mark, index, endAt, check, warmUp, down } = begun;
  const { architecture } = graded.lab;
  const { run } = mark;
  const own = kept.runs.get(run) ?? [];
  const hops = hopsIn(own);
  const action = graded.lab.actions.find((a) => a.id === mark.action);
  const verdicts = verdictsIn(own);
  const judged = verdicts.map((v) => judgeMark(graded, kept, v));
  const flow =
    graded.flows.find((f) => f.id === action?.flow) ?? judged[0]?.flow ?? startsWith(graded, hops);
  const startAt = verdicts[0]?.startAt ?? mark.at;
  const isOwn = !check && !warmUp;
  if (judged.length === 0 && isOwn && flow)
    judged.push(
      judgeHops(architecture, flow, hops, { startAt, endAt, factor: kept.header.factor }),
    );
  // Of several the first that tells something is the one to show.
  const said = judged.find(({ now }) => now.verdict !== 'passed') ?? judged[0];
  return {
    run,
    title: action?.title ?? flow?.title ?? mark.action,
    flow: flow?.id ?? '',
    ...(check !== undefined && { check }),
    ...(warmUp && { warmUp }),
    startAt,
    hops: hops.map((hop) => traceHop(architecture, flow, hop, startAt)),
    notes: notesAfter(kept.lines, index).map((note) => traceNote(note, startAt)),
    ...(down.length > 0 && { down }),
    ...(said && { verdict: traceVerdict(architecture, said, hops) }),
  };
}

/** The flow that begins as these hops do: of what somebody else than a user began. */
const startsWith = ({ flows }: Graded, [first]: readonly HopLine[]): Flow | undefined =>
  first && flows.find(({ steps }) => hopEvent(allHops(steps)[0]!) === hopEvent(first));

/** The notes until the next run or check begins, or this one's check ends. */
function notesAfter(lines: readonly Line[], index: number): NoteLine[] {
  const isEnd = (line: Line): boolean => line.type === 'mark' && line.what !== 'verdict';
  const notes: NoteLine[] = [];
  for (let i = index + 1; i < lines.length && !isEnd(lines[i]!); i += 1) {
    const line = lines[i]!;
    if (line.type === 'note') notes.push(line);
  }
  return notes;
}
