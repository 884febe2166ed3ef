import { allHops, isChoice, isFork, isHop } from './steps.ts';
import type { Architecture, Flow, Hop, Limit, Step, Verdict } from './types.ts';
import {
  arrow,
  capital,
  expectedInWords,
  hopInWords,
  inFlow,
  instanceInWords,
  kindInWords,
  milliseconds,
  oneOf,
  seenInWords,
} from './words.ts';

/** A verdict as a learner reads it. */
export interface Explanation {
  headline: string;
  expected: string;
  observed: string;
  /** Where in the journal it was: with parallel branches this differs from run to run. */
  divergence: string;
}

export interface ExplainOptions {
  /** When the stimulus was sent. Without it no measured time is told, as golden files need it. */
  startAt?: number;
  /** What deadlines were multiplied by; told where it matters. */
  factor?: number;
  /** Whether to show what the tap found in the hop, which may be random. */
  detail?: boolean;
}

/** Say what a verdict means: what was expected, what was seen, and where they part. */
export function explain(
  verdict: Verdict,
  flow: Flow,
  architecture: Architecture,
  options: ExplainOptions = {},
): Explanation {
  return {
    headline: headline(verdict, flow, architecture),
    expected: expected(verdict, flow, architecture),
    observed: observed(verdict, flow, architecture, options),
    divergence: divergence(verdict, flow, architecture),
  };
}

function headline(verdict: Verdict, flow: Flow, architecture: Architecture): string {
  const { about, observed: seen, divergence: fault } = verdict;
  if (verdict.verdict === 'passed') return `${flow.title}: complete, in order and in time`;
  if (verdict.verdict === 'incomplete') {
    const what = about ? `: ${name(about)} had not come` : ', before it was sure that no more came';
    return `Watching ended too early${what}`;
  }
  const aboutWords = about && hopInWords(architecture, about);
  const seenWords = seen && hopInWords(architecture, seen);
  switch (fault) {
    case 'missing':
      return `${capital(name(about))} is missing: ${aboutWords}`;
    case 'repeated':
      return `${capital(name(about))} came once too often: ${aboutWords}`;
    case 'late':
      return `${capital(name(about))} came too late: ${aboutWords}`;
    case 'out of order': {
      const first = named(inFlow(flow, seen!), seenWords!);
      return `Out of order: ${first} came before ${named(about, aboutWords!)}`;
    }
    case 'misrouted': {
      const went = `${arrow(architecture, seen!)} instead of ${arrow(architecture, about!)}`;
      const what = about!.n === undefined ? kindInWords(about!.via, about!.kind) : name(about);
      return `${capital(what)} went the wrong way: ${went}`;
    }
    case 'wrong kind': {
      const came = `${kindInWords(seen!.via, seen!.kind)} instead of ${kindInWords(about!.via, about!.kind)}`;
      return `${capital(name(about))} is not as expected: ${arrow(architecture, seen!)}, ${came}`;
    }
    case 'extra':
    case undefined:
      break;
  }
  return `${capital(name(about))} has no place here: ${seenWords}`;
}

const name = (hop: Hop | undefined) => (hop?.n === undefined ? 'a hop' : `hop ${hop.n}`);
const named = (hop: Hop | undefined, words: string) =>
  hop?.n === undefined ? words : `hop ${hop.n} (${words})`;

const COMPLETE = 'nothing more: the flow was complete';

function expected(verdict: Verdict, flow: Flow, architecture: Architecture): string {
  const { about, divergence: fault } = verdict;
  if (fault === 'repeated' && about) return `${expectedInWords(architecture, about)}, only once`;
  // Other branches may run meanwhile; only what could stand in this hop's place helps the learner.
  const instead = about && alternatives(flow.steps, about);
  const narrow = verdict.expected.filter((hop) => instead?.includes(hop.id));
  const hops = narrow.length > 0 ? narrow : verdict.expected;
  return hops.length > 0 ? oneOf(hops.map((h) => expectedInWords(architecture, h))) : COMPLETE;
}

function observed(
  { verdict, observed: seen, divergence: fault, limit }: Verdict,
  flow: Flow,
  architecture: Architecture,
  { startAt, factor = 1, detail = true }: ExplainOptions,
): string {
  if (!seen) {
    if (verdict === 'passed') return 'nothing more';
    return limit
      ? `nothing came ${limitInWords(limit, factor, 'before', 'within')}`
      : 'nothing more until watching ended';
  }
  const instance = instanceInWords(seen);
  const again = fault === 'repeated' ? ', again' : '';
  const notInTime =
    fault === 'late' && limit ? `, ${limitInWords(limit, factor, 'after', 'more than')}` : '';
  const when = startAt === undefined ? '' : `, ${milliseconds(seen.at - startAt)} after the start`;
  const inferred = seen.inferred ? ', inferred' : '';
  const what = seenInWords(architecture, flow, seen);
  // "reply 200" need not be said twice.
  const found = detail && seen.detail && !what.includes(seen.detail) ? ` (${seen.detail})` : '';
  return `${what}${inferred}${instance}${again}${notInTime}${when}${found}`;
}

function limitInWords({ ms, hops }: Limit, factor: number, deadline: string, step: string) {
  const scaled = factor === 1 ? '' : ` (${milliseconds(ms)} × ${Number(factor.toFixed(2))})`;
  const limit = `${milliseconds(ms * factor)}${scaled}`;
  return hops ? `${step} ${limit} after the step before` : `${deadline} the deadline of ${limit}`;
}

function divergence(verdict: Verdict, flow: Flow, architecture: Architecture): string {
  if (verdict.verdict === 'passed') return 'none';
  const last = allHops(flow.steps).find((hop) => hop.id === verdict.seen.at(-1));
  const after = last
    ? `after ${named(last, hopInWords(architecture, last))}`
    : 'at the very beginning';
  const word = verdict.divergence ?? 'not settled';
  if (verdict.observed) return `${word} ${after}, at number ${verdict.index + 1} of the journal`;
  // Where nothing was seen, the beginning is the end.
  return last ? `${word} ${after}, where the journal ends` : `${word} ${after}: nothing was seen`;
}

/** The ids of the hops that could stand in this one's place: its own, and a choice's other firsts. */
function alternatives(steps: readonly Step[], hop: Hop): string[] {
  const ids = new Set([hop.id]);
  const walk = (all: readonly Step[]) => {
    for (const step of all) {
      if (isHop(step)) continue;
      const branches: Step[][] = Object.values(isFork(step) ? step.fork : step.choice);
      const firsts = isChoice(step) ? Object.values(step.choice).map(([first]) => first.id) : [];
      if (firsts.includes(hop.id)) firsts.forEach((id) => ids.add(id));
      branches.forEach(walk);
    }
  };
  walk(steps);
  return [...ids];
}
