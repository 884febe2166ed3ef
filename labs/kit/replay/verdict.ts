import type { Architecture, SeenHop } from '../flow/types.ts';
import type { Judged } from '../grade/read-kept.ts';
import { missingHop } from './hop.ts';
import type { TraceVerdict } from './trace.ts';

/**
 * What was said of a run, as a page shows it.
 * @param hops all hops of the run: what was judged may be fewer, and the index is told among all
 */
export function traceVerdict(
  architecture: Architecture,
  { now, explanation, hops: judged }: Judged,
  hops: readonly SeenHop[],
): TraceVerdict {
  const { headline, expected, observed } = explanation;
  const { verdict, about, divergence } = now;
  const odd = verdict === 'passed' || !now.observed ? undefined : judged[now.index];
  const index = odd ? hops.indexOf(odd) : hops.length;
  return {
    verdict,
    headline,
    expected,
    observed,
    index,
    ...(divergence === 'missing' && about && { missing: missingHop(architecture, about) }),
  };
}
