import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Address } from '../wire/mqtt-tap.ts';
import { findMosquitto, mosquittoMissing } from './find-mosquitto.ts';
import { kill, launchNode, launchProgram, type Launched } from './launch.ts';

/** The event bus: an MQTT broker that a lab starts, kills and brings back. */
export interface Broker {
  readonly name: string;
  /** False for a broker that is not ours: it can't be killed. */
  readonly ours: boolean;
  /**
   * Starts it and resolves with its address once it accepts connections.
   * @param onEnd called when one of ours ends and nobody has killed it
   */
  start(onEnd?: () => void): Promise<Address>;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
}

/**
 * The broker that `BROKER_URL` names, else the embedded one.
 * @param url `mqtt://host:port`, `mosquitto` for one of our own, or undefined for aedes
 * @param folder where a broker of ours keeps its files
 * @throws if the URL can't be read, or Mosquitto is asked for and not installed
 */
export function brokerFor(url: string | undefined, folder: string): Broker {
  if (!url || url === 'aedes') return aedes();
  if (url === 'mosquitto') return mosquitto(folder);
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw new Error(
      `[broker] BROKER_URL can't be read: got ${url}, expected an address. Try: BROKER_URL=mqtt://127.0.0.1:1883`,
    );
  }
  if (parsed.protocol !== 'mqtt:')
    throw new Error(
      `[broker] BROKER_URL has the wrong scheme: got ${parsed.protocol}, expected mqtt: (TLS and WebSocket are not supported). Try: BROKER_URL=mqtt://127.0.0.1:1883`,
    );
  const address = { host: parsed.hostname, port: Number(parsed.port || 1883) };
  return {
    name: `${address.host}:${address.port}`,
    ours: false,
    start: () => accepts(address).then(() => address),
    kill: () => Promise.reject(new Error(`[broker] ${url} is not ours to kill`)),
  };
}

/** aedes, the embedded default: sessions live in its memory and go with its process. */
function aedes(): Broker {
  let running: Launched | undefined;
  return {
    name: 'aedes',
    ours: true,
    async start(onEnd) {
      const launched = launchNode(join(import.meta.dirname, 'aedes-process.ts'), []);
      running = launched;
      const started = once(launched.child, 'message') as Promise<[{ port: number }]>;
      const first = await Promise.race([started, launched.ended.then(() => undefined)]);
      if (!first) throw new Error(`[broker] aedes did not start: ${launched.stderr.join('\n')}`);
      void launched.ended.finally(() => running === launched && onEnd?.());
      return { host: '127.0.0.1', port: first[0].port };
    },
    async kill() {
      const launched = running;
      running = undefined;
      if (launched) await kill(launched);
    },
  };
}

/**
 * Mosquitto, with a file and a port of its own. It saves after each change, since `persistence true`
 * alone loses everything on `kill -9`.
 */
function mosquitto(folder: string): Broker {
  const program = findMosquitto();
  if (!program)
    throw new Error(
      `[broker] Mosquitto is missing: got none on the PATH. Try: ${mosquittoMissing}`,
    );
  let running: Launched | undefined;
  let port: number | undefined;
  return {
    name: 'mosquitto',
    ours: true,
    async start(onEnd) {
      port ??= await freePort();
      const config = join(folder, 'mosquitto.conf');
      mkdirSync(folder, { recursive: true });
      writeFileSync(config, mosquittoConfig(port, folder));
      const launched = launchProgram(program, ['-c', config]);
      running = launched;
      const address = { host: '127.0.0.1', port };
      const ended = new AbortController();
      const up = await Promise.race([
        accepts(address, ended.signal).then(() => true),
        launched.ended.then(() => false),
      ]);
      ended.abort();
      if (!up) throw new Error(`[broker] mosquitto did not start: ${launched.stderr.join('\n')}`);
      void launched.ended.finally(() => running === launched && onEnd?.());
      return address;
    },
    async kill() {
      const launched = running;
      running = undefined;
      if (launched) await kill(launched);
    },
  };
}

const mosquittoConfig = (port: number, folder: string): string => `listener ${port} 127.0.0.1
allow_anonymous true
set_tcp_nodelay true
persistence true
persistence_location ${folder}/
autosave_interval 1
autosave_on_changes true
max_queued_messages 0
${process.getuid?.() === 0 ? 'user root\n' : ''}`;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Resolves once a connection is accepted, or nobody waits any longer; gives up after ten seconds. */
async function accepts(address: Address, signal?: AbortSignal): Promise<void> {
  const giveUp = performance.now() + 10_000;
  for (;;) {
    const ok = await new Promise<boolean>((resolve) => {
      const socket = connect(address, () => {
        socket.destroy();
        resolve(true);
      });
      // A port tells nobody when it opens: ask again a little later, not at once.
      socket.on('error', () => setTimeout(resolve, 10, false));
    });
    if (ok || signal?.aborted) return;
    if (performance.now() > giveUp)
      throw new Error(
        `[broker] nobody answers: got no connection to ${address.host}:${address.port} in 10 s, expected an MQTT broker. Try: start it, or unset BROKER_URL to use the embedded one.`,
      );
  }
}
