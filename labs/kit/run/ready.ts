import type { Journal, Line, NoteLine } from '../wire/journal.ts';
import { membership } from '../wire/membership.ts';
import type { Lab } from './define.ts';

/**
 * Whether a note is about a second client of a component, beside the one that it was started with: by its
 * id, which is the other’s with something behind it. Whatever else a client calls itself, it is the one.
 * @param clientId the id that the component was given
 */
export function isSecond({ facts }: NoteLine, clientId: string): boolean {
  const id = facts?.['clientId'];
  return typeof id === 'string' && id !== clientId && id.startsWith(clientId);
}

/** Connected: the bus has accepted the client (CONNACK code 0; MQTT 3.1.1, section 3.2.2.3). */
const isConnected = ({ what, facts }: NoteLine): boolean =>
  what === 'connack' && facts?.['code'] === 0;

/** Subscribed now, or back in a session that the bus has kept: its subscriptions stand. */
const isSubscribed = ({ what, facts }: NoteLine): boolean =>
  what === 'suback' || (what === 'connack' && facts?.['sessionPresent'] === true);

interface Wait {
  clientId: (component: string) => string;
  timeout: number;
  since: number;
}

/**
 * Waits until the bus's clients are connected, and those of them that are consumers have subscribed;
 * false if one is not in time.
 * @param clientId the id that a component was given: a second client of it, beside that one, says nothing
 * @param timeout in milliseconds
 * @param since where in the journal to look from
 */
export async function areReady(
  journal: Journal,
  clients: readonly string[],
  { consumers, clientId, timeout, since }: Pick<Lab, 'consumers'> & Wait,
): Promise<boolean> {
  const waits = clients.map((client) => {
    const isConsumer = consumers.some(({ component }) => component === client);
    const isThere = isConsumer ? isSubscribed : isConnected;
    const own = clientId(client);
    const isReady = (line: Line): boolean =>
      line.type === 'note' && line.component === client && !isSecond(line, own) && isThere(line);
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
