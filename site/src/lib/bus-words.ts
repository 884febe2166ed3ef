import { nextOfBus, type BusEvent } from '../../../labs/kit/live/next-of-bus.ts';

/** How a bus can be: it serves, nothing does, or the standby does. */
export type BusState = 'up' | 'down' | 'standby';

/** What a page says of the bus, and what its button does next. */
export interface BusWords {
  look: string;
  line: string;
  /** What one may think of now. */
  more: string;
  command: string;
  button: string;
}

const down = {
  look: 'bad',
  line: 'The Event Bus is down: killed, as a crash would.',
  more: 'The Event Bus is down. Before you place an order: what will the user hear, and which hops will not happen?',
};
const standby = {
  look: '',
  line: 'The standby serves.',
  more: 'The standby serves. No message and no subscription of the first bus is there. Which of your services has moved to it?',
};

/**
 * The words for each state. They stand in the page, so that its script need not carry them.
 * @param isPair whether a second bus stands by
 */
export function busWords(isPair: boolean): Record<BusState, BusWords> {
  const line = isPair ? 'The first bus serves again.' : 'The Event Bus is back.';
  const up = {
    look: 'good',
    line,
    more: `${line} If something waited for it, it comes now, late.`,
  };
  const buttons = {
    break: 'Break the bus',
    'fail-over': 'Let the standby serve',
    mend: isPair ? 'Bring the first bus back' : 'Mend the bus',
  };
  const next = (bus: Pick<BusEvent, 'up' | 'standby'>) => {
    const command = nextOfBus(bus, isPair);
    return { command, button: buttons[command] };
  };
  return {
    up: { ...up, ...next({ up: true }) },
    down: { ...down, ...next({ up: false }) },
    standby: { ...standby, ...next({ up: true, standby: true }) },
  };
}
