import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import nineHops, { order as placeOrder } from '../../01-nine-hops/flow.ts';
import { begin, type Place } from './automaton.ts';
import { failureOf, fateOf, type Failure, type Held } from './failure.ts';
import { edges, hopEvent, hopsOf } from './steps.ts';
import { components, randomFlow } from './testing/random-flows.ts';
import type { Flow } from './types.ts';

const fates = ({ flows }: Failure, id: string): string[] =>
  flows
    .find(({ flow }) => flow.id === id)!
    .hops.map(({ hop, fate }) => `${hop.n ?? '-'} ${hop.id}: ${fate}`);
const told = (held: readonly Held[]): string[] => held.map(({ hop, at }) => `${hop.id} at ${at}`);

test('without the bus: reads go on, an order is answered, its event waits or is lost', () => {
  const failure = failureOf(nineHops, 'event-bus');
  assert.deepEqual(
    failure.flows.map(({ flow, ends }) => [flow.id, ends]),
    [
      ['read-product', true],
      ['place-order', false],
      ['order-status', true],
    ],
  );
  for (const id of ['read-product', 'order-status']) {
    assert.ok(fates(failure, id).every((line) => line.endsWith(': happens')));
  }
  assert.deepEqual(fates(failure, 'place-order'), [
    '- post-load-balancer: happens',
    '- post-api-gateway: happens',
    '- post-service-b: happens',
    '- order-saved: happens',
    '- reply-api-gateway: happens',
    '- reply-load-balancer: happens',
    '- reply-user: happens',
    '7 publish: stops',
    '- bus-puback: stops',
    '8 deliver: stops',
    '9 shipment-stored: stops',
    '- consumer-puback: stops',
  ]);
  assert.deepEqual(told(failure.queued), ['publish at service-b']);
  assert.deepEqual(told(failure.lost), ['deliver at event-bus']);
  const stopped = edges(nineHops).filter((edge) => fateOf(failure, edge.hops) === 'stops');
  assert.deepEqual(
    stopped.map(({ id }) => id),
    ['service-b--event-bus', 'event-bus--service-c', 'service-c--database-c'],
  );
});

test('without Service C the bus takes events over, and holds them', () => {
  const failure = failureOf(nineHops, 'service-c');
  const order = fates(failure, 'place-order');
  assert.ok(order.includes('7 publish: happens') && order.includes('- bus-puback: happens'));
  assert.ok(order.includes('8 deliver: stops') && order.includes('9 shipment-stored: stops'));
  assert.deepEqual(told(failure.queued), ['deliver at event-bus']);
  assert.deepEqual(failure.lost, []);
});

test('without Database A a cache hit still ends, a miss does not', () => {
  const failure = failureOf(nineHops, 'database-a');
  assert.equal(failure.flows[0]?.ends, true);
  const read = fates(failure, 'read-product');
  assert.ok(read.includes('5 cache-miss: happens') && read.includes('- database-read: stops'));
  assert.ok(read.includes('- cache-put: stops'));
  assert.ok(read.includes('6 reply-user: depends'), 'a reply after a hit, none after a miss');
  const door = edges(nineHops).find(({ id }) => id === 'user--load-balancer')!;
  assert.equal(fateOf(failure, door.hops), 'depends');
});

test('a request has nowhere to wait: without the load balancer all stops, nothing is queued', () => {
  const failure = failureOf(nineHops, 'load-balancer');
  for (const { hops, ends } of failure.flows) {
    assert.ok(!ends && hops.every(({ fate }) => fate === 'stops'));
  }
  assert.deepEqual(failure.queued, []);
});

test('what is never sent waits nowhere: the first that stops holds up the others', () => {
  const publish = hopsOf(placeOrder.steps).find(({ id }) => id === 'publish')!;
  const steps: Flow['steps'] = [publish, { ...publish, id: 'again' }];
  const twice = { ...nineHops, flows: [{ ...placeOrder, steps }] };
  assert.deepEqual(told(failureOf(twice, 'event-bus').queued), ['publish at service-b']);
});

test('a component that is not there is told', () => {
  assert.throws(() => failureOf(nineHops, 'bus'), /got bus, expected one of user, .*event-bus/);
});

test('random: what happens is what the flow’s machine can still be brought to', () => {
  const property = fc.property(randomFlow, fc.constantFrom('a', 'b', 'c', 'd'), (flow, failed) => {
    const taken = new Set<string>();
    let ended = false;
    const seen = new Set<Place>();
    const explore = (place: Place): void => {
      if (seen.has(place)) return;
      seen.add(place);
      ended ||= place.phase === 'settling';
      for (const hop of place.expected) {
        if (hop.from === failed || hop.to === failed) continue;
        taken.add(hop.id);
        explore(place.next(hopEvent(hop)).to);
      }
    };
    explore(begin(flow).to);

    const architecture = { id: 'r', title: 'R', components, flows: [flow] };
    const [{ hops, ends }] = failureOf(architecture, failed).flows as [Failure['flows'][0]];
    const happening = hops.filter(({ fate }) => fate !== 'stops').map(({ hop }) => hop.id);
    assert.deepEqual(happening.toSorted(), [...taken].toSorted());
    assert.equal(ends, ended);
  });
  fc.assert(property, { numRuns: 200, seed: 20_261 });
});
