import assert from 'node:assert/strict';
import { test } from 'node:test';
import topics from '../../04-topics/flow.ts';
import { differences, type Channel } from './bus-map.ts';
import { mapSvg } from './map-svg.ts';
import { shownMap } from './shown.ts';

const end = (
  component: string,
  messages: number,
  left = false,
): Channel['subscribers'][number] => ({
  component,
  messages,
  left,
});
const channel = (more: Partial<Channel> = {}): Channel => ({
  topic: 'orders/placed/v1',
  publishers: [end('order-service', 3)],
  subscribers: [end('warehouse', 3), end('push-relay', 3), end('analytics', 2, true)],
  example: undefined,
  ...more,
});
const draw = (channels: readonly Channel[]): string =>
  mapSvg(topics, channels, differences(topics, channels), 'map');
/** The parts of a drawing that say something. */
const said = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)/g)].map(([, words]) => words!);

test('a topic stands between those who publish to it and those who listen', () => {
  assert.deepEqual(said(draw([channel()])).toSorted(), [
    '2 delivered',
    '3 delivered',
    '3 delivered',
    '3 published',
    'Analytics',
    'In the flow, and never seen:',
    'Loyalty',
    'Order service',
    'Push relay',
    'Warehouse',
    'has left',
    'orders/placed/v1',
    '≠ listens',
  ]);
});

test('whom no flow names is drawn where it was seen, and marked', () => {
  const svg = draw([channel({ subscribers: [end('order-service', 1)] })]);
  assert.ok(said(svg).includes('≠ not in the flow'));
  assert.match(svg, /stroke="var\(--flow-wrong,#a32626\)" fill="none" stroke-dasharray/);
});

test('the same in words is its description', () => {
  assert.match(
    draw([channel()]),
    /<desc id="map-desc">orders\/placed\/v1: published by Order service \(3\); delivered to Warehouse \(3\), Push relay \(3\), Analytics \(2; it has left\)\. ≠ Loyalty listens in the flow, and was never seen to\.</,
  );
});

test('a topic that nobody publishes to, and an empty bus, say so', () => {
  assert.match(draw([channel({ publishers: [] })]), /published by nobody; delivered to Warehouse/);
  assert.ok(said(draw([])).includes('Nobody has used the bus.'));
});

test('a topic is text, whatever a service calls it; a long one is cut and can still be had', () => {
  const topic = `<script>&"${'x'.repeat(80)}`;
  const svg = draw([channel({ topic })]);
  assert.doesNotMatch(svg, /<script/);
  assert.match(svg, /<title>&lt;script>&amp;&quot;x{80}<\/title>/);
  assert.ok(said(svg).some((words) => words.endsWith('x…')));
  const [, width] = /viewBox="0 0 (\d+) /.exec(svg)!;
  assert.ok(Number(width) < 320);
});

test('a page gets the drawing, the words, what differs, and the AsyncAPI document as text', () => {
  const shown = shownMap(topics, [channel()], 'map');
  assert.equal(shown.isSame, false);
  assert.deepEqual(shown.differs, ['≠ Loyalty listens in the flow, and was never seen to.']);
  assert.deepEqual(JSON.parse(shown.asyncApi).asyncapi, '3.0.0');
  const all = channel({
    subscribers: ['warehouse', 'push-relay', 'analytics', 'loyalty'].map((c) => end(c, 1)),
  });
  const same = shownMap(topics, [all], 'map');
  assert.deepEqual([same.isSame, same.differs], [true, ['The flow says the same.']]);
});
