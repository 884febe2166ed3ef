import type { LiveEvent } from '../../../labs/kit/live/events.ts';
import type { Course } from './course.ts';

/** What a project page does, without a browser: it has the cookie, follows a lab and asks for things. */
export interface FakePage {
  post: (what: string) => Promise<Response>;
  get: (path: string) => Promise<Response>;
  /** Resolves with the first event, of those to come and those that came, that matches. */
  heard: (matches: (event: LiveEvent) => boolean) => Promise<LiveEvent>;
  /** From now on only what is still to come counts. */
  forget: () => void;
  close: () => void;
}

/** Opens the printed address, then follows lab `slug`. */
export async function openPage({ invitation, address }: Course, slug: string): Promise<FakePage> {
  const welcome = await fetch(invitation, { redirect: 'manual' });
  const cookie = welcome.headers.get('set-cookie')?.split(';')[0] ?? '';
  const headers = { cookie, origin: address };
  const aborting = new AbortController();
  const stream = await fetch(`${address}/api/labs/${slug}/events`, {
    headers,
    signal: aborting.signal,
  });
  if (!stream.ok) throw new Error(`[events] got ${stream.status}: ${await stream.text()}`);
  const events: LiveEvent[] = [];
  const waiting = new Set<() => void>();
  void read(stream, (event) => {
    events.push(event);
    for (const look of waiting) look();
  });
  return {
    post: (what) => fetch(`${address}/api/labs/${slug}/${what}`, { method: 'POST', headers }),
    get: (path) => fetch(`${address}/api${path}`, { headers }),
    heard: (matches) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = events.find(matches);
          if (!found) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    forget: () => void events.splice(0),
    close: () => aborting.abort(),
  };
}

/** Reads server-sent events, one JSON text a message, until the stream ends. */
async function read(stream: Response, onEvent: (event: LiveEvent) => void): Promise<void> {
  let rest = '';
  try {
    for await (const chunk of stream.body!.pipeThrough(new TextDecoderStream())) {
      const messages = (rest + chunk).split('\n\n');
      rest = messages.pop()!;
      for (const message of messages) {
        const data = /^data: (\{.*)$/m.exec(message)?.[1];
        if (data !== undefined) onEvent(JSON.parse(data) as LiveEvent);
      }
    }
  } catch {
    // Closed by either side.
  }
}
