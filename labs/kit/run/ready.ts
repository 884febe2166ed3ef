import type { Journal, Line, NoteLine } from '../wire/journal.ts';
import { membership } from '../wire/membership.ts';
import type { Lab } from './define.ts';

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
  { consumers, timeout, since }: Pick<Lab, 'consumers'> & { timeout: number; since: number },
): Promise<boolean> {
  const waits = clients.map((client) => {
    const isConsumer = consumers.some(({ component }) => component === client);
    const isReady = isConsumer ? isSubscribed(client) : isConnected(client);
    return journal.waitFor<NoteLine>(isReady, { timeout, since });
  });
  return (await Promise.all(waits)).every(Boolean);
}

/** Consumers that have left, where they may. */
export function haveLeft(
  { consumers }: Pick<Lab, 'consumers'>,
  lines: readonly Line[],
): Set<string> {
  const mayLeave = consumers.filter((c) => c.mayLeave).map((c) => c.component);
  if (mayLeave.length === 0) return new Set();
  const { left } = membership(lines);
  return new Set(mayLeave.filter((component) => left.has(component)));
}
