/** What a learner's service says is read, never obeyed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LiveEvent } from './events.ts';
import { plain } from './plain.ts';

test('sequences that a terminal obeys are taken out of every text of an event', () => {
  const evil = '\u001b]0;renamed\u0007\u001b[2J\u001b[31mred\u001b[0m\u009b1m\u0008\r end';
  const event: LiveEvent = {
    is: 'hop',
    by: 'hand',
    hop: { at: 1.5, from: 'user', to: 'load-balancer', via: 'http', text: evil },
  };
  const said = JSON.stringify(plain(event));
  assert.match(said, /red.* end/);
  // oxlint-disable-next-line no-control-regex
  assert.doesNotMatch(said, /[\u0000-\u001f\u007f-\u009f]|\\u00|\\r|\\b/);
});

test('all else stays as it was', () => {
  const event: LiveEvent = {
    is: 'output',
    component: 'service-a',
    stream: 'stdout',
    text: '\tä “quoted” <b>\n✓ 漢字 🙂 [31m',
  };
  assert.deepEqual(plain(event), event);
});
