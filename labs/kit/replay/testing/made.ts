import architecture, { order, read } from '../../../01-nine-hops/flow.ts';
import { placeOrder, seenInOrder } from '../../flow/testing/nine-hops.ts';
import { hopsOf } from '../../flow/steps.ts';
import type { SeenHop } from '../../flow/types.ts';
import { missingHop, traceHop } from '../hop.ts';
import type { Trace } from '../trace.ts';

const hop = (flow: typeof read, seen: SeenHop) => traceHop(architecture, flow, seen, 0);

const leg = (at: number, kind: string, from: string, to: string): SeenHop => ({
  via: 'http',
  kind,
  from,
  to,
  at,
  detail: kind === 'get' ? 'GET /products/p-lamp' : `reply ${kind}`,
  ...(at > 1 && at < 9 && { instance: 1 }),
});

/** Service A is stopped: the gateway answers for it. */
export const failedRead: Trace = {
  run: 'r1',
  title: 'Read a product',
  flow: read.id,
  startAt: 0,
  hops: [
    leg(1, 'get', 'user', 'load-balancer'),
    leg(2, 'get', 'load-balancer', 'api-gateway'),
    leg(3, 'get', 'api-gateway', 'service-a'),
    leg(8, '502', 'api-gateway', 'load-balancer'),
    leg(9, '502', 'load-balancer', 'user'),
  ].map((seen) => hop(read, seen)),
  notes: [],
  down: ['service-a'],
  verdict: {
    verdict: 'unexpected',
    headline: 'A hop has no place here',
    expected: 'hop 4',
    observed: 'reply 502',
    index: 3,
  },
};

const seen = seenInOrder(order, placeOrder.slice(0, 10));
const stored = hopsOf(order.steps).find((one) => one.id === 'shipment-stored')!;

/** Service C is stopped and comes back after a second; it never stores. */
export const lateOrder: Trace = {
  run: 'r2',
  title: 'Place an order',
  flow: order.id,
  startAt: 0,
  hops: seen.map((one, i) => hop(order, { ...one, at: i === 9 ? 1_100 : one.at + 1 })),
  notes: [{ at: 1_000, component: 'service-c', what: 'started', text: 'started' }],
  down: ['service-c'],
  verdict: {
    verdict: 'late',
    headline: 'Hop 9 is missing',
    expected: 'hop 9',
    observed: 'nothing',
    index: seen.length,
    missing: missingHop(architecture, stored),
  },
};
