import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runNode, type Ended } from './child.ts';
import { parseCounts, parseSkips, type Counts } from './counts.ts';
import type { Missing } from './programs.ts';
import { root } from './root.ts';
import type { Step } from './steps.ts';

const LIMIT_MS = 10 * 60_000;

/** What a step came to. */
export interface StepResult extends Counts {
  step: Step;
  seconds: number;
  /** All that it printed, and why it failed if that does not show. */
  output: string;
  /** What was skipped, by name. */
  skips: string[];
}

/**
 * Runs a step.
 * @param step what to run
 * @param missing programs that are not there: a step that requires one is skipped whole
 * @returns its counts; never rejects, since a step that can't start has failed
 */
export async function runStep(step: Step, missing: readonly Missing[]): Promise<StepResult> {
  const lacking = missing.find(({ name }) => step.requires.includes(name));
  if (lacking) {
    const skips = [`${step.about}: ${lacking.label} is missing`];
    return { step, seconds: 0, passed: 0, failed: 0, skipped: 1, output: '', skips };
  }
  const began = performance.now();
  const absent = step.files.filter((file) => !existsSync(join(root, file)));
  const ended = absent.length > 0 ? nothing(absent) : await start(step);
  const seconds = (performance.now() - began) / 1000;
  return { step, seconds, ...judge(step, ended) };
}

function start(step: Step): Promise<Ended> {
  const { cwd = '.', env = {} } = step;
  return runNode(step.args(), { cwd: join(root, cwd), env, limitMs: LIMIT_MS });
}

function nothing(absent: string[]): Ended {
  const output = `[test] files are missing: got no ${absent.join(', ')}, expected ${absent.length}\n`;
  return { code: 1, output, timedOut: false };
}

/** Turns an end into counts. Whatever does not show that it passed has failed. */
export function judge(
  step: Pick<Step, 'counts'>,
  { code, output, timedOut }: Ended,
): Counts & { output: string; skips: string[] } {
  const skips = parseSkips(output);
  const fail = (why: string, counts?: Counts) => ({
    passed: counts?.passed ?? 0,
    failed: Math.max(1, counts?.failed ?? 0),
    skipped: counts?.skipped ?? 0,
    output: `${output.trimEnd()}\n${why}`.trim(),
    skips,
  });
  const counts = step.counts ? parseCounts(output) : { passed: 1, failed: 0, skipped: 0 };
  if (timedOut) return fail(`[test] stopped after ${LIMIT_MS / 60_000} minutes`, counts);
  if (code !== 0)
    return fail(
      step.counts ? `[test] ended with exit code ${code}` : '',
      counts && step.counts ? counts : undefined,
    );
  if (!counts)
    return fail('[test] ended without counts: expected a line "N passed, N failed, N skipped"');
  if (counts.passed + counts.failed === 0)
    return fail('[test] ran nothing: got 0 tests, expected some', counts);
  if (counts.failed > 0) return fail('', counts);
  return { ...counts, output: output.trim(), skips };
}
