import type { Architecture } from '../flow/types.ts';
import { asyncApi } from './async-api.ts';
import { differences, type Channel } from './bus-map.ts';
import { mapSvg } from './map-svg.ts';
import { differencesInWords, mapInWords } from './map-text.ts';

/** A map as a page shows it. JSON. */
export interface ShownMap {
  svg: string;
  /** The same in words, a sentence a topic. */
  words: readonly string[];
  /** Where it differs from the flows, a sentence each; if nowhere, one that says so. */
  differs: readonly string[];
  /** Whether the flows say the same. */
  isSame: boolean;
  /** The AsyncAPI document, as text. */
  asyncApi: string;
}

/**
 * Makes all that a page shows of a map.
 * @param id makes ids unique where a page shows several
 */
export function shownMap(
  architecture: Architecture,
  channels: readonly Channel[],
  id: string,
): ShownMap {
  const found = differences(architecture, channels);
  return {
    svg: mapSvg(architecture, channels, found, id),
    words: mapInWords(architecture, channels),
    differs: differencesInWords(architecture, found),
    isSame: found.length === 0,
    asyncApi: JSON.stringify(asyncApi(architecture, channels), null, 2),
  };
}
