import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { generate } from 'mqtt-packet';
import { Frames } from './frames.ts';

const packet = fc
  .record({ topic: fc.stringMatching(/^[a-z/]{1,20}$/), size: fc.nat(20_000) })
  .map(({ topic, size }) =>
    generate({
      cmd: 'publish',
      topic,
      payload: Buffer.alloc(size, 7),
      qos: 1,
      messageId: 7,
      dup: false,
      retain: false,
    }),
  );

test('however a stream is cut, the same packets come out, byte by byte', () => {
  fc.assert(
    fc.property(fc.array(packet, { maxLength: 6 }), fc.array(fc.nat()), (packets, cuts) => {
      const stream = Buffer.concat(packets);
      const at = [0, ...cuts.map((c) => c % (stream.length + 1)), stream.length].toSorted(
        (a, b) => a - b,
      );
      const frames = new Frames();
      const out = at.slice(1).flatMap((end, i) => frames.push(stream.subarray(at[i], end)));
      assert.equal(out.length, packets.length);
      out.forEach((bytes, i) => assert.ok(bytes.equals(packets[i]!)));
    }),
  );
});

test('a remaining length of more than four bytes is malformed (MQTT 3.1.1, section 2.2.3)', () => {
  assert.throws(() => new Frames().push(Buffer.from([0x30, 255, 255, 255, 255, 1])), /malformed/);
});
