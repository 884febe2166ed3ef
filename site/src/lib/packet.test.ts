import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldsOf } from './packet.ts';

const said = (hex: string): string[] => fieldsOf(hex).map(({ name, says }) => `${name}: ${says}`);

test('a CONNECT is told field by field, to its last byte', () => {
  const packet = '101500044d5154540400003c000977617265686f757365';
  assert.deepEqual(said(packet), [
    'type and flags: CONNECT',
    'remaining length: 21 bytes follow',
    'length of the protocol name: 4',
    'protocol name: MQTT',
    'protocol level: 4: MQTT 3.1.1',
    'connect flags: no clean session: keep my session',
    'keep alive: 60 s: not silent for longer',
    'length of the client id: 9',
    'client id: warehouse',
  ]);
});

test('a PUBLISH tells its QoS, and a long payload is cut in bytes and whole in words', () => {
  const payload = '{"specversion":"1.0"}';
  const packet = '3a1c0003612f6200077b227370656376657273696f6e223a22312e30227d';
  const fields = fieldsOf(packet);
  assert.equal(fields[0]!.says, 'PUBLISH, QoS 1, DUP');
  assert.deepEqual(fields.slice(-2), [
    { hex: '00 07', name: 'packet id', says: '7' },
    { hex: '7b 22 73 70 65 63 76 65 72 73 …', name: 'payload', says: payload },
  ]);
});

test('a length of two bytes is one number', () => {
  const packet = `30af02000161${'78'.repeat(300)}`;
  assert.equal(said(packet)[1], 'remaining length: 303 bytes follow');
});

test('acknowledgements and subscriptions are told', () => {
  for (const [packet, says] of [
    ['20020100', 'return code: 0: accepted'],
    ['9003000101', 'granted: QoS 1 at most'],
    ['8206000100016101', 'wanted: QoS 1 at most'],
    ['40020009', 'packet id: 9'],
  ] as const)
    assert.equal(said(packet).at(-1), says);
});
