import { Dice } from '../run/dice.ts';
import type { Trouble } from './exploration.ts';
import type { Plan, Step } from './plan.ts';

const [fewest, most] = [3, 6];
const mostTroubles = 4;

/**
 * Plans without end, from a seed alone. The first has no trouble: what fails there needs none. Each
 * further one has 1 to 4 troubles, and a first trouble whose turn it is, so that none waits long.
 */
export function* plans(
  seed: string,
  troubles: readonly Pick<Trouble, 'id'>[],
): Generator<Plan, never> {
  yield { actions: fewest, steps: [] };
  for (let round = 1; ; round += 1)
    for (const [i, first] of new Dice(`${seed}/${round}`).shuffled(troubles).entries())
      yield plan(new Dice(`${seed}/${round}/${i}`), first.id, troubles);
}

function plan(dice: Dice, first: string, troubles: readonly Pick<Trouble, 'id'>[]): Plan {
  const actions = fewest + dice.roll(most - fewest + 1);
  const count = 1 + dice.roll(mostTroubles);
  const steps: Step[] = [];
  for (let i = 0; i < count; i += 1) {
    const trouble = i === 0 ? first : troubles[dice.roll(troubles.length)]!.id;
    const before = 1 + dice.roll(actions);
    // The same one twice at the same place says nothing more.
    if (!steps.some((s) => s.trouble === trouble && s.before === before))
      steps.push({ trouble, before });
  }
  return { actions, steps: steps.toSorted((a, b) => a.before - b.before) };
}
