import type { LiveEvent } from './events.ts';

/** How the bus is, as it is told. */
export type BusEvent = LiveEvent & { is: 'bus' };

/**
 * What the key or button for the bus does next: the bus dies; a standby serves, if there is one; all is
 * mended.
 * @param isPair whether a second bus stands by
 */
export function nextOfBus(
  { up, standby }: Pick<BusEvent, 'up' | 'standby'>,
  isPair: boolean,
): 'break' | 'fail-over' | 'mend' {
  if (up && !standby) return 'break';
  return !up && isPair ? 'fail-over' : 'mend';
}
