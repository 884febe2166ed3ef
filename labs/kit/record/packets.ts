import type { Graded } from '../grade/load.ts';
import { settle } from '../grade/settle.ts';
import type { ActionParams } from '../run/define.ts';
import { startLab } from '../run/running-lab.ts';
import { solutionSource } from '../run/sources.ts';
import type { Crossed, Feed } from '../wire/witness.ts';
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

/** An edge that nobody answers on is not waited for any longer, in milliseconds. */
const patience = 20_000;

/** Counts replies on edges that are polled: with news or without, each is part of a lesson. */
class Polls {
  readonly #feeds: readonly Feed[];
  readonly #missing = new Map<Feed, number>();
  #done = (): void => undefined;

  constructor(feeds: readonly Feed[]) {
    this.#feeds = feeds;
  }

  saw({ via, from, to }: Crossed): void {
    for (const feed of this.#feeds)
      if (via === 'http' && from === feed.server && to === feed.client)
        this.#missing.set(feed, (this.#missing.get(feed) ?? 0) - 1);
    if (this.#isDone()) this.#done();
  }

  /**
   * Waits until each was answered twice more: the first may bring what has just happened, the second
   * says that there is nothing new.
   */
  async answered(): Promise<void> {
    for (const feed of this.#feeds) this.#missing.set(feed, 2);
    if (this.#isDone()) return;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = setTimeout(() => reject(new Error('[record] a poll was not answered')), patience);
    this.#done = resolve;
    await promise.finally(() => clearTimeout(timer));
  }

  #isDone(): boolean {
    return this.#feeds.every((feed) => (this.#missing.get(feed) ?? 0) <= 0);
  }
}

/** Runs each of a lab's actions once on its solution, and keeps a message of each kind. */
export async function recordPackets({ lab, flows }: Graded): Promise<Packets> {
  const seen = new Map<string, Crossed>();
  const polls = new Polls(lab.feeds ?? []);
  const keep = (message: Crossed): void => {
    const key = keyOf(message);
    // The first of a connection, and the last of what comes again: the warm-up’s comes before the user’s.
    if (!handshake.has(message.kind) || !seen.has(key))
      seen.set(key, { ...message, bytes: Buffer.from(message.bytes) });
    polls.saw(message);
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
    await polls.answered();
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
