import type { Graded } from '../grade/load.ts';
import { settle } from '../grade/settle.ts';
import type { ActionParams } from '../run/define.ts';
import { startLab } from '../run/running-lab.ts';
import { solutionSource } from '../run/sources.ts';
import type { Crossed } from '../wire/witness.ts';
import { circumstances, type Circumstances } from './circumstances.ts';

/** `labs/NN/packets.json`: one real message of each kind on each edge, as its bytes. */
export interface Packets extends Circumstances {
  format: 1;
  lab: string;
  /** By `<from> to <to>, <kind>`: an HTTP message as text, an MQTT packet as hex digits. */
  messages: Record<string, { text: string } | { hex: string }>;
}

/** What only the start of a connection brings; all else is taken from an action. */
const handshake = new Set(['connect', 'connack', 'subscribe', 'suback']);

const keyOf = ({ from, to, kind }: Crossed): string => `${from} to ${to}, ${kind}`;

/** Runs each of a lab's actions once on its solution, and keeps a message of each kind. */
export async function recordPackets({ lab, flows }: Graded): Promise<Packets> {
  const seen = new Map<string, Crossed>();
  const keep = (message: Crossed): void => {
    const key = keyOf(message);
    // The first of a connection, and the last of what comes again: the warm-up’s comes before the user’s.
    if (!handshake.has(message.kind) || !seen.has(key))
      seen.set(key, { ...message, bytes: Buffer.from(message.bytes) });
  };
  const source = solutionSource(lab);
  const running = await startLab(lab, { source, seed: 'packets', onBytes: keep });
  try {
    const last = new Map<string, ActionParams>();
    for (const { id, example, flow, flowNow } of lab.actions) {
      running.scope(id);
      const { params, value } = example(
        (prefix) => running.random(prefix),
        (other) => last.get(other),
      );
      last.set(id, params);
      const follows = flows.find((f) => f.id === (flowNow?.(running.listening()) ?? flow))!;
      const { run } = await running.act(id, params, { ...(value && { value }) });
      await settle(running, run, follows);
      running.witness.runs.endAll();
      await running.calm();
    }
  } finally {
    await running.stop();
  }
  const messages = [...seen.entries()]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([key, { via, bytes }]) => [
      key,
      via === 'http' ? { text: bytes.toString() } : { hex: bytes.toString('hex') },
    ]);
  return {
    format: 1,
    lab: lab.slug,
    ...circumstances(),
    messages: Object.fromEntries(messages) as Packets['messages'],
  };
}
