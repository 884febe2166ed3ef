import { nextOfBus, type BusEvent } from '../../../../labs/kit/live/next-of-bus.ts';

/** How the bus is. */
export type Bus = Pick<BusEvent, 'up' | 'standby'>;

/** What the button for the bus asks for next, and says. `isPair`: a second bus stands by. */
export function busButton(bus: Bus, isPair: boolean): { command: string; text: string } {
  const command = nextOfBus(bus, isPair);
  const texts = {
    break: 'Break the bus',
    'fail-over': 'Let the standby serve',
    mend: isPair ? 'Bring the first bus back' : 'Mend the bus',
  };
  return { command, text: texts[command] };
}

/** What has happened to the bus: how it looks, in a line, and what one may think of now. */
export function busWords(
  { up, standby }: Bus,
  isPair: boolean,
): { look: string; line: string; more: string } {
  if (!up)
    return {
      look: 'bad',
      line: 'The Event Bus is down: killed, as a crash would.',
      more: 'The Event Bus is down. Before you place an order: what will the user hear, and which hops will not happen?',
    };
  if (standby)
    return {
      look: '',
      line: 'The standby serves.',
      more: 'The standby serves. No message and no subscription of the first bus is there. Which of your services has moved to it?',
    };
  const line = isPair ? 'The first bus serves again.' : 'The Event Bus is back.';
  return { look: 'good', line, more: `${line} If something waited for it, it comes now, late.` };
}
