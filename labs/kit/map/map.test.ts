import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import topics from '../../04-topics/flow.ts';
import type { Line } from '../wire/journal.ts';
import { asyncApi } from './async-api.ts';
import { busMap, differences } from './bus-map.ts';
import { mapText } from './map-text.ts';

const topic = 'orders/placed/v1';
const event = { specversion: '1.0', id: 'e1', data: { orderId: 'o1', quantity: 2 } };
const note = (
  component: string,
  what: string,
  facts: Record<string, string | boolean> = {},
): Line => ({
  type: 'note',
  at: 0,
  component,
  what,
  facts,
});
const subscribed = (component: string): Line[] => [
  note(component, 'subscribe', { topic }),
  note(component, 'suback'),
];
const hop = (kind: string, from: string, to: string, payload = JSON.stringify(event)): Line => ({
  type: 'hop',
  at: 0,
  via: 'mqtt',
  kind,
  from,
  to,
  facts: { topic, payload },
});
const published = hop('publish', 'order-service', 'event-bus');
const delivered = (to: string): Line => hop('deliver', 'event-bus', to);
const all = ['warehouse', 'push-relay', 'analytics', 'loyalty'];

describe('the map of the bus', () => {
  test('names who publishes and who hears, with their messages', () => {
    const [channel] = busMap([
      ...subscribed('warehouse'),
      ...subscribed('analytics'),
      published,
      delivered('warehouse'),
    ]);
    assert.deepEqual(channel, {
      topic,
      publishers: [{ component: 'order-service', messages: 1 }],
      subscribers: [
        { component: 'warehouse', messages: 1, left: false },
        { component: 'analytics', messages: 0, left: false },
      ],
      example: event,
    });
  });

  test('says who has left', () => {
    const [channel] = busMap([
      ...subscribed('analytics'),
      published,
      delivered('analytics'),
      note('analytics', 'connect', { clean: true }),
    ]);
    assert.deepEqual(channel?.subscribers, [{ component: 'analytics', messages: 1, left: true }]);
  });

  test('an acknowledgement, a hop elsewhere and a copy are no messages', () => {
    const puback: Line = { type: 'hop', at: 0, via: 'mqtt', kind: 'puback', from: 'a', to: 'b' };
    const http: Line = { type: 'hop', at: 0, via: 'http', kind: 'post', from: 'a', to: 'b' };
    const copy = { ...delivered('warehouse'), copy: true } as Line;
    const [channel] = busMap([puback, http, published, copy]);
    assert.deepEqual(channel?.subscribers, []);
  });

  test('what went over the standby is on the same map', () => {
    const over = (line: Line): Line => ({ ...line, instance: 2 });
    const moved = subscribed('warehouse').map(over);
    const lines = [...subscribed('warehouse'), published, ...moved, over(published)];
    const channels = busMap([...lines, over(delivered('warehouse'))]);
    assert.deepEqual(
      channels.map(({ publishers, subscribers }) => [publishers, subscribers]),
      [
        [
          [{ component: 'order-service', messages: 2 }],
          [{ component: 'warehouse', messages: 1, left: false }],
        ],
      ],
    );
  });

  test('a payload that is no JSON is kept as it is', () => {
    const [channel] = busMap([hop('publish', 'order-service', 'event-bus', 'hello')]);
    assert.equal(channel?.example, 'hello');
  });
});

describe('compared with the flow', () => {
  test('all that the flow says was seen: no difference', () => {
    const channels = busMap([...all.flatMap(subscribed), published]);
    assert.deepEqual(differences(topics, channels), []);
    assert.equal(mapText(topics, channels, []).at(-1), 'The flow says the same.');
  });

  test('who was never seen is missing; whom no flow names is extra', () => {
    const channels = busMap([
      ...all.slice(0, 3).flatMap(subscribed),
      ...subscribed('order-service'),
      published,
      hop('publish', 'warehouse', 'event-bus'),
    ]);
    const found = differences(topics, channels);
    assert.deepEqual(found, [
      { component: 'warehouse', does: 'publishes', is: 'extra' },
      { component: 'loyalty', does: 'listens', is: 'missing' },
      { component: 'order-service', does: 'listens', is: 'extra' },
    ]);
    assert.deepEqual(mapText(topics, channels, found).slice(-3), [
      '≠ Warehouse was seen to publish, and no flow says so.',
      '≠ Loyalty listens in the flow, and was never seen to.',
      '≠ Order service was seen to listen, and no flow says so.',
    ]);
  });

  test('nothing seen: said so, and all is missing', () => {
    assert.equal(mapText(topics, [], differences(topics, []))[0], 'Nobody has used the bus.');
    assert.equal(differences(topics, []).length, 5);
  });
});

describe('the AsyncAPI document', () => {
  test('has a channel for the topic, and an operation for each who takes part', () => {
    const channels = busMap([
      ...subscribed('warehouse'),
      ...subscribed('analytics'),
      published,
      note('analytics', 'unsubscribe'),
    ]);
    const channel = { $ref: '#/channels/orders-placed-v1' };
    const messages = [{ $ref: '#/channels/orders-placed-v1/messages/orders-placed-v1' }];
    const document = asyncApi(topics, channels) as Record<string, unknown>;
    assert.equal(document['asyncapi'], '3.0.0');
    assert.deepEqual(document['operations'], {
      'order-service-sends-orders-placed-v1': {
        action: 'send',
        title: 'Order service',
        channel,
        messages,
      },
      'warehouse-receives-orders-placed-v1': {
        action: 'receive',
        title: 'Warehouse',
        channel,
        messages,
      },
    });
    assert.deepEqual(document['channels'], {
      'orders-placed-v1': {
        address: topic,
        messages: {
          'orders-placed-v1': {
            contentType: 'application/cloudevents+json',
            payload: {
              type: 'object',
              required: ['specversion', 'id', 'data'],
              properties: {
                specversion: { type: 'string' },
                id: { type: 'string' },
                data: {
                  type: 'object',
                  required: ['orderId', 'quantity'],
                  properties: { orderId: { type: 'string' }, quantity: { type: 'number' } },
                },
              },
            },
            examples: [{ payload: event }],
          },
        },
      },
    });
  });

  test('keeps topics apart whose keys would be the same', () => {
    const channels = busMap([
      note('warehouse', 'subscribe', { topic: 'orders/#' }),
      note('analytics', 'subscribe', { topic: 'orders/+' }),
    ]);
    const document = asyncApi(topics, channels) as {
      channels: Record<string, { address: string }>;
      operations: object;
    };
    const addresses = Object.entries(document.channels).map(([key, { address }]) => [key, address]);
    assert.deepEqual(addresses, [
      ['orders--', 'orders/#'],
      ['orders---2', 'orders/+'],
    ]);
    assert.deepEqual(Object.keys(document.operations), [
      'warehouse-receives-orders--',
      'analytics-receives-orders---2',
    ]);
  });
});
