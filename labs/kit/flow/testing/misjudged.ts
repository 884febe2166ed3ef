import type { judge } from '../judge.ts';
import type { Divergence, Flow, SeenHop, Verdict } from '../types.ts';
import { hopsOf } from '../steps.ts';
import type { Legal } from './journals.ts';
import { mutantsOf } from './journals.ts';
import { after, completes, letter, rule, start } from './oracle.ts';

/** What the judge was tried on. */
export interface Counts {
  journals: number;
  mutants: number;
  killed: number;
  legal: number;
  /** Mutants for which one change at the place of the divergence restores a legal journal. */
  explained: number;
}

export const noCounts = (): Counts => ({
  journals: 0,
  mutants: 0,
  killed: 0,
  legal: 0,
  explained: 0,
});

/**
 * Judge a legal journal and all its single-fault mutants, and say where the judge differs from the
 * oracle: in the verdict, the first hop that does not fit, the hops expected there, or the fault.
 */
export function misjudged(
  judgeIt: typeof judge,
  flow: Flow,
  legal: Legal,
  counts: Counts,
): string[] {
  const problems: string[] = [];
  const compare = (what: string, journal: SeenHop[], endAt: number): Verdict => {
    const when = { startAt: legal.startAt, endAt };
    const wanted = rule(flow, journal, when);
    const got = judgeIt(flow, journal, when);
    const text = (r: { verdict: string; index: number }, ids: readonly string[]) =>
      `${r.verdict} at ${r.index}, expecting ${ids.toSorted().join(', ')}`;
    const gotText = text(
      got,
      got.expected.map((hop) => hop.id),
    );
    const wantedText = text(wanted, wanted.expected);
    if (gotText !== wantedText) problems.push(`${what}: got ${gotText}, expected ${wantedText}`);
    return got;
  };

  counts.journals += 1;
  compare('legal', legal.journal, legal.endAt);
  for (const [i, hop] of legal.journal.entries()) {
    compare(`the first ${i}`, legal.journal.slice(0, i), hop.at);
  }
  for (const { fault, journal } of mutantsOf(flow, legal)) {
    const verdict = compare(fault, journal, legal.endAt);
    counts.mutants += 1;
    if (verdict.verdict === 'passed') {
      counts.legal += 1;
      continue;
    }
    counts.killed += 1;
    const faults = verdict.verdict === 'unexpected' ? repairs(flow, journal, verdict.index) : [];
    if (faults.length > 0) counts.explained += 1;
    if (verdict.verdict === 'late' && fault === 'late') faults.push('late');
    if (verdict.verdict === 'late' && fault === 'missing') faults.push('missing');
    if (faults.length > 0 && !faults.includes(verdict.divergence!)) {
      problems.push(`${fault}: got ${verdict.divergence}, expected ${faults.join(' or ')}`);
    }
  }
  return problems;
}

/** The faults that a single change at `index` undoes: found by trying every one. */
function repairs(flow: Flow, journal: readonly SeenHop[], index: number): Divergence[] {
  const odd = journal[index]!;
  const later = journal.slice(index + 1);
  const before = after([start(flow)], journal.slice(0, index));
  const found = new Set<Divergence>();
  const attempt = (fault: Divergence, hops: readonly SeenHop[]) => {
    if (!found.has(fault) && completes(before, hops)) found.add(fault);
  };
  const again = journal.slice(0, index).some((hop) => letter(hop) === letter(odd));
  attempt(again ? 'repeated' : 'extra', later);
  later.forEach((hop, i) => {
    attempt('out of order', later.toSpliced(i + 1, 0, odd));
    attempt('out of order', [hop, odd, ...later.toSpliced(i, 1)]);
  });
  for (const hop of hopsOf(flow.steps).map((h) => ({ ...h, at: 0 }))) {
    attempt('missing', [hop, odd, ...later]);
    const ends = Number(hop.from === odd.from) + Number(hop.to === odd.to);
    if (hop.kind === odd.kind && ends === 1) attempt('misrouted', [hop, ...later]);
    if (hop.kind !== odd.kind && ends === 2) attempt('wrong kind', [hop, ...later]);
  }
  return [...found];
}
