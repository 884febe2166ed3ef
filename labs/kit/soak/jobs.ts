import { join } from 'node:path';
import type { Check } from '../grade/check.ts';
import type { Graded } from '../grade/load.ts';
import { variantNames } from '../prove/content.ts';
import { labFolder } from '../run/paths.ts';
import { solutionSource, variantSource, type Source } from '../run/sources.ts';

/** One variant of a lab to be judged in one round, and what its verdicts have to be. */
export interface Job {
  /** `solution`, `alternatives/upsert`, `mutants/<check>--<mistake>`. */
  variant: string;
  /** From 1. */
  round: number;
  source: Source;
  checks: readonly Check[];
  expected: 'pass' | 'fail';
}

/** How often each variant is judged. */
export interface Times {
  /** The solution and each alternative, by all checks. */
  times: number;
  /** Each mutant, by the check that its folder names. */
  mutantTimes: number;
}

/**
 * All jobs of a lab, round by round: a run that is ended early has seen every variant.
 * @throws if a mutant's folder names no check
 */
export function jobsOf({ lab, checks }: Graded, { times, mutantTimes }: Times): Job[] {
  const folder = (kind: string, name: string): string => join(labFolder(lab.slug), kind, name);
  const right = variantNames(lab.slug, 'alternatives').map((name) => ({
    variant: `alternatives/${name}`,
    source: variantSource(lab, folder('alternatives', name)),
  }));
  const rightJobs = [{ variant: 'solution', source: solutionSource(lab) }, ...right].map((job) => ({
    ...job,
    checks,
    expected: 'pass' as const,
  }));
  const wrongJobs = variantNames(lab.slug, 'mutants').map((name) => ({
    variant: `mutants/${name}`,
    source: variantSource(lab, folder('mutants', name)),
    checks: checks.filter(({ id }) => id === name.split('--')[0]),
    expected: 'fail' as const,
  }));
  for (const { variant } of wrongJobs.filter((job) => job.checks.length === 0))
    throw new Error(
      `[labs/${lab.slug}/${variant}] no such check: got ${variant.split('/')[1]?.split('--')[0]}, expected <check>--<mistake>. Try: npm run check ${lab.slug.slice(0, 2)} -- --no-run`,
    );
  return Array.from({ length: Math.max(times, mutantTimes) }, (_, i) => i + 1).flatMap((round) => [
    ...(round <= times ? rightJobs : []).map((job) => ({ ...job, round })),
    ...(round <= mutantTimes ? wrongJobs : []).map((job) => ({ ...job, round })),
  ]);
}
