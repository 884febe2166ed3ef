/** One contract for the MQTT tap, over every broker that is here. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:net';
import { once } from 'node:events';
import { describe, test, type TestContext } from 'node:test';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { brokerFor } from '../run/broker.ts';
import { findMosquitto, mosquittoMissing } from '../run/find-mosquitto.ts';
import type { Line } from './journal.ts';
import { mqttTap } from './mqtt-tap.ts';
import { wire } from './testing/wire.ts';

for (const broker of ['aedes', 'mosquitto'] as const) {
  const missing = broker === 'mosquitto' && !findMosquitto();
  const skip = missing ? `Mosquitto is missing. Try: ${mosquittoMissing}` : false;
  describe(`the MQTT tap over ${broker}`, { skip }, () => contract(broker));
}

function contract(brokerName: string): void {
  async function start(t: TestContext) {
    const folder = mkdtempSync(join(tmpdir(), 'nine-hops-mqtt-'));
    const broker = brokerFor(brokerName, folder);
    const w = wire();
    const address = await broker.start();
    const [b, c] = [
      await mqttTap({ from: 'service-b', to: 'bus' }, w.witness, address),
      await mqttTap({ from: 'service-c', to: 'bus' }, w.witness, address),
    ];
    const clients: MqttClient[] = [];
    const enter = async (tap: typeof b, options: IClientOptions = {}): Promise<MqttClient> => {
      const client = await mqtt.connectAsync(tap.url, { reconnectPeriod: 20, ...options });
      client.on('error', () => undefined);
      clients.push(client);
      return client;
    };
    t.after(async () => {
      await Promise.all(clients.map((client) => client.endAsync(true)));
      await Promise.all([b.close(), c.close()]);
      await broker.kill();
      w.close();
      rmSync(folder, { recursive: true, force: true });
    });
    const hop = (name: string, times = 1): Promise<Line | undefined> => {
      const seen = (): boolean => w.hops().filter((h) => h === name).length >= times;
      return w.journal.waitFor(() => seen(), { timeout: 10_000 });
    };
    return { ...w, b, c, join: enter, hop };
  }

  test('publish, delivery and both acknowledgements are seen, with topic and QoS', async (t) => {
    const { b, c, join: on, hop, hops, journal, runs } = await start(t);
    const run = runs.begin({ action: 'a', id: 'o-1', startAt: 0 });
    const subscriber = await on(c, { clientId: 'c', clean: false });
    await subscriber.subscribeAsync('orders', { qos: 1 });
    const publisher = await on(b);
    await publisher.publishAsync('orders', '{"id":"o-1"}', { qos: 1 });
    await hop('mqtt.puback.service-c.bus');
    const expected = [
      'mqtt.publish.service-b.bus',
      'mqtt.puback.bus.service-b',
      'mqtt.deliver.bus.service-c',
      'mqtt.puback.service-c.bus',
    ];
    assert.deepEqual(hops().toSorted(), expected.toSorted());
    assert.equal(run.hops.length, 4, 'acknowledgements belong to the run of what they acknowledge');
    const publish = journal.lines.find((l) => l.type === 'hop' && l.kind === 'publish');
    assert.deepEqual(publish?.type === 'hop' && publish.facts, {
      topic: 'orders',
      qos: 1,
      dup: false,
      retain: false,
      payload: '{"id":"o-1"}',
      // Type and length 2, the topic's length 2, the topic 6, the packet's id 2, the payload 12.
      bytes: 24,
    });
  });

  test('a session is noted: client id, clean or kept, present or not', async (t) => {
    const { c, join: on, notes } = await start(t);
    const first = await on(c, { clientId: 'kept', clean: false });
    await first.subscribeAsync('orders', { qos: 1 });
    await first.endAsync();
    await on(c, { clientId: 'kept', clean: false });
    assert.deepEqual(
      notes('connack').map((note) => note.facts?.['sessionPresent']),
      [false, true],
    );
    for (const [what, times] of [
      ['connect', 2],
      ['connack', 2],
      ['suback', 1],
    ] as const)
      assert.deepEqual(
        notes(what).map((note) => note.facts?.['clientId']),
        Array.from({ length: times }, () => 'kept'),
      );
  });

  test('a packet that is held stays until it is let go, and those behind it wait', async (t) => {
    const { b, c, join: on, hop, hops } = await start(t);
    const subscriber = await on(c);
    await subscriber.subscribeAsync('orders', { qos: 1 });
    const publisher = await on(b);
    const { promise: held, resolve: reached } = Promise.withResolvers<void>();
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    b.rules.inject({
      direction: 'up',
      kind: 'publish',
      text: 'first',
      fault: {
        kind: 'hold',
        reached: () => {
          reached();
          return released;
        },
      },
    });
    const both = [
      publisher.publishAsync('orders', 'first', { qos: 1 }),
      publisher.publishAsync('orders', 'second', { qos: 1 }),
    ];
    await held;
    assert.deepEqual(hops(), [], 'a held packet has not crossed');
    release();
    await Promise.all(both);
    await hop('mqtt.deliver.bus.service-c', 2);
  });

  test('a packet that is held goes on when the rules are cleared', async (t) => {
    const { b, join: on } = await start(t);
    const publisher = await on(b);
    const { promise: held, resolve: reached } = Promise.withResolvers<void>();
    const never = new Promise(() => undefined);
    const fault = { kind: 'hold', reached: () => (reached(), never) } as const;
    b.rules.inject({ direction: 'up', kind: 'publish', fault });
    const published = publisher.publishAsync('orders', 'first', { qos: 1 });
    await held;
    b.rules.clear();
    await published;
  });

  test('a dropped PUBACK and a cut connection: the event comes again in the kept session', async (t) => {
    const { c, b, join: on, hop, journal } = await start(t);
    const subscriber = await on(c, { clientId: 'again', clean: false });
    await subscriber.subscribeAsync('orders', { qos: 1 });
    const rule = c.rules.inject({
      direction: 'up',
      kind: 'puback',
      first: 1,
      fault: { kind: 'drop' },
    });
    const publisher = await on(b);
    await publisher.publishAsync('orders', 'x', { qos: 1 });
    const dropped = (line: Line): boolean => line.type === 'note' && line.what === 'fault';
    await journal.waitFor(dropped, { timeout: 10_000 });
    c.cut();
    await hop('mqtt.deliver.bus.service-c', 2);
    await hop('mqtt.puback.service-c.bus');
    assert.equal(rule.hits, 1);
  });

  test('a repeated delivery is marked DUP', async (t) => {
    const { b, c, join: on, hop, journal } = await start(t);
    const subscriber = await on(c);
    await subscriber.subscribeAsync('orders', { qos: 1 });
    c.rules.inject({ direction: 'down', kind: 'deliver', first: 1, fault: { kind: 'repeat' } });
    const dups: boolean[] = [];
    subscriber.on('message', (_topic, _payload, packet) => dups.push(packet.dup));
    await (await on(b)).publishAsync('orders', 'x', { qos: 1 });
    await hop('mqtt.deliver.bus.service-c', 2);
    await hop('mqtt.puback.service-c.bus', 2);
    assert.deepEqual(dups, [false, true]);
    assert.ok(journal.lines.some((line) => line.type === 'note' && line.what === 'fault'));
  });

  test('a delayed packet comes later, a shut tap answers once it is opened', async (t) => {
    const { b, join: on, journal } = await start(t);
    b.shut();
    const connecting = on(b);
    b.open();
    const publisher = await connecting;
    b.rules.inject({ direction: 'up', kind: 'publish', fault: { kind: 'delay', ms: 60 } });
    const began = journal.now();
    await publisher.publishAsync('orders', 'x', { qos: 1 });
    assert.ok(journal.now() - began >= 55);
  });

  test('what is no MQTT is noted, and the connection ends', async (t) => {
    const { b, notes } = await start(t);
    const socket = connect(Number(new URL(b.url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(Buffer.from([0x00, 0x02, 0x00, 0x00]));
    await once(socket, 'close');
    assert.equal(notes('malformed').length, 1);
  });

  test('a broker that is gone refuses; a new one serves the same address of the tap', async (t) => {
    const { b, join: on } = await start(t);
    const address = b.upstream;
    b.upstream = undefined;
    const refused = mqtt.connect(b.url, { reconnectPeriod: 0 });
    await new Promise<void>((resolve) => {
      refused.once('close', () => resolve());
    });
    refused.end(true);
    b.upstream = address;
    const client = await on(b);
    assert.ok(client.connected);
  });
}
