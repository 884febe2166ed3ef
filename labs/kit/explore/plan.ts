import { isDeepStrictEqual } from 'node:util';
import type { Trouble } from './exploration.ts';

/** One trouble of a plan: `before` tells the action that it is placed before, from 1. */
export interface Step {
  trouble: string;
  before: number;
}

/** What an episode does: so many actions, and troubles before some of them, in order. */
export interface Plan {
  actions: number;
  steps: readonly Step[];
}

const most = 50;

/** A plan as a person types it: `4: cache-down@1 warehouse-slow@3`. */
export const planText = ({ actions, steps }: Plan): string =>
  [`${actions}:`, ...steps.map(({ trouble, before }) => `${trouble}@${before}`)].join(' ');

/** A trouble that is in place already makes no difference when it comes again before the same action. */
export const onceEach = (steps: readonly Step[]): Step[] =>
  steps.filter((step, i) => i === steps.findIndex((other) => isDeepStrictEqual(other, step)));

/**
 * Reads a plan's text. Troubles may stand in any order; a plan's own is that of its actions. What stands
 * there twice counts once.
 * @param known the troubles that there are
 * @throws if it is no plan, or names what is not there
 */
export function parsePlan(text: string, known: readonly Pick<Trouble, 'id'>[]): Plan {
  const [, count = '', rest = ''] = /^\s*(\d+)\s*(?::(.*))?$/.exec(text) ?? [];
  const actions = Number(count);
  const ids = known.map(({ id }) => id);
  const example = `--plan '4: ${ids[0] ?? 'a-trouble'}@1'`;
  const wrong = (got: string, expected: string): Error =>
    new Error(`[explore] not a plan: got ${got}, expected ${expected}. Try: ${example}`);
  if (!Number.isInteger(actions) || actions < 1 || actions > most)
    throw wrong(text.trim() || 'nothing', `a number of actions, 1 to ${most}, then a colon`);
  const steps = rest.split(/[\s,]+/).flatMap((part): Step[] => {
    if (part === '') return [];
    const [, trouble = '', at = ''] = /^([\w-]+)@(\d+)$/.exec(part) ?? [];
    const before = Number(at);
    if (trouble === '') throw wrong(part, 'trouble@action');
    if (!ids.includes(trouble))
      throw new Error(
        `[explore] no such trouble: got ${trouble}, expected one of ${ids.join(', ')}. Try: ${example}`,
      );
    if (before < 1 || before > actions) throw wrong(part, `an action from 1 to ${actions}`);
    return [{ trouble, before }];
  });
  return { actions, steps: onceEach(steps).toSorted((a, b) => a.before - b.before) };
}
