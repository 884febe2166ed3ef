import { Dice } from '../run/dice.ts';

/** One kill of the bus, in numbers of orders, from 1: not in time, so that a slow machine has it too. */
export interface Kill {
  /** Before this order is placed, the bus’s clients are back from the kill before. */
  ready: number;
  /** The bus is killed while this order is placed. */
  dead: number;
  /** It is brought back while this one is placed. */
  back: number;
}

/** What a storm does. */
export interface StormPlan {
  orders: number;
  kills: readonly Kill[];
}

/** How many orders are under way at a time. */
export const atATime = 20;

/** A kill needs so many orders around it, and they are spread. */
export const fewestAKill = 10;

/** What a check, a table of losses and, if nothing else is asked for, a command do. */
export const usualSize = { orders: 1_000, kills: 5 };

/** For how many orders the bus is dead at the most. */
const longest = 50;

/**
 * Where the bus is killed, from a seed alone. Each kill has a part of the orders to itself, and a random
 * place in it: the orders before it keep the wire busy, those after it find nobody.
 * @param orders how many are placed: at least `fewestAKill` for each kill
 * @param kills how often the bus is killed
 */
export function stormPlan(
  seed: string,
  { orders, kills }: { orders: number; kills: number },
): StormPlan {
  const dice = new Dice(`${seed}/storm`);
  const part = Math.floor(orders / kills);
  const lead = Math.min(2 * atATime, Math.floor(part / 4));
  const most = Math.min(longest, Math.floor(part / 4));
  return {
    orders,
    kills: Array.from({ length: kills }, (_, i): Kill => {
      const ready = i * part + 1 + dice.roll(part - lead - most);
      const dead = ready + lead;
      return { ready, dead, back: dead + 1 + dice.roll(most) };
    }),
  };
}
