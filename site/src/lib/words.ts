import { numberedHops, type NumberedHop } from '../../../labs/kit/flow/steps.ts';
import type { Architecture, Component, ComponentType, Flow } from '../../../labs/kit/flow/types.ts';

/** How services talk in a hop: it decides a marker's shape and colour. */
export type Style = 'request-response' | 'event-driven';

const typeNames: Record<ComponentType, string> = {
  client: 'client',
  load_balancer: 'load balancer',
  api_gateway: 'API gateway',
  service: 'service',
  database: 'database',
  cache: 'cache',
  message_queue: 'message queue',
};

/** A component's type in plain words. */
export const typeName = (type: ComponentType): string => typeNames[type];

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

export interface Numbered {
  n: number;
  style: Style;
}

/** The counted hops that a component sends or receives, with the legs it only passes on. */
export function numbersAt(architecture: Architecture, { id }: Component): Numbered[] {
  return countedFlows(architecture).flatMap(({ hops, style }) =>
    hops
      .filter((hop) => hop.hops.some((leg) => leg.from === id || leg.to === id))
      .map(({ n }) => ({ n, style })),
  );
}
