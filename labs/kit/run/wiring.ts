import { allHops } from '../flow/steps.ts';
import type { Architecture } from '../flow/types.ts';

/** A tap to be: who starts the conversation, with whom, over what. */
export interface WiredEdge {
  via: 'http' | 'mqtt';
  from: string;
  to: string;
}

/**
 * Where the taps stand: every edge of the flows that is a wire, in the direction in which a connection
 * is opened. An HTTP edge is opened by who sends the request, an MQTT edge by the bus's client.
 */
export function wiredEdges(architecture: Architecture): WiredEdge[] {
  const queues = new Set(
    architecture.components.filter((c) => c.type === 'message_queue').map((c) => c.id),
  );
  const found = new Map<string, WiredEdge>();
  for (const hop of architecture.flows.flatMap((flow) => allHops(flow.steps))) {
    if (hop.via === 'store') continue;
    const isReply = hop.via === 'http' ? /^\d{3}$/.test(hop.kind) : queues.has(hop.from);
    const [from, to] = isReply ? [hop.to, hop.from] : [hop.from, hop.to];
    found.set(`${from} ${to}`, { via: hop.via, from, to });
  }
  return [...found.values()];
}

/** `cache-a`, `url` → `CACHE_A_URL`: the name of the variable that tells a component where another is. */
export const variable = (component: string, what: string): string =>
  `${component}-${what}`.toUpperCase().replaceAll('-', '_');
