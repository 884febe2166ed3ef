/** What a page says when nobody answers. */
export const lost = 'The course server does not answer. Does npm start still run?';

/** What the course server says to a page: JSON, or why not. */
export async function ask<T>(path: string, method = 'GET'): Promise<T> {
  const reply = await fetch(`/api${path}`, { method }).catch(() => {
    throw new Error(lost);
  });
  if (reply.ok) return (reply.status === 202 ? undefined : await reply.json()) as T;
  const { detail } = (await reply.json().catch(() => ({}))) as { detail?: string };
  throw new Error(detail ?? `reply ${reply.status}`);
}

type Session = 'files' | 'locked' | 'open';
let known: Promise<Session> | undefined;

/**
 * `files`: nobody serves this page who could run a lab; `locked`: this browser may not; else `open`.
 * Asked once for all of a page, unless `again`.
 */
export function session(again = false): Promise<Session> {
  if (again) known = undefined;
  known ??= look();
  return known;
}

async function look(): Promise<Session> {
  try {
    const { mayRun } = await ask<{ mayRun: boolean }>('/session');
    return mayRun ? 'open' : 'locked';
  } catch {
    return 'files';
  }
}
