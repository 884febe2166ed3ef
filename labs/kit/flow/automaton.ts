import { initialTransition, transition } from 'xstate';
import { flowMachine, type FlowMachine } from './machine.ts';
import { hopEvent, hopsOf } from './steps.ts';
import type { Flow, Hop, Limit } from './types.ts';

type Phase = 'running' | 'settling' | 'passed' | 'late' | 'unexpected';

/** Where a flow's machine stands, and where each event leads from there. */
export interface Place {
  phase: Phase;
  /** The hops waited for, in document order. */
  expected: readonly Hop[];
  limit: Limit | undefined;
  /** The move that this event makes; asked of XState once, then remembered. */
  next(event: string): Move;
}

/** A move to a place, with the timers that it stops and starts. */
export interface Move {
  to: Place;
  /** The event was a hop waited for; `undefined` for an allowed repeat, a timer, a stray hop. */
  took: Hop | undefined;
  stops: readonly string[];
  /** `after` is in the flow's own milliseconds; `id` is also the event to send. */
  starts: readonly { id: string; after: number }[];
}

type Transition = ReturnType<typeof transition<FlowMachine>>;
type Snapshot = Transition[0];

const starts = new WeakMap<Flow, Move>();

/**
 * The first place of a flow, with its deadline's timer.
 *
 * XState's transitions are pure, so each is computed once and kept: the same journal judged again
 * costs a map look-up a hop.
 */
export function begin(flow: Flow): Move {
  const known = starts.get(flow);
  if (known) return known;
  const machine = flowMachine(flow);
  const hops = hopsOf(flow.steps);
  const places = new Map<string, Place>();

  const placeOf = (snapshot: Snapshot): Place => {
    const key = JSON.stringify([snapshot.value, snapshot.context]);
    let place = places.get(key);
    if (!place) places.set(key, (place = makePlace(snapshot)));
    return place;
  };

  const moveOf = ([snapshot, actions]: Transition, took?: Hop): Move => {
    const stops: string[] = [];
    const started: { id: string; after: number }[] = [];
    // XState's types leave `xstate.cancel` out.
    for (const { type, params } of actions as readonly { type: string; params: unknown }[]) {
      if (type === 'xstate.cancel') stops.push(params as string);
      if (type !== 'xstate.raise') continue;
      const { id, delay } = params as { id: string; delay?: number };
      if (delay !== undefined) started.push({ id, after: delay });
    }
    return { to: placeOf(snapshot), took, stops, starts: started };
  };

  const makePlace = (snapshot: Snapshot): Place => {
    const moves = new Map<string, Move>();
    const expected = hops.filter((hop) => snapshot.hasTag(hop.id));
    const place: Place = {
      phase: (typeof snapshot.value === 'string'
        ? snapshot.value
        : Object.keys(snapshot.value)[0]) as Phase,
      expected,
      limit: snapshot.context.limit,
      next(event) {
        let move = moves.get(event);
        if (!move) {
          const took = expected.find((hop) => hopEvent(hop) === event);
          const type = event as `hop.${string}`;
          move = moveOf(transition(machine, snapshot, { type }), took);
          moves.set(event, move);
        }
        return move;
      },
    };
    return place;
  };

  const first = moveOf(initialTransition(machine));
  starts.set(flow, first);
  return first;
}
