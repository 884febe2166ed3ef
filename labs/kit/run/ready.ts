import type { Journal, Line, NoteLine } from '../wire/journal.ts';

/** A note of a kind about a component. */
const isNote =
  (component: string, what: string) =>
  (line: Line): boolean =>
    line.type === 'note' && line.component === component && line.what === what;

/** Connected: the bus has accepted the client (CONNACK code 0; MQTT 3.1.1, section 3.2.2.3). */
const isConnected =
  (component: string) =>
  (line: Line): boolean =>
    isNote(component, 'connack')(line) && (line as NoteLine).facts?.['code'] === 0;

/** Subscribed now, or back in a session that the bus has kept: its subscriptions stand. */
const isSubscribed =
  (component: string) =>
  (line: Line): boolean =>
    isNote(component, 'suback')(line) ||
    (isNote(component, 'connack')(line) && (line as NoteLine).facts?.['sessionPresent'] === true);

/**
 * Waits until the bus's clients are connected, and those of them that are consumers have subscribed;
 * false if one is not in time.
 * @param since where in the journal to look from
 */
export async function areReady(
  journal: Journal,
  clients: readonly string[],
  { consumers, timeout, since }: { consumers: readonly string[]; timeout: number; since: number },
): Promise<boolean> {
  const waits = clients.map((client) => {
    const isReady = consumers.includes(client) ? isSubscribed(client) : isConnected(client);
    return journal.waitFor<NoteLine>(isReady, { timeout, since });
  });
  return (await Promise.all(waits)).every(Boolean);
}
