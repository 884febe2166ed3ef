import type { Line } from './journal.ts';

/** Which clients of the bus take part. One that never subscribed is in neither set. */
export interface Membership {
  /** Have subscribed, and not left since. One whose connection broke takes part: it will be back. */
  listening: Set<string>;
  /** Had subscribed and have left: by an UNSUBSCRIBE, or by a session that begins clean. */
  left: Set<string>;
}

/**
 * Who takes part on the bus, as the taps saw it: told by what clients did, not by what the bus still
 * knows. A CONNECT with a clean session discards the subscriptions before it (MQTT 3.1.1, section
 * 3.1.2.4); a SUBACK grants one (3.9).
 * @param lines the journal, from its beginning
 */
export function membership(lines: readonly Line[]): Membership {
  const [listening, left] = [new Set<string>(), new Set<string>()];
  for (const line of lines) {
    if (line.type !== 'note') continue;
    const { component, what, facts } = line;
    if (what === 'suback') {
      listening.add(component);
      left.delete(component);
    } else if (what === 'unsubscribe' || (what === 'connect' && facts?.['clean'] === true)) {
      if (listening.delete(component)) left.add(component);
    }
  }
  return { listening, left };
}
