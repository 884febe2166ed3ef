/**
 * What a check can end with. Only `fail` is the learner's: `error` is a mistake in the check itself,
 * `inconclusive` a fault that hit nothing or a broker that can't be killed, `infra` a lab that did not
 * start or run.
 */
export const outcomes = ['pass', 'fail', 'error', 'inconclusive', 'infra'] as const;
export type Outcome = (typeof outcomes)[number];

/** Exit codes of `npm run grade`: 0 all passed, else that of the gravest outcome. */
export const exitCodes: Record<Outcome, number> = {
  pass: 0,
  fail: 1,
  error: 2,
  inconclusive: 3,
  infra: 4,
};

/** What a failed check says, in the order in which it is shown. */
export interface Finding {
  headline: string;
  expected: string;
  observed: string;
  divergence?: string | undefined;
  /** The hop that it is about, where the verdict on a flow tells. */
  about?: { from: string; to: string; n?: number };
}

/** What a check measured, as a table: it is shown whether the check passed or not. */
export interface Measurement {
  title: string;
  /** What stands over the values; the first column holds the rows' names and has no head. */
  columns: readonly string[];
  rows: readonly { name: string; values: readonly (string | number)[] }[];
}

export interface CheckResult {
  id: string;
  task: number;
  title: string;
  hops: readonly number[];
  points: number;
  outcome: Outcome;
  ms: number;
  finding?: Finding;
  measured?: readonly Measurement[];
  /** Why it is no verdict on the learner's work, or what broke. */
  reason?: string;
  /** The first hint. */
  hint?: string;
  /** The command that runs this check again with the same random values. */
  again?: string;
}

/** Everything one grading said; written to `results.json`, partial results included. */
export interface GradeResult {
  format: 1;
  lab: string;
  /** What was graded: `src`, `solution`, `starter`, `mutants/NAME` or `alternatives/NAME`. */
  source: string;
  /** When the grading began: ISO 8601, in UTC. */
  startedAt: string;
  /** The checks that were chosen, where not all were: points are of these alone. */
  only?: readonly string[];
  seed: string;
  factor: number;
  broker: string;
  outcome: Outcome;
  points: number;
  of: number;
  journal: string | undefined;
  checks: CheckResult[];
}

/** The gravest of several outcomes; `infra` of none, since zero checks is never a pass. */
export function gravest(results: readonly { outcome: Outcome }[]): Outcome {
  const order: Outcome[] = ['infra', 'error', 'fail', 'inconclusive', 'pass'];
  if (results.length === 0) return 'infra';
  return order.find((outcome) => results.some((r) => r.outcome === outcome)) ?? 'infra';
}
