import { hopsOf } from '../steps.ts';
import type { Flow, SeenHop } from '../types.ts';

/** A journal of the hops named, one every 2 ms from 0. */
export function seenInOrder(flow: Flow, ids: readonly string[]): SeenHop[] {
  const hops = new Map(hopsOf(flow.steps).map((hop) => [hop.id, hop]));
  return ids.map((id, i) => {
    const { via, kind, from, to } = hops.get(id)!;
    return { via, kind, from, to, at: 2 * i };
  });
}

export const readHit = [
  'get-load-balancer',
  'get-api-gateway',
  'get-service-a',
  'cache-get',
  'cache-hit',
  'reply-api-gateway',
  'reply-load-balancer',
  'reply-user',
];

export const placeOrder = [
  'post-load-balancer',
  'post-api-gateway',
  'post-service-b',
  'order-saved',
  'publish',
  'bus-puback',
  'reply-api-gateway',
  'reply-load-balancer',
  'reply-user',
  'deliver',
  'shipment-stored',
  'consumer-puback',
];
