import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runNode, type Ended } from './child.ts';
import { parseCounts, parseSkips, type Counts } from './counts.ts';
import type { Missing } from './programs.ts';
import { root } from './root.ts';
import type { Step } from './steps.ts';

/** For a step that hangs: on a busy machine the proofs of six labs take longer than ten minutes. */
const LIMIT_MS = 30 * 60_000;

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
  const output = `[test] files are missing: got no ${absent.join(', ')}, expected them to be there\n`;
  return { code: 1, output, timedOut: false };
}

/**
 * Turns an end into counts. Whatever does not show that it passed has failed: an exit code other
 * than 0, no counts, zero tests.
 */
export function judge(
  step: Pick<Step, 'counts'>,
  { code, output, timedOut }: Ended,
): Counts & { output: string; skips: string[] } {
  const skips = parseSkips(output);
  const oneTest = { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  const counts = step.counts ? parseCounts(output) : oneTest;
  const { passed = 0, failed = 0, skipped = 0 } = counts ?? {};
  const problem = whyFailed(counts, code, timedOut);
  return {
    passed,
    failed: problem === undefined ? failed : Math.max(1, failed),
    skipped,
    output: [output.trim(), problem].filter(Boolean).join('\n'),
    skips,
  };
}

/** What does not show in the counts themselves. */
function whyFailed(
  counts: Counts | undefined,
  code: number | null,
  timedOut: boolean,
): string | undefined {
  if (timedOut) return `[test] stopped: not done after ${LIMIT_MS / 60_000} minutes`;
  if (!counts) return '[test] no counts: expected a last line "N passed, N failed, N skipped"';
  if (counts.passed + counts.failed === 0) return '[test] nothing ran: got 0 tests, expected some';
  if (code !== 0 && counts.failed === 0) return `[test] ended with exit code ${code}, expected 0`;
  return undefined;
}
