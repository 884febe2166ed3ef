import type { BusEvent } from '../live/next-of-bus.ts';
import { green, red, yellow } from './style.ts';

/**
 * What has happened to the bus, and what the key does next.
 * @param isPair whether a second bus stands by
 */
export function busView({ up, standby }: BusEvent, isPair: boolean): string {
  if (up && standby)
    return `${yellow('The standby serves.')} No message and no subscription of the first bus is there. Which of your services has moved to it?\nPress b to bring the first bus back.`;
  if (up) return green(isPair ? 'The first bus serves again.' : 'The Event Bus is back.');
  const next = isPair ? 'Press b to let the standby serve.' : 'Press b to bring it back.';
  return `${red('The Event Bus is down')} (killed, as a crash would). Before you go on: what will the user hear, and which hops will not happen?\n${next}`;
}

/** How the bus is, for who comes later; undefined while all is well. */
export function busNow({ up, standby }: BusEvent, isPair: boolean): string | undefined {
  if (up) return standby && yellow('The standby serves. Press b to bring the first bus back.');
  return red(`The Event Bus is down. Press b to ${isPair ? 'let the standby serve' : 'mend it'}.`);
}
