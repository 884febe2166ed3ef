import { explain, type Explanation } from '../flow/explain.ts';
import { judge, type Observation } from '../flow/judge.ts';
import type { Architecture, Flow, SeenHop, Verdict } from '../flow/types.ts';
import { flowHash } from '../run/flow-hash.ts';
import type { Header, HopLine, Line, MarkLine } from '../wire/journal.ts';
import type { Graded } from './load.ts';
import { judged } from './settle.ts';

/** A kept journal, read. */
export interface Kept {
  header: Header;
  lines: readonly Line[];
  /** Each run's own hops and verdicts, in order: an hour's journal holds hundreds of runs. */
  runs: ReadonlyMap<string, readonly Line[]>;
}

/** A verdict as the journal keeps it: all that one needs to judge again. */
export interface VerdictMark extends MarkLine {
  run: string;
  flow: string;
  startAt: number;
  endAt: number;
  without: readonly string[];
  verdict: string;
}

/** What judging gives, with the hops that were judged. */
export interface Judged {
  flow: Flow;
  hops: readonly SeenHop[];
  now: Verdict;
  explanation: Explanation;
}

/**
 * Reads a kept journal. Half a line at the end, as a crash leaves it, is left out.
 * @throws if the text is no journal of this lab, or of other flows than today's
 */
export function readKept({ lab }: Graded, text: string): Kept {
  const [first, ...rest] = text.trimEnd().split('\n');
  const header = parse(first ?? '') as Header;
  if (header.type !== 'header' || header.format !== 1 || header.lab !== lab.slug)
    throw new Error(
      `[journal] not a journal of this lab: got ${header.lab ?? header.type}, expected ${lab.slug}, format 1`,
    );
  const hash = flowHash(lab);
  if (header.flow !== hash)
    throw new Error(
      `[journal] recorded under other flows: got ${header.flow}, expected ${hash}. Try: npm run grade ${lab.slug.slice(0, 2)}`,
    );
  // A crash may leave half a line at the end.
  if (objectIn(rest.at(-1) ?? '') === undefined) rest.pop();
  const lines = rest.map((line) => parse(line) as Line);
  return { header, lines, runs: byRun(lines) };
}

function byRun(lines: readonly Line[]): Map<string, Line[]> {
  const runs = new Map<string, Line[]>();
  for (const line of lines) {
    const run = line.type === 'hop' || isVerdict(line) ? line.run : undefined;
    if (run === undefined) continue;
    const own = runs.get(run);
    if (own) own.push(line);
    else runs.set(run, [line]);
  }
  return runs;
}

const isVerdict = (line: Line): line is VerdictMark =>
  line.type === 'mark' && line.what === 'verdict';

/** The verdicts among a journal's lines, or a run's, in order. */
export const verdictsIn = (lines: readonly Line[]): VerdictMark[] => lines.filter(isVerdict);

/** Judges again what a verdict was said of: the run's hops up to there. */
export function judgeMark({ lab, flows }: Graded, kept: Kept, mark: VerdictMark): Judged {
  const flow = flows.find((f) => f.id === mark.flow);
  if (!flow) throw new Error(`[journal] unknown flow: got ${mark.flow}`);
  const own = kept.runs.get(mark.run) ?? [];
  const hops = judged({ hops: hopsIn(own.slice(0, own.indexOf(mark))) }, mark.without);
  return judgeHops(lab.architecture, flow, hops, { ...mark, factor: kept.header.factor });
}

/** Judges hops by a flow; the factor is that of the machine that recorded them. */
export function judgeHops(
  architecture: Architecture,
  flow: Flow,
  hops: readonly SeenHop[],
  { startAt, endAt, factor }: Required<Observation>,
): Judged {
  const now = judge(flow, hops, { startAt, endAt, factor });
  const explanation = explain(now, flow, architecture, { startAt, factor });
  return { flow, hops, now, explanation };
}

/** The hops among a run's lines, in order. */
export const hopsIn = (lines: readonly Line[]): HopLine[] =>
  lines.filter((l): l is HopLine => l.type === 'hop');

function parse(line: string): object {
  const found = objectIn(line);
  if (!found)
    throw new Error(`[journal] not a journal: got ${line.slice(0, 60)}, expected lines of JSON`);
  return found;
}

function objectIn(line: string): object | undefined {
  try {
    const value = JSON.parse(line) as unknown;
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
