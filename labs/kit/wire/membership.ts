import type { Line } from './journal.ts';

/** Which components take part on the bus. One that never subscribed is in neither set. */
export interface Membership {
  /** Have subscribed, and not left since. One whose connection broke takes part: it will be back. */
  listening: Set<string>;
  /** Had subscribed and have left: by an UNSUBSCRIBE, or by a session that begins clean. */
  left: Set<string>;
}

/**
 * Who takes part on the bus, as the taps saw it: told by what clients did, not by what the bus still
 * knows. A CONNECT with a clean session discards the subscriptions before it (MQTT 3.1.1, section
 * 3.1.2.4); a SUBACK grants one (3.9). A component may have several clients, by their ids: a clean
 * session of one says nothing about what the bus keeps for another.
 * @param lines the journal, from its beginning
 */
export function membership(lines: readonly Line[]): Membership {
  const [listening, left] = [new Set<string>(), new Set<string>()];
  /** Of each component the ids of its clients that listen, and whether their sessions are clean. */
  const clients = new Map<string, Map<unknown, boolean>>();
  const cleanIds = new Set<unknown>();
  for (const line of lines) {
    if (line.type !== 'note') continue;
    const { component, what, facts } = line;
    const [own, id] = [clients.get(component) ?? new Map<unknown, boolean>(), facts?.['clientId']];
    if (what === 'suback') {
      clients.set(component, own.set(id, cleanIds.has(id)));
      listening.add(component);
      left.delete(component);
    } else if (what === 'unsubscribe') own.delete(id);
    else if (what === 'connect' && facts?.['clean'] === true) {
      cleanIds.add(id);
      for (const [other, isClean] of own) if (other === id || isClean) own.delete(other);
    } else if (what === 'connect') cleanIds.delete(id);
    if (own.size === 0 && listening.delete(component)) left.add(component);
  }
  return { listening, left };
}
