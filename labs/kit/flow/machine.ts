import { assign, setup } from 'xstate';
import { hopEvent, hopsOf, isFork, isHop } from './steps.ts';
import type { Choice, Flow, Hop, Limit, Step } from './types.ts';

export interface FlowEvent {
  type: `hop.${string}`;
}

interface FlowContext {
  /** Hops that were seen and may be seen again, sorted. */
  repeatable: readonly string[];
  limit?: Limit;
}

/** As much of XState's state configuration as a flow needs. */
interface State {
  id?: string;
  type?: 'final' | 'parallel';
  initial?: string;
  tags?: string[];
  on?: Record<string, object | string | (object | string)[]>;
  after?: Record<number, object | string>;
  onDone?: string;
  states?: Record<string, State>;
}

const base = setup({
  types: { context: {} as FlowContext, events: {} as FlowEvent },
  guards: {
    wasSeen: ({ context, event }) => context.repeatable.includes(event.type),
  },
  actions: {
    mayRepeat: assign({
      repeatable: ({ context, event }) =>
        [...new Set([...context.repeatable, event.type])].toSorted(),
    }),
    crossed: assign({ limit: (_, params: Limit) => params }),
  },
});

/** A flow's machine: `running` → `settling` → `passed`, or `late`, or `unexpected`. */
export type FlowMachine = ReturnType<typeof base.createMachine>;

const machines = new WeakMap<Flow>();

/** The XState machine of a flow, made once. Tags are the ids of the hops that it waits for. */
export function flowMachine(flow: Flow): FlowMachine {
  const known = machines.get(flow);
  if (known) return known;

  // `hop.*`, since a plain `*` would swallow XState's own `xstate.done.state.*`.
  const notExpected = { 'hop.*': '#unexpected' };
  const repeated = (then: object) =>
    Object.fromEntries(
      hopsOf(flow.steps)
        .filter((hop) => hop.repeats)
        .map((hop) => [hopEvent(hop), { guard: 'wasSeen', ...then }]),
    );

  const states: Record<string, State> = {
    running: {
      ...sequence(flow.steps),
      onDone: 'settling',
      on: { ...repeated({}), ...notExpected },
      after: { [flow.deadline]: late({ ms: flow.deadline }) },
    },
    // A repeat starts the quiet time again: what follows a redelivery must be seen too.
    settling: {
      on: { ...repeated({ target: 'settling', reenter: true }), ...notExpected },
      after: { [flow.quiet]: 'passed' },
    },
    passed: { type: 'final' },
    late: { type: 'final', id: 'late' },
    unexpected: { type: 'final', id: 'unexpected' },
  };
  const machine = base.createMachine({
    id: flow.id,
    context: { repeatable: [] },
    initial: 'running',
    states,
  });
  machines.set(flow, machine);
  return machine;
}

const late = (limit: Limit) => ({
  target: '#late',
  actions: { type: 'crossed', params: limit },
});

const take = (hop: Hop, target: string) => ({
  [hopEvent(hop)]: {
    target,
    ...(hop.repeats && { actions: 'mayRepeat' }),
  },
});

// The first hops of a choice agree on their `within` (see validate.ts).
const within = (...[hop, ...others]: [Hop, ...Hop[]]): Pick<State, 'after'> => {
  if (hop.within === undefined) return {};
  const hops = [hop, ...others].map(({ id }) => id);
  return { after: { [hop.within]: late({ ms: hop.within, hops }) } };
};

// States are numbered, not named after hops: ids and branch names may hold dots and spaces.
function sequence(steps: readonly Step[]): State {
  const name = (i: number) => (i < steps.length ? `step${i + 1}` : 'done');
  const states: Record<string, State> = { done: { type: 'final' } };
  steps.forEach((step, i) => {
    states[name(i)] = stateOf(step, name(i + 1));
  });
  return { initial: name(0), states };
}

function stateOf(step: Step, next: string): State {
  if (isHop(step)) return { tags: [step.id], on: take(step, next), ...within(step) };
  if (!isFork(step)) return choosing(step, next);
  const branches = Object.values(step.fork).map((branch, i) => [
    `branch${i + 1}`,
    sequence(branch),
  ]);
  return { type: 'parallel', onDone: next, states: Object.fromEntries(branches) };
}

function choosing({ choice }: Choice, next: string): State {
  const branches = Object.values(choice);
  const first = branches.map(([hop]) => hop);
  const states: Record<string, State> = {
    done: { type: 'final' },
    choosing: {
      tags: first.map((hop) => hop.id),
      on: Object.assign({}, ...first.map((hop, i) => take(hop, `branch${i + 1}`))),
      ...within(...(first as [Hop, ...Hop[]])),
    },
  };
  branches.forEach(([, ...rest], i) => {
    states[`branch${i + 1}`] = { ...sequence(rest), onDone: 'done' };
  });
  return { initial: 'choosing', onDone: next, states };
}
