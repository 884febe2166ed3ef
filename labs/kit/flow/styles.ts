import type { NumberedHop } from './steps.ts';

/**
 * Which of a flow's hops are event-driven, in the order in which a list shows them: those to or from a
 * broker. One to a database is of the style of the hop before it.
 */
export function eventDriven(hops: readonly Pick<NumberedHop, 'hops'>[]): boolean[] {
  const found: boolean[] = [];
  for (const { hops: legs } of hops) {
    const { via } = legs[0]!;
    found.push(via === 'store' ? (found.at(-1) ?? false) : via === 'mqtt');
  }
  return found;
}
