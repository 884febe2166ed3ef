import fc from 'fast-check';
import { allHops } from '../steps.ts';
import type { Component, Flow, Hop, Step } from '../types.ts';
import { checkArchitecture } from '../validate.ts';

type Steps = [Step, ...Step[]];

export const components: Component[] = ['a', 'b', 'c', 'd'].map((id) => ({
  id,
  name: id.toUpperCase(),
  type: 'service',
  role: 'speaks',
}));
const ids = components.map(({ id }) => id);

const limit = fc.option(fc.constantFrom({ within: 60 }, { within: 200 }), { freq: 3, nil: {} });

/** Hops between four components, few enough that the same one stands in several places. */
const hop = fc
  .record({
    from: fc.nat(ids.length - 1),
    by: fc.integer({ min: 1, max: ids.length - 1 }),
    kind: fc.constantFrom('get', '200'),
    repeats: fc.constantFrom({}, {}, { repeats: true }),
  })
  .map(({ from, by, kind, repeats }): Hop => {
    const ends = { from: ids[from]!, to: ids[(from + by) % ids.length]! };
    return { id: 'hop', via: 'http', kind, ...ends, label: 'speaks', ...repeats };
  });

const named = <T>(branches: readonly T[]): Record<string, T> =>
  Object.fromEntries(branches.map((branch, i) => [`branch ${i + 1}`, branch]));
const few = { minLength: 2, maxLength: 3, size: 'max', depthSize: 'max' } as const;
const several = { minLength: 1, maxLength: 4, size: 'max', depthSize: 'max' } as const;

const { steps } = fc.letrec<{ steps: Steps; step: Step }>((tie) => ({
  steps: fc.array(tie('step'), several).map((all) => all as Steps),
  step: fc.oneof(
    { maxDepth: 2, depthSize: 'max' },
    {
      arbitrary: fc.tuple(hop, limit).map(([h, within]): Step => ({ ...h, ...within })),
      weight: 4,
    },
    {
      arbitrary: fc.array(tie('steps'), few).map((all): Step => ({ fork: named(all) })),
      weight: 2,
    },
    {
      arbitrary: fc
        .tuple(fc.array(fc.tuple(hop, fc.option(tie('steps'), { nil: [] })), few), limit)
        .map(([all, within]): Step => {
          const branches = all.map(([h, rest]): [Hop, ...Step[]] => [{ ...h, ...within }, ...rest]);
          return { choice: named(branches) };
        }),
      weight: 2,
    },
  ),
}));

/** The same steps with every hop changed; hops are counted from 1 in document order. */
export function mapHops(all: readonly Step[], change: (hop: Hop, count: number) => Hop): Steps {
  let count = 0;
  const each = <T>(branches: Record<string, T[]>, f: (step: T) => Step) =>
    Object.fromEntries(Object.entries(branches).map(([name, branch]) => [name, branch.map(f)]));
  const walk = (step: Step): Step => {
    if ('from' in step) return change(step, (count += 1));
    if ('fork' in step) return { fork: each(step.fork, walk) };
    return { choice: each(step.choice, walk) as Record<string, [Hop, ...Step[]]> };
  };
  return all.map(walk) as Steps;
}

/** Valid flows: with hops that look alike where that is allowed, else with hops that all differ. */
export const randomFlow: fc.Arbitrary<Flow> = steps.filter(isMedium).map((raw) => {
  const flow = (change: (h: Hop, count: number) => Hop): Flow => ({
    id: 'random',
    title: 'Random',
    steps: mapHops(raw, change),
    deadline: 1_000,
    quiet: 20,
  });
  const alike = flow((h, count) => ({ ...h, id: `hop-${count}` }));
  if (isValid(alike)) return alike;
  return flow((h, count) => ({ ...h, id: `hop-${count}`, kind: `k${count}` }));
});

// A journal has about as many mutants as the square of its length, and all are judged.
function isMedium(all: Steps): boolean {
  const { length } = allHops(all);
  return length >= 3 && length <= 12;
}

// A small flow need not touch every component.
const isValid = (flow: Flow): boolean =>
  checkArchitecture({ id: 'random', title: 'Random', components, flows: [flow] }).every((problem) =>
    problem.includes('no hop'),
  );
