import type { Graded } from '../grade/load.ts';
import { readKept } from '../grade/read-kept.ts';
import { plainText } from '../live/plain.ts';
import { busMap, differences } from '../map/bus-map.ts';
import { mapText } from '../map/map-text.ts';

/**
 * Who tells whom on the bus, for a terminal, from a journal; then where that differs from the flows.
 * @throws if the text is no journal of this lab, or of other flows than today's
 */
export function mapView(graded: Graded, journal: string): { text: string; isSame: boolean } {
  const { architecture } = graded.lab;
  const channels = busMap(readKept(graded, journal).lines);
  const found = differences(architecture, channels);
  // Topics are a service's words.
  const text = mapText(architecture, channels, found).map(plainText).join('\n');
  return { text, isSame: found.length === 0 };
}
