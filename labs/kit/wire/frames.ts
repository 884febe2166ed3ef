/**
 * Cuts a byte stream into MQTT control packets without changing a byte: one byte of type and flags,
 * then the remaining length in one to four bytes (MQTT 3.1.1, section 2.2).
 */
export class Frames {
  #rest: Buffer = Buffer.alloc(0);

  /** Adds bytes; returns the packets that are now complete. Throws on a malformed length. */
  push(bytes: Buffer): Buffer[] {
    let rest = this.#rest.length > 0 ? Buffer.concat([this.#rest, bytes]) : bytes;
    const packets: Buffer[] = [];
    for (;;) {
      const size = packetSize(rest);
      if (size === undefined || rest.length < size) break;
      packets.push(rest.subarray(0, size));
      rest = rest.subarray(size);
    }
    this.#rest = rest;
    return packets;
  }
}

/** The length of the packet at the start of `bytes`, header included; undefined if it is not yet known. */
function packetSize(bytes: Buffer): number | undefined {
  let length = 0;
  for (let i = 1; i <= 4; i += 1) {
    const byte = bytes[i];
    if (byte === undefined) return undefined;
    length += (byte & 127) * 128 ** (i - 1);
    if (byte < 128) return 1 + i + length;
  }
  throw new Error('[mqtt tap] malformed packet: got a remaining length of more than 4 bytes');
}
