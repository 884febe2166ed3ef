import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { loadLab, type Graded } from '../grade/load.ts';
import { recordPackets } from './packets.ts';

let graded: Graded;
before(async () => {
  graded = await loadLab('04-topics');
});

test('a message of each kind is kept as it crossed, that of a user and not of the warm-up', async () => {
  const { messages } = await recordPackets(graded);
  const connect = messages['warehouse to event-bus, connect'] as { hex: string };
  // MQTT 3.1.1, keep the session: type, then after the length the name, the level and the flags.
  assert.match(connect.hex, /^10..00044d5154540400/);
  const order = messages['user to order-service, post'] as { text: string };
  assert.match(order.text, /^POST \/orders HTTP\/1\.1\r\n[^]*\r\n\r\n\{"id":/);
  const { hex } = messages['event-bus to warehouse, publish'] as { hex: string };
  const payload = Buffer.from(hex, 'hex').toString();
  assert.ok(payload.includes('"specversion":"1.0"'));
  assert.ok(!payload.includes('o-warm-up'));
});

test('of an edge that is polled the answer without news is kept too', async () => {
  const { messages } = await recordPackets(await loadLab('02-polling'));
  const reply = messages['order-service to warehouse, 304'] as { text: string };
  assert.match(reply.text, /^HTTP\/1\.1 304 Not Modified\r\n[^]*\r\n\r\n$/);
});
