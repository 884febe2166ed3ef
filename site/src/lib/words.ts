import { numberedHops, type NumberedHop } from '../../../labs/kit/flow/steps.ts';
import { eventDriven } from '../../../labs/kit/flow/styles.ts';
import type { Architecture, Flow } from '../../../labs/kit/flow/types.ts';

/** How services talk in a hop: it decides a marker's shape and colour. */
export type Style = 'request-response' | 'event-driven';

/** Counted hops of one flow that are of one style. */
export interface CountedFlow {
  flow: Flow;
  hops: NumberedHop[];
  style: Style;
}

/** The flows whose hops the course counts, with their numbers; a flow of both styles stands there twice. */
export function countedFlows({ flows }: Architecture): CountedFlow[] {
  return flows.flatMap((flow) => {
    const hops = numberedHops(flow.steps);
    const styled = stylesOf(hops);
    return [...new Set(styled)].map((style) => ({
      flow,
      style,
      hops: hops.filter((_, i) => styled[i] === style),
    }));
  });
}

const stylesOf = (hops: readonly NumberedHop[]): Style[] =>
  eventDriven(hops).map((is) => (is ? 'event-driven' : 'request-response'));

/** The style of each counted hop, by its number. */
export const styleByNumber = (architecture: Architecture): Map<number, Style> =>
  new Map(
    countedFlows(architecture).flatMap(({ hops, style }) =>
      hops.map(({ n }) => [n, style] as const),
    ),
  );
