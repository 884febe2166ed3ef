import assert from 'node:assert/strict';
import { stripVTControlCharacters } from 'node:util';
import { before, test } from 'node:test';
import { loadLab, type Graded } from '../grade/load.ts';
import { journalText, lines } from '../replay/testing/journal.ts';
import { mapView } from './map-view.ts';

let graded: Graded;
before(async () => {
  graded = await loadLab('04-topics');
});
const subscribed = (component: string, topic: string): object[] => [
  { ...lines.note(component, 'subscribe', 1), facts: { topic } },
  lines.note(component, 'suback', 2),
];

test('a map is read from a journal, and compared with the flow', () => {
  const topic = 'orders/placed/v1';
  const all = ['warehouse', 'push-relay', 'analytics'].flatMap((c) => subscribed(c, topic));
  const hop = { type: 'hop', at: 3, via: 'mqtt', from: 'order-service', to: 'event-bus' };
  const publish = { ...hop, kind: 'publish', facts: { topic, payload: '{}' } };
  const { text, isSame } = mapView(graded, journalText(lines.header(graded), ...all, publish));
  assert.equal(isSame, false);
  assert.deepEqual(stripVTControlCharacters(text).split('\n'), [
    'orders/placed/v1',
    '  Order service                1 published',
    '  Warehouse                    0 delivered',
    '  Push relay                   0 delivered',
    '  Analytics                    0 delivered',
    '≠ Loyalty listens in the flow, and was never seen to.',
  ]);
});

test('a topic is read, never obeyed', () => {
  const evil = subscribed('warehouse', 'orders\u001b[2J\u009b1m/placed');
  const { text } = mapView(graded, journalText(lines.header(graded), ...evil));
  assert.match(text, /^orders\/placed\n/);
});
