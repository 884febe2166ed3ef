import type { Packet } from 'mqtt-packet';

/** `up`: from the client to the broker. `down`: from the broker to the client. */
export type Direction = 'up' | 'down';

/** What a packet means on its edge. A `publish` that comes down is a `deliver`. */
export type PacketKind = Packet['cmd'] | 'deliver';

/**
 * What an MQTT tap does to a packet.
 * - `hold`: calls `reached`, and waits for what it returns, or until the rules are cleared, before the
 *   packet goes on
 * - `delay`: waits `ms`
 * - `drop`: forgets it
 * - `repeat`: sends it twice, the second time marked DUP
 * - `cut`: forgets it and cuts the connection
 */
export type MqttFault =
  | { kind: 'hold'; reached: (packet: CrossingPacket) => Promise<unknown> | void }
  | { kind: 'delay'; ms: number }
  | { kind: 'drop' }
  | { kind: 'repeat' }
  | { kind: 'cut' };

export interface CrossingPacket {
  kind: PacketKind;
  direction: Direction;
  /** Topic and payload; for an acknowledgement, those of the packet that it acknowledges. */
  text: string;
}

/** A fault for the first N packets of a kind whose text contains `text`. */
export interface MqttRule {
  direction: Direction;
  kind: PacketKind;
  text?: string;
  first?: number;
  fault: MqttFault;
}

export interface InjectedRule extends MqttRule {
  hits: number;
}

/** The faults of one client's connection, oldest first. */
export class MqttRules {
  #rules: InjectedRule[] = [];
  #cleared = Promise.withResolvers<void>();

  inject(rule: MqttRule): InjectedRule {
    const injected = { ...rule, hits: 0 };
    this.#rules.push(injected);
    return injected;
  }

  /** The fault for this packet, counted as a hit. */
  take(packet: CrossingPacket): MqttFault | undefined {
    const rule = this.#rules.find(
      (r) =>
        r.direction === packet.direction &&
        r.kind === packet.kind &&
        r.hits < (r.first ?? Infinity) &&
        packet.text.includes(r.text ?? ''),
    );
    if (rule) rule.hits += 1;
    return rule?.fault;
  }

  /** Takes all away; what they held goes on. */
  clear(): void {
    this.#rules = [];
    this.#cleared.resolve();
    this.#cleared = Promise.withResolvers();
  }

  /** Until when a packet is held: what its rule waits for, or the rules are cleared. */
  held(rule: MqttFault & { kind: 'hold' }, packet: CrossingPacket): Promise<unknown> {
    return Promise.race([rule.reached(packet), this.#cleared.promise]);
  }
}
