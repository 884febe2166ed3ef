/** A part of an MQTT packet. */
export interface Field {
  /** Its bytes as hex digits, in pairs; a long one is cut. */
  hex: string;
  name: string;
  /** What it says here. */
  says: string;
}

const types: Record<number, string> = {
  1: 'CONNECT',
  2: 'CONNACK',
  3: 'PUBLISH',
  4: 'PUBACK',
  8: 'SUBSCRIBE',
  9: 'SUBACK',
  12: 'PINGREQ',
  13: 'PINGRESP',
  14: 'DISCONNECT',
};
/** So many bytes of a field are shown; a longer one is cut a little before. */
const most = 12;

/**
 * Takes an MQTT 3.1.1 packet apart, field by field (OASIS MQTT 3.1.1, sections 2 and 3).
 * @param hex the whole packet
 */
export function fieldsOf(hex: string): Field[] {
  const bytes = Uint8Array.fromHex(hex);
  const fields: Field[] = [];
  let at = 0;
  const take = (length: number, name: string, says: (part: Uint8Array) => string): Uint8Array => {
    const part = bytes.subarray(at, at + length);
    at += length;
    const shown = part.length > most ? part.subarray(0, most - 2) : part;
    const pairs = [...shown].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    fields.push({ hex: part.length > most ? `${pairs} …` : pairs, name, says: says(part) });
    return part;
  };
  const number = (part: Uint8Array): number => part.reduce((sum, byte) => sum * 256 + byte, 0);
  const text = (part: Uint8Array): string => new TextDecoder().decode(part);
  const string = (name: string): void => {
    const length = number(take(2, `length of the ${name}`, (part) => String(number(part))));
    take(length, name, text);
  };
  const packetId = (): void => void take(2, 'packet id', (part) => String(number(part)));

  const first = bytes[0]!;
  const type = types[first >> 4] ?? `type ${first >> 4}`;
  const qos = (first >> 1) & 3;
  const flags = [`QoS ${qos}`, first & 8 && 'DUP', first & 1 && 'retained'].filter(Boolean);
  take(1, 'type and flags', () => (type === 'PUBLISH' ? `${type}, ${flags.join(', ')}` : type));
  const size = bytes.subarray(1).findIndex((byte) => byte < 128) + 1;
  take(
    size,
    'remaining length',
    (part) => `${part.reduce((sum, byte, i) => sum + (byte & 127) * 128 ** i, 0)} bytes follow`,
  );

  if (type === 'CONNECT') {
    string('protocol name');
    take(1, 'protocol level', ([level]) => (level === 4 ? '4: MQTT 3.1.1' : String(level)));
    take(1, 'connect flags', ([set]) =>
      set! & 2 ? 'clean session: forget what you kept for me' : 'no clean session: keep my session',
    );
    take(2, 'keep alive', (part) => `${number(part)} s: not silent for longer`);
    string('client id');
  } else if (type === 'CONNACK') {
    take(1, 'flags', ([set]) =>
      set! & 1 ? 'session present: I have yours' : 'no session: I kept none',
    );
    take(1, 'return code', ([code]) => (code === 0 ? '0: accepted' : `${code}: refused`));
  } else if (type === 'SUBSCRIBE') {
    packetId();
    while (at < bytes.length) {
      string('topic');
      take(1, 'wanted', ([wanted]) => `QoS ${wanted} at most`);
    }
  } else if (type === 'SUBACK') {
    packetId();
    while (at < bytes.length)
      take(1, 'granted', ([code]) => (code === 128 ? 'refused' : `QoS ${code} at most`));
  } else if (type === 'PUBLISH') {
    string('topic');
    if (qos > 0) packetId();
    take(bytes.length - at, 'payload', text);
  } else if (type === 'PUBACK') packetId();
  if (at < bytes.length) take(bytes.length - at, 'the rest', (part) => `${part.length} bytes`);
  return fields;
}
