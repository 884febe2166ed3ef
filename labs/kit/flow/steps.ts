import type { Architecture, Choice, Component, Flow, Fork, Hop, SeenHop, Step } from './types.ts';

export const isHop = (step: Step): step is Hop => 'from' in step;
export const isFork = (step: Step): step is Fork => 'fork' in step;
export const isChoice = (step: Step): step is Choice => 'choice' in step;

/** What a hop looks like on the wire, without its time: the event of a flow's machine. */
export const hopEvent = (hop: Hop | SeenHop): `hop.${string}` =>
  `hop.${hop.via}.${hop.kind}.${hop.from}.${hop.to}`;

/** Every hop in document order, shared ones as often as they stand there. */
export const allHops = (steps: readonly Step[]): Hop[] =>
  steps.flatMap((step) => {
    if (isHop(step)) return [step];
    return allHops(Object.values(isFork(step) ? step.fork : step.choice).flat());
  });

/** The hops of a flow in document order, one for each id. */
export function hopsOf(steps: readonly Step[]): Hop[] {
  const byId = new Map<string, Hop>();
  for (const hop of allHops(steps)) if (!byId.has(hop.id)) byId.set(hop.id, hop);
  return [...byId.values()];
}

/** A hop as the course counts it: one arrow, though its reply may cross several components. */
export interface NumberedHop {
  n: number;
  from: string;
  to: string;
  /** Its legs in order; the branches of a choice may each bring one. */
  hops: readonly Hop[];
}

/** The numbered hops by number: hop 6 is Service A → User, three legs. */
export function numberedHops(steps: readonly Step[]): NumberedHop[] {
  const byNumber = new Map<number, Hop[]>();
  for (const hop of hopsOf(steps)) {
    if (hop.n !== undefined) byNumber.set(hop.n, [...(byNumber.get(hop.n) ?? []), hop]);
  }
  return [...byNumber]
    .toSorted(([a], [b]) => a - b)
    .map(([n, hops]) => ({ n, from: hops[0]!.from, to: hops.at(-1)!.to, hops }));
}

/** Two components that speak to each other, whichever speaks. */
export interface Edge {
  /** `service-a--cache-a`: the one that speaks first stands first. */
  id: string;
  from: string;
  to: string;
  /** The numbers of the hops that cross it, in order; a reply's number stands on each of its legs. */
  numbers: readonly number[];
  hops: readonly { flow: string; hop: Hop }[];
}

/** The distinct edges of an architecture, in the order in which its flows use them. */
export function edges(architecture: Architecture): Edge[] {
  const found = new Map<string, Edge & { numbers: number[]; hops: { flow: string; hop: Hop }[] }>();
  for (const flow of architecture.flows) {
    for (const hop of hopsOf(flow.steps)) {
      const key = [hop.from, hop.to].toSorted().join('--');
      const { from, to } = hop;
      const edge = found.get(key) ?? { id: `${from}--${to}`, from, to, numbers: [], hops: [] };
      found.set(key, edge);
      edge.hops.push({ flow: flow.id, hop });
      const { n } = hop;
      if (n !== undefined && !edge.numbers.includes(n)) edge.numbers.push(n);
    }
  }
  return [...found.values()];
}

/** The id of the edge that a hop crosses. */
export const edgeOf = (all: readonly Edge[], hop: Hop | SeenHop): Edge | undefined =>
  all.find(
    ({ from, to }) => (from === hop.from && to === hop.to) || (from === hop.to && to === hop.from),
  );

/** One way through a flow: what is left when every choice is made. */
export interface Path {
  /** The names of the branches taken: `cache miss`; empty for a flow without choices. */
  branches: readonly string[];
  steps: readonly (Hop | Fork)[];
}

/** Every way through the choices of a flow, in document order. */
export const paths = (flow: Flow): Path[] => pathsOf(flow.steps);

function pathsOf(steps: readonly Step[]): Path[] {
  let all: Path[] = [{ branches: [], steps: [] }];
  const extend = (ways: Path[]) => {
    all = all.flatMap((path) =>
      ways.map((way) => ({
        branches: [...path.branches, ...way.branches],
        steps: [...path.steps, ...way.steps],
      })),
    );
  };
  for (const step of steps) {
    if (isHop(step)) extend([{ branches: [], steps: [step] }]);
    else if (isFork(step)) extend(forkPaths(step));
    else {
      extend(
        Object.entries(step.choice).flatMap(([name, branch]) =>
          pathsOf(branch).map((way) => ({ ...way, branches: [name, ...way.branches] })),
        ),
      );
    }
  }
  return all;
}

const forkPaths = ({ fork }: Fork): Path[] =>
  Object.entries(fork)
    .reduce<{ branches: string[]; fork: Record<string, Step[]> }[]>(
      (ways, [name, branch]) =>
        ways.flatMap((way) =>
          pathsOf(branch).map((path) => ({
            branches: [...way.branches, ...path.branches],
            fork: { ...way.fork, [name]: [...path.steps] },
          })),
        ),
      [{ branches: [], fork: {} }],
    )
    .map((way) => ({ branches: way.branches, steps: [{ fork: way.fork }] }));

/** What to call a component where space is short. */
export const shortName = (component: Component): string => component.short ?? component.name;

/** `service-a` → `Service A`; an id that the architecture does not know stays as it is. */
export function nameOf(architecture: Architecture, id: string): string {
  const component = architecture.components.find((c) => c.id === id);
  return component ? shortName(component) : id;
}
