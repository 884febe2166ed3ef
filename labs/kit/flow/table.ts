import { begin } from './automaton.ts';
import { edgeOf, edges, hopEvent, isHop, paths, type Path } from './steps.ts';
import type { Architecture, Flow, Hop, Step } from './types.ts';

/** One step of the hop player: the hop that happens, and what may happen after it. */
export interface StepRow {
  index: number;
  hop: string;
  n?: number;
  from: string;
  to: string;
  label: string;
  /** The edge to light: `data-edge` of the diagram. */
  edge: string;
  /** The components to light: the two that speak. */
  lit: readonly [string, string];
  /** Ids of the hops that may come next, by the flow's machine; empty after the last one. */
  expectedNext: readonly string[];
}

/** One way through a flow, hop by hop. JSON, so that a page needs no machine. */
export interface StepTable {
  flow: string;
  title: string;
  /** The branches that this way takes: `cache miss`. */
  branches: readonly string[];
  /** Ids of the hops that may come first. */
  expectedFirst: readonly string[];
  rows: readonly StepRow[];
}

/** The rows of one way through a flow. Branches of a fork come one after the other here. */
function stepTable(architecture: Architecture, flow: Flow, path: Path): StepTable {
  const all = edges(architecture);
  let { to: place } = begin(flow);
  const expectedFirst = place.expected.map(({ id }) => id);
  const rows = inOrder(path.steps).map((hop, index): StepRow => {
    const move = place.next(hopEvent(hop));
    if (!move.took) {
      const expected = place.expected.map(({ id }) => id).join(' or ');
      throw new Error(
        `[${flow.id}] a way through the flow: got ${hop.id}, expected ${expected}. Try: checkArchitecture.`,
      );
    }
    place = move.to;
    return {
      index,
      hop: hop.id,
      ...(hop.n !== undefined && { n: hop.n }),
      from: hop.from,
      to: hop.to,
      label: hop.label,
      edge: edgeOf(all, hop)!.id,
      lit: [hop.from, hop.to],
      expectedNext: place.expected.map(({ id }) => id),
    };
  });
  return { flow: flow.id, title: flow.title, branches: path.branches, expectedFirst, rows };
}

/** A table for every way through the choices of a flow. */
export const stepTables = (architecture: Architecture, flow: Flow): StepTable[] =>
  paths(flow).map((path) => stepTable(architecture, flow, path));

/** The hops of a way in document order: one legal order of many, if it forks. */
const inOrder = (steps: readonly Step[]): Hop[] =>
  steps.flatMap((step) =>
    isHop(step) ? [step] : inOrder(Object.values('fork' in step ? step.fork : {}).flat()),
  );
