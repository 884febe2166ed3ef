import { nameOf } from '../flow/steps.ts';
import type { Architecture } from '../flow/types.ts';
import type { Channel } from './bus-map.ts';

/**
 * A map as an AsyncAPI document, version 3.0.0 (asyncapi.com, specification 3.0.0): a channel for each
 * topic, an operation for each component at one of its ends. Payloads are described by one that was
 * seen: their schema names the types of its fields.
 * @returns an object for JSON
 */
export function asyncApi(architecture: Architecture, channels: readonly Channel[]): object {
  const keys = keysOf(channels);
  const keyOf = (topic: string): string => keys.get(topic)!;
  const operations = channels.flatMap(({ topic, publishers, subscribers }) => [
    ...publishers.map(({ component }) => ({ component, topic, action: 'send' })),
    ...subscribers
      .filter(({ left }) => !left)
      .map(({ component }) => ({ component, topic, action: 'receive' })),
  ]);
  return {
    asyncapi: '3.0.0',
    info: {
      title: architecture.title,
      version: '1.0.0',
      description: 'What crossed the event bus, as the taps saw it.',
    },
    channels: Object.fromEntries(
      channels.map(({ topic, example }) => [
        keyOf(topic),
        { address: topic, messages: { [keyOf(topic)]: messageOf(example) } },
      ]),
    ),
    operations: Object.fromEntries(
      operations.map(({ component, topic, action }) => [
        `${component}-${action}s-${keyOf(topic)}`,
        {
          action,
          title: nameOf(architecture, component),
          channel: { $ref: `#/channels/${keyOf(topic)}` },
          messages: [{ $ref: `#/channels/${keyOf(topic)}/messages/${keyOf(topic)}` }],
        },
      ]),
    ),
  };
}

/**
 * A key of AsyncAPI's fixed alphabet for each topic: `orders/placed/v1` is `orders-placed-v1`. Where two
 * would have the same, as `orders/+` and `orders/#`, the second one ends in its number.
 */
function keysOf(channels: readonly Channel[]): Map<string, string> {
  const keys = new Map<string, string>();
  const taken = new Set<string>();
  for (const { topic } of channels) {
    const plain = topic.replaceAll(/[^\w.-]/g, '-');
    let key = plain;
    for (let n = 2; taken.has(key); n += 1) key = `${plain}-${n}`;
    taken.add(key);
    keys.set(topic, key);
  }
  return keys;
}

function messageOf(example: unknown): object {
  if (example === undefined) return {};
  const isEvent = typeof example === 'object' && example !== null && 'specversion' in example;
  return {
    ...(isEvent && { contentType: 'application/cloudevents+json' }),
    payload: schemaOf(example),
    examples: [{ payload: example }],
  };
}

/** A JSON Schema that says no more than which types a value's fields have. */
function schemaOf(value: unknown): object {
  if (value === null) return { type: 'null' };
  if (Array.isArray(value)) return { type: 'array' };
  if (typeof value !== 'object') return { type: typeof value };
  return {
    type: 'object',
    required: Object.keys(value),
    properties: Object.fromEntries(
      Object.entries(value).map(([key, part]) => [key, schemaOf(part)]),
    ),
  };
}
