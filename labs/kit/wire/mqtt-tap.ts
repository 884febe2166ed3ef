import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { parser, type Packet } from 'mqtt-packet';
import { Frames } from './frames.ts';
import type { Edge } from './http-tap.ts';
import { MqttRules, type CrossingPacket, type Direction } from './mqtt-rules.ts';
import type { HopLine } from './journal.ts';
import type { Run } from './runs.ts';
import type { Witness } from './witness.ts';

/** Where the broker listens. */
export interface Address {
  host: string;
  port: number;
}

export interface MqttTap extends Edge {
  readonly url: string;
  readonly rules: MqttRules;
  /** The broker; undefined while it is down: connections are refused. */
  upstream: Address | undefined;
  /** Holds new connections, unanswered, until `open` is called. */
  shut(): void;
  open(): void;
  /** Cuts every connection through this tap. */
  cut(): void;
  close(): Promise<void>;
}

interface Published {
  text: string;
  run: Run | undefined;
}

/**
 * Starts a TCP proxy between one MQTT client and the broker, whichever broker it is. It parses a copy
 * of each packet, journals it, and forwards the original bytes; a publisher's or consumer's claim is
 * looked up while the packet is held.
 */
export async function mqttTap(edge: Edge, witness: Witness, upstream?: Address): Promise<MqttTap> {
  const rules = new MqttRules();
  const sockets = new Set<Socket>();
  let waiting: Socket[] | undefined;

  const server = createServer({ noDelay: true }, (client) => {
    sockets.add(client);
    client.on('close', () => sockets.delete(client)).on('error', () => client.destroy());
    if (waiting) waiting.push(client);
    else join(client);
  });

  function join(client: Socket): void {
    const address = tap.upstream;
    if (!address || client.destroyed) return void client.destroy();
    const broker = connect({ ...address, noDelay: true });
    const session = new Session(edge, witness, rules);
    session.pump('up', client, broker);
    session.pump('down', broker, client);
    client.on('close', () => {
      session.closed();
      broker.destroy();
    });
    broker.on('close', () => client.destroy()).on('error', () => client.destroy());
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const tap: MqttTap = {
    ...edge,
    url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`,
    rules,
    upstream,
    shut: () => (waiting ??= []),
    open: () => {
      const held = waiting ?? [];
      waiting = undefined;
      held.forEach(join);
    },
    cut: () => sockets.forEach((socket) => socket.destroy()),
    close: () => close(server, sockets),
  };
  return tap;
}

function close(server: Server, sockets: Set<Socket>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    sockets.forEach((socket) => socket.destroy());
  });
}

/** One connection: both directions, and the packets that still wait for their acknowledgement. */
class Session {
  readonly #edge: Edge;
  readonly #witness: Witness;
  readonly #rules: MqttRules;
  readonly #inflight = {
    up: new Map<number, Published>(),
    down: new Map<number, Published>(),
  };
  #connected = false;
  #clientId = '';

  constructor(edge: Edge, witness: Witness, rules: MqttRules) {
    this.#edge = edge;
    this.#witness = witness;
    this.#rules = rules;
  }

  /** Moves packets from one socket to the other, in order; a held packet holds those behind it. */
  pump(direction: Direction, from: Socket, to: Socket): void {
    const frames = new Frames();
    const parse = parser();
    let packet: Packet | undefined;
    parse.on('packet', (parsed) => (packet = parsed));
    parse.on('error', () => (packet = undefined));
    let line: Promise<void> | undefined;
    const one = (bytes: Buffer): Promise<void> | undefined => {
      packet = undefined;
      parse.parse(bytes);
      if (!packet) {
        this.#note('malformed', `${bytes.length} bytes that are no MQTT packet`);
        from.destroy();
        to.destroy();
        return undefined;
      }
      return this.#cross(direction, packet, bytes, { from, to });
    };
    from.on('data', (data: Buffer) => {
      let packets: Buffer[] = [];
      try {
        packets = frames.push(data);
      } catch (error) {
        this.#note('malformed', (error as Error).message);
        from.destroy();
      }
      for (const bytes of packets) {
        const mine = line ? line.then(() => one(bytes)) : one(bytes);
        line = mine;
        mine?.then(
          () => mine === line && (line = undefined),
          () => from.destroy(),
        );
      }
      if (to.writableNeedDrain) {
        from.pause();
        to.once('drain', () => from.resume());
      }
    });
  }

  closed(): void {
    if (this.#connected) this.#note('close');
  }

  /** Decides, journals and forwards one packet. Returns a promise only if the packet is held. */
  #cross(
    direction: Direction,
    packet: Packet,
    bytes: Buffer,
    { from, to }: { from: Socket; to: Socket },
  ): Promise<void> | undefined {
    const crossing = this.#identify(direction, packet);
    const fault = this.#rules.take(crossing);
    if (fault) this.#note('fault', `${fault.kind} ${crossing.kind}`);
    const go = (): void => {
      // What was held while its connection broke never crossed.
      if (from.destroyed || to.destroyed) return;
      this.#journal(direction, packet, crossing, bytes.length);
      const { from: client, to: bus } = this.#edge;
      const ends = direction === 'up' ? { from: client, to: bus } : { from: bus, to: client };
      this.#witness.crossed?.({ via: 'mqtt', kind: packet.cmd, ...ends, bytes });
      to.write(bytes);
    };
    if (fault?.kind === 'drop') return undefined;
    if (fault?.kind === 'cut') return void to.destroy();
    if (fault?.kind === 'delay')
      return new Promise<void>((resolve) => setTimeout(resolve, fault.ms)).then(go);
    if (fault?.kind === 'hold') return this.#rules.held(fault, crossing).then(go);
    go();
    if (fault?.kind === 'repeat' && !to.destroyed) {
      const again = Buffer.from(bytes);
      again[0] = again[0]! | 0b1000;
      this.#journal(direction, packet, crossing, again.length);
      to.write(again);
    }
    return undefined;
  }

  #identify(direction: Direction, packet: Packet): CrossingPacket {
    if (packet.cmd === 'publish') {
      const text = `${packet.topic} ${packet.payload.toString()}`;
      return { kind: direction === 'up' ? 'publish' : 'deliver', direction, text };
    }
    if (packet.cmd === 'puback') {
      const acknowledged = this.#inflight[direction === 'up' ? 'down' : 'up'];
      const text = acknowledged.get(packet.messageId ?? 0)?.text ?? '';
      return { kind: 'puback', direction, text };
    }
    return { kind: packet.cmd, direction, text: '' };
  }

  #journal(
    direction: Direction,
    packet: Packet,
    { kind, text }: CrossingPacket,
    bytes: number,
  ): void {
    const { from: client, to: bus, ...which } = this.#edge;
    const [from, to] = direction === 'up' ? [client, bus] : [bus, client];
    if (packet.cmd === 'publish') {
      const { qos, dup, retain, topic, payload } = packet;
      const run = this.#witness.sees({
        via: 'mqtt',
        kind,
        from,
        to,
        ...which,
        text,
        detail: `${topic}, QoS ${qos}${dup ? ', DUP' : ''}${retain ? ', retained' : ''}`,
        facts: { topic, qos, dup, retain, payload: payload.toString().slice(0, 4_096), bytes },
      });
      if (packet.messageId) this.#inflight[direction].set(packet.messageId, { text, run });
    } else if (packet.cmd === 'puback') {
      const acknowledged = this.#inflight[direction === 'up' ? 'down' : 'up'];
      const { run } = acknowledged.get(packet.messageId ?? 0) ?? {};
      const facts = { bytes };
      this.#witness.sees({ via: 'mqtt', kind: 'puback', from, to, ...which, text, run, facts });
      acknowledged.delete(packet.messageId ?? 0);
    } else this.#handshake(packet);
  }

  #handshake(packet: Packet): void {
    if (packet.cmd === 'connect') {
      this.#connected = true;
      this.#clientId = packet.clientId;
      const facts = { clientId: packet.clientId, clean: packet.clean ?? true };
      this.#note('connect', `${packet.clientId}, clean ${facts.clean}`, facts);
    } else if (packet.cmd === 'connack') {
      const facts = {
        code: packet.returnCode ?? packet.reasonCode ?? 0,
        sessionPresent: packet.sessionPresent,
        clientId: this.#clientId,
      };
      this.#note('connack', `session present: ${packet.sessionPresent}`, facts);
    } else if (packet.cmd === 'subscribe') {
      for (const { topic, qos } of packet.subscriptions)
        this.#note('subscribe', `${topic}, QoS ${qos}`, { topic, qos });
    } else if (packet.cmd === 'suback') {
      const granted = (packet.granted as number[]).join(', ');
      this.#note('suback', `granted ${granted}`, { granted, clientId: this.#clientId });
    } else if (packet.cmd === 'unsubscribe')
      this.#note(packet.cmd, undefined, { clientId: this.#clientId });
    else if (packet.cmd === 'disconnect') this.#note(packet.cmd);
  }

  #note(what: string, detail?: string, facts?: HopLine['facts']): void {
    const { from, instance } = this.#edge;
    this.#witness.journal.note(from, what, detail, {
      ...(facts && { facts }),
      ...(instance !== undefined && { instance }),
    });
  }
}
