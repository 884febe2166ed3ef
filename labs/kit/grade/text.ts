import type { Check } from './check.ts';
import type { CheckResult, Finding, GradeResult, Outcome } from './results.ts';

const signs: Record<Outcome, string> = {
  pass: '✓',
  fail: '✗',
  error: '!',
  inconclusive: '?',
  infra: '!',
};

/** `hop 4`, `hops 4–6`, `hops 4, 7`. */
export function hopsInWords(hops: readonly number[]): string {
  if (hops.length === 0) return '';
  const run = hops.every((n, i) => i === 0 || n === hops[i - 1]! + 1);
  if (hops.length === 1) return `hop ${hops[0]}`;
  return run && hops.length > 2 ? `hops ${hops[0]}–${hops.at(-1)}` : `hops ${hops.join(', ')}`;
}

/** One line for a check: `✓ task 1 fills-the-cache  A first read … (42 ms)`. */
export function checkLine({ outcome, task, id, title, ms }: CheckResult): string {
  const word = outcome === 'pass' || outcome === 'fail' ? '' : ` [${outcome}]`;
  return `${signs[outcome]} task ${task}  ${id.padEnd(31)} ${title}${word} (${ms} ms)`;
}

/**
 * What a learner reads of a check that did not pass, in this order: task and hop, expected, observed,
 * first divergence, the command that shows it again, hint.
 */
export function message(result: CheckResult): string {
  const { task, hops, id, finding, reason, again, hint, outcome } = result;
  const where = hops.length > 0 ? `, ${hopsInWords(hops)}` : '';
  const lines = [`Task ${task}${where}: ${finding?.headline ?? `${id}: ${outcome}`}`];
  if (finding) lines.push(...findingLines(finding));
  if (reason) lines.push(`  reason     ${reason}`);
  if (again) lines.push(`  see again  ${again}`);
  if (hint) lines.push(`  hint       ${hint}`);
  return lines.join('\n');
}

/** A finding under its headline: expected, observed, first divergence. */
export const findingLines = ({ expected, observed, divergence }: Finding): string[] => [
  `  expected   ${expected}`,
  `  observed   ${observed}`,
  ...(divergence ? [`  divergence ${divergence}`] : []),
];

/** What a check measured, in columns, as lines for a terminal. */
export function measuredLines({ measured = [] }: Pick<CheckResult, 'measured'>): string[] {
  return measured.flatMap(({ title, columns, rows }) => {
    const cells = [
      ['', ...columns],
      ...rows.map(({ name, values }) => [name, ...values.map(String)]),
    ];
    const widths = cells[0]!.map((_, i) => Math.max(...cells.map((row) => row[i]?.length ?? 0)));
    const line = (row: string[]): string =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[i]!)))
        .join('  ');
    return [`    ${title}`, ...cells.map((row) => `      ${line(row)}`.trimEnd())];
  });
}

/** `7 of 13 checks pass, 52 of 100 points`, with what is no verdict named. */
export function summary({
  checks,
  points,
  of,
}: Pick<GradeResult, 'checks' | 'points' | 'of'>): string {
  const count = (outcome: Outcome): number => checks.filter((c) => c.outcome === outcome).length;
  const others = (['error', 'inconclusive', 'infra'] as const)
    .filter((outcome) => count(outcome) > 0)
    .map((outcome) => `, ${count(outcome)} ${outcome}`)
    .join('');
  return `${count('pass')} of ${checks.length} checks pass, ${points} of ${of} points${others}`;
}

/** The points of the checks that passed, and of all. */
export function score(results: readonly CheckResult[], checks: readonly Check[]): [number, number] {
  const sum = (list: readonly { points: number }[]): number =>
    list.reduce((total, { points }) => total + points, 0);
  return [sum(results.filter((r) => r.outcome === 'pass')), sum(checks)];
}
