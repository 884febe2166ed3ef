import { readFileSync } from 'node:fs';
import type { Verdict } from '../flow/types.ts';
import type { Graded } from './load.ts';
import { judgeMark, readKept, verdictsIn } from './read-kept.ts';

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
export function rejudge(graded: Graded, text: string): Rejudged[] {
  const kept = readKept(graded, text);
  return verdictsIn(kept.lines).map((mark) => {
    const { flow, now, explanation } = judgeMark(graded, kept, mark);
    return {
      run: mark.run,
      flow: flow.id,
      before: mark.verdict,
      now,
      headline: explanation.headline,
    };
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

const outcomesIn = (text: string): { check: string; outcome: string }[] =>
  text
    .split('\n')
    .filter((line) => line.includes('"what":"result"') && line.endsWith('}'))
    .map((line) => JSON.parse(line) as { check: string; outcome: string });
