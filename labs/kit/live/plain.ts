import { stripVTControlCharacters } from 'node:util';
import type { LiveEvent } from './events.ts';

// All but tab and line feed: the others move a terminal's cursor, rename its window, or worse.
// oxlint-disable-next-line no-control-regex
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** Text that is only text: without the sequences that a terminal obeys. */
export const plainText = (text: string): string =>
  stripVTControlCharacters(text).replaceAll(controls, '');

/**
 * An event whose texts are only text. What a service prints, replies, throws or publishes may hold
 * sequences that a terminal obeys.
 */
export const plain = (event: LiveEvent): LiveEvent =>
  JSON.parse(JSON.stringify(event), (_, value: unknown) =>
    typeof value === 'string' ? plainText(value) : value,
  ) as LiveEvent;
