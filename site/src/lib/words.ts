import { numberedHops, type NumberedHop } from '../../../labs/kit/flow/steps.ts';
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

/** A hop to or from a broker is event-driven; one to a database is of the style of the hop before it. */
function stylesOf(hops: readonly NumberedHop[]): Style[] {
  const styles: Style[] = [];
  for (const { hops: legs } of hops) {
    const { via } = legs[0]!;
    const before = styles.at(-1) ?? 'request-response';
    const own = via === 'mqtt' ? 'event-driven' : 'request-response';
    styles.push(via === 'store' ? before : own);
  }
  return styles;
}

/** The style of each counted hop, by its number. */
export const styleByNumber = (architecture: Architecture): Map<number, Style> =>
  new Map(
    countedFlows(architecture).flatMap(({ hops, style }) =>
      hops.map(({ n }) => [n, style] as const),
    ),
  );
