import { numberedHops, type NumberedHop } from '../../../labs/kit/flow/steps.ts';
import type { Architecture, Flow } from '../../../labs/kit/flow/types.ts';

/** How services talk in a hop: it decides a marker's shape and colour. */
export type Style = 'request-response' | 'event-driven';

/** The flows whose hops the course counts, with their numbers. */
export function countedFlows({ flows }: Architecture): CountedFlow[] {
  return flows
    .map((flow) => ({ flow, hops: numberedHops(flow.steps) }))
    .filter(({ hops }) => hops.length > 0)
    .map(({ flow, hops }) => ({ flow, hops, style: styleOf(hops) }));
}

export interface CountedFlow {
  flow: Flow;
  hops: NumberedHop[];
  style: Style;
}

/** A flow whose first counted hop goes to or from a broker is event-driven. */
function styleOf(hops: readonly NumberedHop[]): Style {
  return hops[0]!.hops[0]!.via === 'mqtt' ? 'event-driven' : 'request-response';
}

/** The style of each counted hop, by its number. */
export const styleByNumber = (architecture: Architecture): Map<number, Style> =>
  new Map(
    countedFlows(architecture).flatMap(({ hops, style }) =>
      hops.map(({ n }) => [n, style] as const),
    ),
  );
