import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import architecture from '../../../labs/01-nine-hops/flow.ts';
import { waysOf } from './ways.ts';

const ways = waysOf(architecture);
const [hit, miss, order] = ways;

describe('waysOf', () => {
  it('knows five ways: both through each cache, and the order', () => {
    assert.deepEqual(
      ways.map(({ title, steps }) => `${title}, ${steps.length}`),
      [
        'Read a product: cache hit, 8',
        'Read a product: cache miss, 11',
        'Place an order, 12',
        'Ask for an order’s status: cache hit, 8',
        'Ask for an order’s status: cache miss, 11',
      ],
    );
    assert.equal(new Set(ways.map(({ id }) => id)).size, 5);
  });

  it('names the legs of hop 6, and the last one completes it', () => {
    assert.deepEqual(
      hit!.steps.slice(-4).map(({ name, completes }) => [name, completes]),
      [
        ['Hop 5', false],
        ['Hop 6, leg 1 of 3', false],
        ['Hop 6, leg 2 of 3', false],
        ['Hop 6, leg 3 of 3', true],
      ],
    );
  });

  it('takes every hop that may come next for right, and says which may come before', () => {
    const reply = order!.steps.find(({ hop }) => hop === 'reply-api-gateway')!;
    assert.deepEqual(reply.may, ['api-gateway', 'event-bus']);
    assert.deepEqual(reply.instead, [{ from: 'service-b', to: 'event-bus' }]);
    const fill = miss!.steps.find(({ hop }) => hop === 'cache-put')!;
    assert.deepEqual(fill.may, ['cache-a', 'api-gateway']);
  });

  it('offers nothing of the branch that the way does not take', () => {
    for (const way of [hit!, miss!]) assert.deepEqual(way.steps[4]!.instead, []);
  });

  it('has its own hop among the right predictions at every step', () => {
    for (const { steps } of ways) for (const { may, to } of steps) assert.ok(may.includes(to));
  });

  it('tells the styles apart also where a hop has no number', () => {
    const puback = order!.steps.find(({ hop }) => hop === 'bus-puback')!;
    assert.deepEqual([puback.name, puback.style], ['Not numbered', 'event-driven']);
    assert.equal(order!.steps[0]!.style, 'request-response');
  });
});
