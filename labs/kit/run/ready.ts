import type { Line, NoteLine } from '../wire/journal.ts';

/** A note of a kind about a component. */
export const isNote =
  (component: string, what: string) =>
  (line: Line): boolean =>
    line.type === 'note' && line.component === component && line.what === what;

/** Subscribed now, or back in a session that the bus has kept: its subscriptions stand. */
export const isSubscribed =
  (component: string) =>
  (line: Line): boolean =>
    isNote(component, 'suback')(line) ||
    (isNote(component, 'connack')(line) && (line as NoteLine).facts?.['sessionPresent'] === true);
