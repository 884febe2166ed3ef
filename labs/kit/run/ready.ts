import type { Line, NoteLine } from '../wire/journal.ts';

/** A note of a kind about a component. */
const isNote =
  (component: string, what: string) =>
  (line: Line): boolean =>
    line.type === 'note' && line.component === component && line.what === what;

/** Connected: the bus has accepted the client (CONNACK code 0; MQTT 3.1.1, section 3.2.2.3). */
export const isConnected =
  (component: string) =>
  (line: Line): boolean =>
    isNote(component, 'connack')(line) && (line as NoteLine).facts?.['code'] === 0;

/** Subscribed now, or back in a session that the bus has kept: its subscriptions stand. */
export const isSubscribed =
  (component: string) =>
  (line: Line): boolean =>
    isNote(component, 'suback')(line) ||
    (isNote(component, 'connack')(line) && (line as NoteLine).facts?.['sessionPresent'] === true);
