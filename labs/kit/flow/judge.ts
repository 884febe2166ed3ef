import { begin, type Move, type Place } from './automaton.ts';
import { diagnose } from './diagnose.ts';
import { hopEvent } from './steps.ts';
import type { Flow, Hop, SeenHop, Verdict } from './types.ts';

/** When a journal was taken, on its own clock, and how slow the machine is. */
export interface Observation {
  /** When the stimulus was sent: the deadline counts from here. */
  startAt: number;
  /** When watching ended. */
  endAt: number;
  /** Deadlines, `within` and quiet times are multiplied by it. */
  factor?: number;
}

/**
 * Judge a recorded journal, its hops in the order of their times. Pure: the flow's machine runs in
 * virtual time, so nothing waits and the same journal always gets the same verdict.
 *
 * ```ts
 * const { verdict, divergence } = judge(read, journal, { startAt: 0, endAt: 1_100 });
 * ```
 */
export function judge(
  flow: Flow,
  journal: readonly SeenHop[],
  { startAt, endAt, factor = 1 }: Observation,
): Verdict {
  const seen: string[] = [];
  let timers: { id: string; due: number }[] = [];
  let now = startAt;
  let before: Place;
  let place: Place;

  const make = (move: Move) => {
    before = place;
    place = move.to;
    if (move.took) seen.push(move.took.id);
    timers = timers.filter(({ id }) => !move.stops.includes(id));
    for (const { id, after } of move.starts) timers.push({ id, due: now + after * factor });
    timers.sort((a, b) => a.due - b.due);
  };
  const over = () => place.phase !== 'running' && place.phase !== 'settling';
  const fire = (isDue: (due: number) => boolean) => {
    while (!over() && timers[0] && isDue(timers[0].due)) {
      const { id, due } = timers.shift()!;
      now = due;
      make(place.next(id));
    }
  };

  make(begin(flow));
  let index = 0;
  for (const hop of journal) {
    // A hop at the very deadline is in time.
    fire((due) => due < hop.at);
    if (over()) break;
    now = Math.max(now, hop.at);
    make(place!.next(hopEvent(hop)));
    if (over()) break;
    index += 1;
  }
  fire((due) => due <= endAt);

  place = place!;
  const { phase, limit } = place;
  if (phase === 'passed') return { verdict: phase, index, expected: [], seen };
  const stuck = over() ? before! : place;
  const { expected } = stuck;
  if (phase === 'settling') return { verdict: 'incomplete', index, expected, seen };

  if (phase === 'unexpected') {
    const fault = diagnose(flow, stuck, journal, index);
    return { verdict: phase, index, expected, observed: journal[index]!, ...fault, seen };
  }
  const verdict = phase === 'running' ? 'incomplete' : phase;
  const awaited = limit?.hops ? expected.filter((hop) => limit.hops!.includes(hop.id)) : expected;
  const about = awaited[0]!;
  const crossed = limit && { limit };
  const after = journal.slice(index);
  for (const [i, observed] of after.entries()) {
    const late = awaited.find((hop) => hopEvent(hop) === hopEvent(observed));
    if (!late) continue;
    index += i;
    return {
      verdict,
      index,
      expected,
      observed,
      divergence: 'late',
      about: late,
      ...crossed,
      seen,
    };
  }
  return { verdict, index, expected, divergence: 'missing', about, ...crossed, seen };
}

/** Follows a run as it happens, so that a harness knows when it may stop waiting. */
export interface Follower {
  /** `settling`: every hop came, only the quiet time is left; `unexpected` is for good. */
  push(hop: SeenHop): 'running' | 'settling' | 'unexpected';
  readonly state: 'running' | 'settling' | 'unexpected';
  /** The hops waited for now. */
  readonly expected: readonly Hop[];
}

/** Follow a flow hop by hop, without its clock: deadlines are the harness's own, or `judge`'s. */
export function follower(flow: Flow): Follower {
  let place = begin(flow).to;
  return {
    push(hop) {
      if (place.phase !== 'unexpected') place = place.next(hopEvent(hop)).to;
      return this.state;
    },
    get state() {
      return place.phase as Follower['state'];
    },
    get expected() {
      return place.expected;
    },
  };
}
