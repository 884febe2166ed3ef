import type { Context } from 'hono';
import { streamSSE, type SSEStreamingApi } from 'hono/streaming';
import type { LiveEvent } from '../../../labs/kit/live/events.ts';
import type { LabDesk } from './desk.ts';

/** A browser opens six connections to an address: pages that follow a lab must leave some free. */
const most = 4;
/** How many events may wait for a page that does not read. */
const mostUnread = 20_000;
const heartbeat = 20_000;

/** The pages that follow a lab, each by server-sent events. The newest stay; the oldest must go. */
export class Streams {
  readonly #open: { close: (why: string) => void }[] = [];

  /** Answers with a stream of a desk's events, one JSON text a message. */
  open(c: Context, desk: LabDesk): Response {
    return streamSSE(c, async (stream) => {
      const end = Promise.withResolvers<void>();
      const writer = new Writer(stream, () => end.resolve());
      const stop = desk.follow((event) => writer.send(event));
      const beat = setInterval(() => writer.beat(), heartbeat).unref();
      const entry = {
        close: (why: string) => {
          writer.last(why);
          end.resolve();
        },
      };
      this.#open.push(entry);
      while (this.#open.length > most) this.#open.shift()!.close('elsewhere');
      stream.onAbort(() => end.resolve());
      await end.promise;
      stop();
      clearInterval(beat);
      await Promise.race([writer.done, after(1_000)]);
      const index = this.#open.indexOf(entry);
      if (index !== -1) this.#open.splice(index, 1);
    });
  }

  /** Ends every stream. */
  close(): void {
    for (const { close } of this.#open.splice(0)) close('over');
  }
}

const after = (ms: number): Promise<void> =>
  new Promise((resolve) => void setTimeout(resolve, ms).unref());

/** Writes events in their order, and gives a page up that has stopped reading. */
class Writer {
  done: Promise<void> = Promise.resolve();
  readonly #stream: SSEStreamingApi;
  readonly #giveUp: () => void;
  #unread = 0;

  constructor(stream: SSEStreamingApi, giveUp: () => void) {
    this.#stream = stream;
    this.#giveUp = giveUp;
  }

  send(event: LiveEvent): void {
    this.#write({ data: JSON.stringify(event) });
  }

  /** Says why nothing more will come; the page must not ask again by itself. */
  last(why: string): void {
    this.#write({ event: 'end', data: why });
  }

  beat(): void {
    this.#write({ event: 'beat', data: '' });
  }

  #write(message: { event?: string; data: string }): void {
    this.#unread += 1;
    if (this.#unread > mostUnread) return this.#giveUp();
    this.done = this.done
      .then(() => this.#stream.writeSSE(message))
      .then(() => void (this.#unread -= 1))
      .catch(() => this.#giveUp());
  }
}
