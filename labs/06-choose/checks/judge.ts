import { styles, type Style } from '../cast.ts';
import { figure, inWords, isTime, type Measure, type OfSituation } from './figures.ts';
import type { Claim } from './record.ts';

/** So near to its limit, a measurement says neither yes nor no. */
const tooClose = 0.15;

export interface Judged {
  verdict: 'true' | 'false' | 'too close';
  /** It is about a time. */
  timed: boolean;
  claimed: string;
  found: string;
}

export const otherThan = (style: Style): Style => styles.find((other) => other !== style)!;

/** Less than a millisecond is nothing that a factor can tell from another. */
const atLeast = (measure: Measure, value: number): number =>
  isTime(measure) ? Math.max(1, value) : value;

const under = (claim: Claim): string =>
  'fault' in claim && claim.fault !== undefined ? `, ${claim.fault}` : '';

/** Whether a claim is true of what was measured. */
export function judgeClaim(claim: Claim, of: OfSituation): Judged {
  const value = (measure: Measure, style: Style): number =>
    figure(of[style], measure, 'fault' in claim ? claim.fault : undefined);
  if ('compare' in claim) {
    const { compare, lower, factor } = claim;
    const [less, more] = [value(compare, lower), value(compare, otherThan(lower))];
    const times = atLeast(compare, more) / atLeast(compare, less);
    const isMore = more > less && times >= factor;
    return {
      verdict: isTime(compare) && isClose(times, factor) ? 'too close' : isMore ? 'true' : 'false',
      timed: isTime(compare),
      claimed: `${compare}${under(claim)}: ${lower} is lower, by a factor of ${factor} or more`,
      found: styles.map((s) => `${s} ${inWords(compare, value(compare, s))}`).join(', '),
    };
  }
  if ('count' in claim) {
    const { count, style, is } = claim;
    return {
      verdict: value(count, style) === is ? 'true' : 'false',
      timed: false,
      claimed: `${count}, ${style}: ${is}`,
      found: inWords(count, value(count, style)),
    };
  }
  const { bound, style, under: limit } = claim;
  const ms = value(bound, style);
  return {
    verdict: isClose(ms, limit) ? 'too close' : ms < limit ? 'true' : 'false',
    timed: true,
    claimed: `${bound}${under(claim)}, ${style}: under ${limit} ms`,
    found: inWords(bound, ms),
  };
}

const isClose = (value: number, limit: number): boolean =>
  Math.abs(value - limit) < limit * tooClose;

/**
 * Which style a claim speaks for, true or not: the one that a compare calls lower, that has the lower
 * count, or that alone keeps a bound. Undefined if it speaks for neither.
 */
export function speaksFor(claim: Claim, of: OfSituation): Style | undefined {
  if ('compare' in claim) return claim.lower;
  const measure = 'count' in claim ? claim.count : claim.bound;
  const fault = 'fault' in claim ? claim.fault : undefined;
  const value = (style: Style): number => figure(of[style], measure, fault);
  const { style } = claim;
  const other = otherThan(style);
  if ('bound' in claim)
    return value(style) < claim.under && value(other) >= claim.under ? style : undefined;
  if (value(style) === value(other)) return undefined;
  return value(style) < value(other) ? style : other;
}
