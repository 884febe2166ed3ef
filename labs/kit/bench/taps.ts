import { once } from 'node:events';
import { createServer, request, Agent } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import mqtt from 'mqtt';
import { brokerFor, type Broker } from '../run/broker.ts';
import { findMosquitto, mosquittoMissing } from '../run/find-mosquitto.ts';
import { httpTap } from '../wire/http-tap.ts';
import { Journal } from '../wire/journal.ts';
import { Looks } from '../wire/look.ts';
import { mqttTap } from '../wire/mqtt-tap.ts';
import { Runs } from '../wire/runs.ts';
import { Witness } from '../wire/witness.ts';

interface Row {
  name: string;
  value: string;
  aim?: string;
}

const httpRounds = 600;
const mqttMessages = 3_000;
const inflight = 50;
const turns = 5;

/**
 * Each tap against the direct path, in turns within one run, so that a machine that gets slower slows
 * both. HTTP: median latency of sequential requests. MQTT: QoS 1 messages a second, 50 in flight.
 */
export async function benchTaps(): Promise<Row[]> {
  const rows = [await benchHttp(), await benchMqtt(brokerFor(undefined, ''), '≥ 40 % of direct')];
  if (!findMosquitto())
    return [...rows, { name: 'MQTT tap, mosquitto', value: `skipped: ${mosquittoMissing}` }];
  const folder = mkdtempSync(join(tmpdir(), 'nine-hops-bench-'));
  try {
    return [...rows, await benchMqtt(brokerFor('mosquitto', folder), '≥ 70 % of direct')];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const witness = (): Witness =>
  new Witness({
    journal: new Journal(),
    runs: new Runs(),
    looks: new Looks(() => ''),
    claims: [],
    reads: [],
  });

async function benchHttp(): Promise<Row> {
  const server = createServer((req, res) => {
    req.resume();
    res.end('{"ok":true}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const tap = await httpTap({ from: 'client', to: 'server' }, witness(), port);
  const agent = new Agent({ keepAlive: true });
  const paths = { direct: `http://127.0.0.1:${port}`, tapped: tap.url };
  const times = { direct: [] as number[], tapped: [] as number[] };
  for (let turn = 0; turn <= turns; turn += 1)
    for (const path of ['direct', 'tapped'] as const)
      for (let i = 0; i < httpRounds / turns; i += 1) {
        const began = performance.now();
        await get(paths[path], agent);
        // The first turn warms up.
        if (turn > 0) times[path].push(performance.now() - began);
      }
  agent.destroy();
  await tap.close();
  server.close();
  const [direct, tapped] = [median(times.direct), median(times.tapped)];
  return {
    name: 'HTTP tap, p50 added',
    value: `${(tapped - direct).toFixed(2)} ms (${(tapped / direct).toFixed(1)} × direct ${direct.toFixed(2)} ms)`,
    aim: '≤ 0.35 ms',
  };
}

function get(url: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    request(url, { agent }, (res) => res.resume().on('end', resolve))
      .on('error', reject)
      .end();
  });
}

async function benchMqtt(broker: Broker, aim: string): Promise<Row> {
  const address = await broker.start();
  const [up, down] = await Promise.all([
    mqttTap({ from: 'publisher', to: 'bus' }, witness(), address),
    mqttTap({ from: 'subscriber', to: 'bus' }, witness(), address),
  ]);
  const direct = `mqtt://${address.host}:${address.port}`;
  const rates = { direct: [] as number[], tapped: [] as number[] };
  for (let turn = 0; turn <= turns; turn += 1)
    for (const path of ['direct', 'tapped'] as const) {
      const [pub, sub] = path === 'direct' ? [direct, direct] : [up.url, down.url];
      const rate = await throughput(pub, sub);
      if (turn > 0) rates[path].push(rate);
    }
  await Promise.all([up.close(), down.close()]);
  await broker.kill();
  const [plain, tapped] = [median(rates.direct), median(rates.tapped)];
  return {
    name: `MQTT tap, ${broker.name}`,
    value: `${Math.round((tapped / plain) * 100)} % of direct (${Math.round(tapped)} of ${Math.round(plain)} messages/s)`,
    aim,
  };
}

/** QoS 1 messages a second from a publisher to a subscriber, a fixed number in flight. */
async function throughput(pubUrl: string, subUrl: string): Promise<number> {
  const [publisher, subscriber] = await Promise.all([
    mqtt.connectAsync(pubUrl),
    mqtt.connectAsync(subUrl),
  ]);
  await subscriber.subscribeAsync('bench', { qos: 1 });
  const { promise, resolve } = Promise.withResolvers<void>();
  let received = 0;
  subscriber.on('message', () => {
    received += 1;
    if (received === mqttMessages) resolve();
  });
  const began = performance.now();
  let sent = 0;
  const worker = async (): Promise<void> => {
    while (sent < mqttMessages) {
      sent += 1;
      await publisher.publishAsync('bench', '{"id":"o-0123456789","quantity":3}', { qos: 1 });
    }
  };
  await Promise.all([promise, ...Array.from({ length: inflight }, worker)]);
  const seconds = (performance.now() - began) / 1000;
  await Promise.all([publisher.endAsync(), subscriber.endAsync()]);
  return mqttMessages / seconds;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
