import { readFileSync } from 'node:fs';
import { explain } from '../flow/explain.ts';
import { judge } from '../flow/judge.ts';
import type { Verdict } from '../flow/types.ts';
import type { Header, HopLine, Line, MarkLine } from '../wire/journal.ts';
import { flowHash } from '../run/flow-hash.ts';
import type { Graded } from './load.ts';
import { judged } from './settle.ts';

/** A verdict in a kept journal, and what judging it again says. */
export interface Rejudged {
  run: string;
  flow: string;
  before: string;
  now: Verdict;
  headline: string;
}

/**
 * Judges a kept journal again: the same hops, the same times, the same factor, so the same verdicts.
 * @throws if the file is no journal of this lab, or of other flows than today's
 */
export function rejudge({ lab, flows }: Graded, text: string): Rejudged[] {
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
  const verdicts = lines.filter((l): l is MarkLine => l.type === 'mark' && l.what === 'verdict');
  return verdicts.map((mark) => {
    const { run, flow: id, startAt, endAt, without, verdict } = mark as unknown as Recorded;
    const flow = flows.find((f) => f.id === id);
    if (!flow) throw new Error(`[journal] unknown flow: got ${id}`);
    const until = lines.indexOf(mark);
    const hops = lines
      .slice(0, until)
      .filter((l): l is HopLine => l.type === 'hop' && l.run === run);
    const now = judge(flow, judged({ hops }, without), { startAt, endAt, factor: header.factor });
    const { headline } = explain(now, flow, lab.architecture, { startAt, factor: header.factor });
    return { run, flow: id, before: verdict, now, headline };
  });
}

/**
 * Prints what a kept journal says: each verdict on a flow, judged again, and the recorded outcomes of
 * the checks. Exit code 0 if every verdict is as it was, else 2.
 */
export function judgeKept(graded: Graded, file: string): number {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new Error(
      `[journal] can't be read: got ${file}, expected a file. Try: ls .runs/${graded.lab.slug}`,
    );
  }
  const all = rejudge(graded, text);
  for (const { run, flow, before, now, headline } of all)
    console.log(
      `${now.verdict === before ? '=' : '≠'} ${run} ${flow}: ${now.verdict}. ${headline}`,
    );
  console.log(`${all.length} verdicts judged again. Recorded outcomes of the checks:`);
  for (const { check, outcome } of outcomesIn(text)) console.log(`  ${check}: ${outcome}`);
  return all.length > 0 && all.every(({ before, now }) => now.verdict === before) ? 0 : 2;
}

interface Recorded {
  run: string;
  flow: string;
  startAt: number;
  endAt: number;
  without: readonly string[];
  verdict: string;
}

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

const outcomesIn = (text: string): { check: string; outcome: string }[] =>
  text
    .split('\n')
    .filter((line) => line.includes('"what":"result"') && line.endsWith('}'))
    .map((line) => parse(line) as { check: string; outcome: string });
