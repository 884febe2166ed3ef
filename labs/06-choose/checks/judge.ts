import { styles, type Style } from '../cast.ts';
import { figure, inWords, isTime, type Measure, type OfSituation } from './figures.ts';
import { aboutOf, leastFactor, type Claim, type Comparison } from './record.ts';

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

/** By which factor the style that a compare calls lower is lower; below 1 if it is higher. */
function factorOf({ compare, lower, fault }: Comparison, of: OfSituation): number {
  const value = (style: Style): number => atLeast(compare, figure(of[style], compare, fault));
  return value(otherThan(lower)) / value(lower);
}

/** Whether a claim is true of what was measured. */
export function judgeClaim(claim: Claim, of: OfSituation): Judged {
  const value = (measure: Measure, style: Style): number =>
    figure(of[style], measure, 'fault' in claim ? claim.fault : undefined);
  if ('compare' in claim) {
    const { compare, lower, factor } = claim;
    const [less, more] = [value(compare, lower), value(compare, otherThan(lower))];
    const times = factorOf(claim, of);
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

/** What to claim in place of a time that is too close to call: something further from its limit. */
export function insteadOf(claim: Claim, of: OfSituation): string {
  if (!('compare' in claim)) return 'Claim a higher limit';
  return factorOf(claim, of) > leastFactor * (1 + tooClose)
    ? 'Claim a smaller factor'
    : `Compare another measure: a factor is ${leastFactor} or more`;
}

const isClose = (value: number, limit: number): boolean =>
  Math.abs(value - limit) < limit * tooClose;

/**
 * Which style a claim speaks for, true or not: the one that a compare calls lower, that has the lower
 * count, or that alone keeps a bound. Undefined if it speaks for neither.
 */
export function speaksFor(claim: Claim, of: OfSituation): Style | undefined {
  if ('compare' in claim) return claim.lower;
  const measure = aboutOf(claim);
  const fault = 'fault' in claim ? claim.fault : undefined;
  const value = (style: Style): number => figure(of[style], measure, fault);
  const { style } = claim;
  const other = otherThan(style);
  if ('bound' in claim)
    return value(style) < claim.under && value(other) >= claim.under ? style : undefined;
  if (value(style) === value(other)) return undefined;
  return value(style) < value(other) ? style : other;
}
