/**
 * What a flow allows, by derivatives of its steps: after a hop, what is left of the flow. Written
 * without XState and without the judge's code, so that the two can be held against each other.
 */
import type { Choice, Flow, Hop, SeenHop, Step } from '../types.ts';

/** What is left of a sequence, and since when its first step is waited for. */
interface Rest {
  head: Hop | Choice | { parallel: (Rest | undefined)[] };
  since: number;
  tail: readonly Step[];
}

/** Where a journal stands: what is left of the flow (nothing at the end), and what may come again. */
export interface State {
  rest?: Rest | undefined;
  repeatable: readonly string[];
}

/** What a journal deserves. */
export interface Ruling {
  verdict: 'passed' | 'late' | 'unexpected' | 'incomplete';
  /** Of the first hop that no legal journal has here, or that is late; else where the limit fell. */
  index: number;
  /** Ids of the hops waited for at that point. */
  expected: string[];
}

export const letter = (hop: Hop | SeenHop): string =>
  [hop.via, hop.kind, hop.from, hop.to].join(' ');

export const start = (flow: Flow, at = 0): State => ({
  rest: enter(flow.steps, at),
  repeatable: [],
});

function enter([first, ...tail]: readonly Step[], since: number): Rest | undefined {
  if (!first) return undefined;
  if (!('fork' in first)) return { head: first, since, tail };
  const parallel = Object.values(first.fork).map((branch) => enter(branch, since));
  return { head: { parallel }, since, tail };
}

/** The hops waited for, each with the time until which it may come, and the step it belongs to. */
export function awaited({ rest }: Pick<State, 'rest'>): { hop: Hop; due: number; step: Rest }[] {
  if (!rest) return [];
  const { head, since } = rest;
  if ('parallel' in head) return head.parallel.flatMap((branch) => awaited({ rest: branch }));
  const hops = 'choice' in head ? Object.values(head.choice).map(([first]) => first) : [head];
  return hops.map((hop) => ({ hop, due: since + (hop.within ?? Infinity), step: rest }));
}

function derive(rest: Rest | undefined, hop: SeenHop): (Rest | undefined)[] {
  if (!rest) return [];
  const { head, tail } = rest;
  if ('parallel' in head) {
    return head.parallel.flatMap((branch, i) =>
      derive(branch, hop).map((left) => {
        const parallel = head.parallel.with(i, left);
        return parallel.some(Boolean) ? { ...rest, head: { parallel } } : enter(tail, hop.at);
      }),
    );
  }
  const branches: Step[][] = 'choice' in head ? Object.values(head.choice) : [[head]];
  return branches
    .filter(([first]) => letter(first as Hop) === letter(hop))
    .map(([, ...others]) => enter([...others, ...tail], hop.at));
}

/** Every state after a hop: none if it is illegal, several only if the flow is ambiguous. */
export function advance(state: State, hop: SeenHop): State[] {
  const { rest, repeatable } = state;
  const again = repeatable.includes(letter(hop)) ? [state] : [];
  const taken = awaited(state).find((a) => letter(a.hop) === letter(hop))?.hop;
  const then = taken?.repeats ? [...repeatable, letter(hop)] : repeatable;
  return [...again, ...derive(rest, hop).map((left) => ({ rest: left, repeatable: then }))];
}

/** The states after some hops, their times aside. */
export const after = (states: readonly State[], hops: readonly SeenHop[]): State[] =>
  hops.reduce<State[]>(
    (all, hop) => all.flatMap((state) => advance(state, { ...hop, at: 0 })),
    [...states],
  );

/** Whether the hops complete the flow from one of the states, their times aside. */
export const completes = (states: readonly State[], hops: readonly SeenHop[]): boolean =>
  after(states, hops).some(({ rest }) => !rest);

/** Rule on a journal. An ambiguous flow is an error: it is not fit to be judged. */
export function rule(
  flow: Flow,
  journal: readonly SeenHop[],
  { startAt, endAt }: { startAt: number; endAt: number },
): Ruling {
  let state = start(flow, startAt);
  let last = startAt;
  const due = () =>
    state.rest
      ? Math.min(startAt + flow.deadline, ...awaited(state).map((a) => a.due))
      : last + flow.quiet;
  const ruling = (verdict: Ruling['verdict'], index: number): Ruling => ({
    verdict,
    index,
    expected: awaited(state).map(({ hop }) => hop.id),
  });
  const tooLate = (index: number): Ruling => {
    // Of several steps overdue at once the eldest counts; if the whole flow is, any of its hops.
    const [overdue] = awaited(state)
      .filter((a) => a.due === due())
      .toSorted((a, b) => a.step.since - b.step.since);
    const hops = awaited(state).filter(({ step }) => !overdue || step === overdue.step);
    const letters = new Set(hops.map(({ hop }) => letter(hop)));
    const at = journal.findIndex((hop, i) => i >= index && letters.has(letter(hop)));
    return ruling('late', at < 0 ? index : at);
  };

  for (const [index, hop] of journal.entries()) {
    if (hop.at > due()) return state.rest ? tooLate(index) : ruling('passed', index);
    const [next, ...others] = advance(state, hop);
    if (others.length > 0) throw new Error(`[${flow.id}] ambiguous at ${letter(hop)}`);
    if (!next) return ruling('unexpected', index);
    state = next;
    last = hop.at;
  }
  const { length } = journal;
  if (endAt < due()) return ruling('incomplete', length);
  return state.rest ? tooLate(length) : ruling('passed', length);
}
