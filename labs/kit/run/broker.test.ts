import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmodSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { delimiter } from 'node:path';
import { describe, test } from 'node:test';
import mqtt from 'mqtt';
import { brokerFor, type Broker } from './broker.ts';
import { findMosquitto, mosquittoMissing } from './find-mosquitto.ts';
import { tempFolder } from './testing/temp-folder.ts';

for (const [url, said] of [
  ['nonsense', /BROKER_URL can't be read: got nonsense.*Try: BROKER_URL=mqtt:\/\//],
  ['127.0.0.1:1883', /BROKER_URL can't be read: got 127\.0\.0\.1:1883.*Try:/],
  ['mqtts://broker:8883', /wrong scheme: got mqtts:, expected mqtt:.*Try:/],
  ['ws://broker', /wrong scheme: got ws:, expected mqtt:.*Try:/],
  ['localhost:1883', /wrong scheme: got localhost:, expected mqtt:.*Try:/],
] as const)
  test(`BROKER_URL=${url} is an error that says what to try`, () => {
    assert.throws(() => brokerFor(url, ''), said);
  });

test('a broker that is not ours is waited for, and never killed', async (t) => {
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const broker = brokerFor(`mqtt://127.0.0.1:${port}`, '');
  assert.equal(broker.ours, false);
  assert.equal(broker.name, `127.0.0.1:${port}`);
  assert.deepEqual(await broker.start(), { host: '127.0.0.1', port });
  await assert.rejects(broker.kill(), /not ours to kill/);
  assert.ok(server.listening);
});

const missing = findMosquitto() ? false : `Mosquitto is missing. Try: ${mosquittoMissing}`;

for (const [name, skip] of [
  ['aedes', false],
  ['mosquitto', missing],
] as const)
  describe(name, { skip }, () => {
    test('starts, delivers, is killed, and starts again', async (t) => {
      const folder = tempFolder();
      t.after(folder.remove);
      const broker = brokerFor(name, folder.path);
      t.after(() => broker.kill());
      assert.equal(broker.name, name);
      assert.equal(broker.ours, true);
      for (const time of ['first', 'second']) {
        const address = await broker.start();
        assert.equal(await deliver(address.port, time), time);
        await broker.kill();
        assert.equal(await refusal(address.port), 'ECONNREFUSED');
      }
      await broker.kill();
    });
  });

test('no broker named is the embedded one', () => {
  assert.equal(brokerFor(undefined, '').name, 'aedes');
  assert.equal(brokerFor('', '').name, 'aedes');
});

test(
  'a Mosquitto that ends at once is an error with what it said',
  { skip: process.platform === 'win32' },
  async (t) => {
    const folder = tempFolder();
    const path = process.env['PATH'];
    t.after(() => {
      process.env['PATH'] = path;
      folder.remove();
    });
    chmodSync(folder.write('mosquitto', '#!/bin/sh\necho no such option >&2\nexit 3\n'), 0o755);
    process.env['PATH'] = [folder.path, path].join(delimiter);
    const broker: Broker = brokerFor('mosquitto', folder.path);
    await assert.rejects(broker.start(), /mosquitto did not start: no such option/);
  },
);

/** Sends a message through a broker and resolves with what arrives. */
async function deliver(port: number, text: string): Promise<string> {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0 });
  try {
    await client.subscribeAsync('t', { qos: 1 });
    const arrived = new Promise<string>((resolve) => {
      client.once('message', (_, payload) => resolve(payload.toString()));
    });
    await client.publishAsync('t', text, { qos: 1 });
    return await arrived;
  } finally {
    await client.endAsync();
  }
}

/** The error that a connection ends with; undefined if it is accepted. */
const refusal = (port: number): Promise<string | undefined> =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port }, () => {
      socket.destroy();
      resolve(undefined);
    });
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
  });
