import { isFork, isHop } from './steps.ts';
import type { Architecture, Choice, Flow, Hop, Step } from './types.ts';

/** What becomes of a hop: `depends` where one branch of a choice gets to it and another does not. */
export type Fate = 'happens' | 'depends' | 'stops';

/** One flow while a component is down. */
export interface FlowFate {
  flow: Flow;
  /** Every hop in document order, one for each id. */
  hops: readonly { hop: Hop; fate: Fate }[];
  /** Whether some way through the flow still gets to its end. */
  ends: boolean;
}

/** A hop that stops, and the component that holds what it was to carry. */
export interface Held {
  hop: Hop;
  at: string;
}

/** What a flow's data says of a component that is down; fallbacks that are not in it don't count. */
export interface Failure {
  /** The component's id. */
  failed: string;
  flows: readonly FlowFate[];
  /** Messages for the failed component: they wait with whoever sends them. */
  queued: readonly Held[];
  /** Messages that the failed component had taken over and not yet passed on: lost unless it kept them. */
  lost: readonly Held[];
}

/** What happens, stops, waits and is lost in every flow when a component is down. */
export function failureOf(architecture: Architecture, failed: string): Failure {
  if (!architecture.components.some(({ id }) => id === failed)) {
    throw new Error(
      `[${architecture.id}] failed component: got ${failed}, expected one of ` +
        `${architecture.components.map(({ id }) => id).join(', ')}.`,
    );
  }
  const walks = architecture.flows.map((flow) => walk(flow, failed));
  return {
    failed,
    flows: walks.map(({ fate }) => fate),
    queued: walks.flatMap(({ queued }) => queued),
    lost: walks.flatMap(({ lost }) => lost),
  };
}

interface Walk {
  fate: FlowFate;
  queued: Held[];
  lost: Held[];
}

function walk(flow: Flow, failed: string): Walk {
  const fates = new Map<string, { hop: Hop; fate: Fate }>();
  const queued = new Map<string, Held>();
  const lost = new Map<string, Held>();

  /** Goes through steps that are reached or not, and says whether what comes after them is. */
  const follow = (steps: readonly Step[], reached: boolean): boolean =>
    steps.reduce((goesOn, step) => {
      if (isHop(step)) return meet(step, goesOn);
      if (!isFork(step)) return choose(step, goesOn);
      // All branches are tried: one that stops holds up none of the others, only what comes after.
      return Object.values(step.fork)
        .map((branch) => follow(branch, goesOn))
        .every(Boolean);
    }, reached);

  const choose = ({ choice }: Choice, reached: boolean): boolean =>
    Object.values(choice)
      .map((branch) => follow(branch, reached))
      .some(Boolean);

  const meet = (hop: Hop, reached: boolean): boolean => {
    const happens = reached && hop.from !== failed && hop.to !== failed;
    const fate = happens ? 'happens' : 'stops';
    const before = fates.get(hop.id)?.fate;
    fates.set(hop.id, { hop, fate: before === undefined || before === fate ? fate : 'depends' });
    // A message that goes through a broker can wait; a request can't, and a PUBACK carries nothing.
    const carries = hop.via === 'mqtt' && hop.kind !== 'puback';
    if (carries && reached && hop.to === failed) queued.set(hop.id, { hop, at: hop.from });
    if (carries && hop.from === failed) lost.set(hop.id, { hop, at: failed });
    return happens;
  };

  const ends = follow(flow.steps, true);
  return {
    fate: { flow, hops: [...fates.values()], ends },
    queued: [...queued.values()],
    lost: [...lost.values()],
  };
}

/** What becomes of several hops taken together: of a line's, or a number's legs. */
export function fateOf({ flows }: Failure, hops: readonly { flow: string; hop: Hop }[]): Fate {
  const fates = hops.map(
    ({ flow, hop }) =>
      flows.find((each) => each.flow.id === flow)!.hops.find((each) => each.hop.id === hop.id)!
        .fate,
  );
  return fates.every((fate) => fate === fates[0]) ? fates[0]! : 'depends';
}
