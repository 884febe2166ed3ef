import { findingLines } from '../grade/text.ts';
import { bold, green, red, yellow } from '../watch/style.ts';
import type { Exploration, Trouble } from './exploration.ts';
import { repeats, type Explored, type Found, type Tally } from './explore.ts';
import { planText, type Plan } from './plan.ts';

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

/** `12 episodes, 51 actions, 23 troubles`: of troubles those that hit something. */
export const tallyText = ({ episodes, actions, troubles }: Tally): string => {
  const hits = [...troubles.values()].reduce((sum, n) => sum + n, 0);
  return [count(episodes, 'episode'), count(actions, 'action'), count(hits, 'trouble')].join(', ');
};

export interface ReportOptions {
  exploration: Pick<Exploration, 'action' | 'troubles'>;
  seed: string;
  /** The plan that somebody asked for, if one. */
  asked?: Plan | undefined;
  /** The command that carries a plan out again. */
  again: (plan: Plan) => string;
  /** The command that grades the same services. */
  grade: string;
  journal?: string | undefined;
}

/** What an exploration says at its end, as lines for a terminal. */
export function reportLines(explored: Explored, options: ReportOptions): string[] {
  const { tried, found, interrupted } = explored;
  const early = interrupted ? [yellow('Ended before it was done.')] : [];
  return [...early, ...(found ? foundLines(found, options) : heldLines(tried, options))];
}

function foundLines(found: Found, options: ReportOptions): string[] {
  const { exploration, seed, asked, again, grade, journal } = options;
  const { first, episode, failed, of } = found;
  const { plan, finding } = episode;
  const shorter = planText(first) !== planText(plan);
  const how = shorter
    ? `How it comes about (shortened from ${sizeText(first)}):`
    : 'How it comes about:';
  const lines = [
    red(`Something is wrong, seed ${seed}: ${finding?.headline ?? 'unknown'}`),
    ...(finding ? findingLines(finding) : []),
    '',
    bold(how),
    ...planLines(plan, exploration),
    '',
    timesText(failed, of),
    `  see again  ${again(plan)}`,
    ...(journal ? [`  journal    ${journal}`] : []),
  ];
  if (plan.steps.length > 0 || asked) return lines;
  return [...lines, '', `It needs no trouble to fail, so the checks say more: ${grade}`];
}

function timesText(failed: number, of: number): string {
  if (of === 0) return 'It was not repeated.';
  const rare = failed < of ? ' It depends on timing: repeat it a few times more.' : '';
  return `It failed in ${failed} of ${of} repeats.${rare}`;
}

function heldLines(tried: Tally, { exploration, seed, asked }: ReportOptions): string[] {
  const { troubles } = exploration;
  const times = ({ id }: Trouble): number => tried.troubles.get(id) ?? 0;
  if (asked) {
    const missed = troubles.filter(
      (t) => asked.steps.some(({ trouble }) => trouble === t.id) && times(t) === 0,
    );
    return [
      green(`It failed in 0 of ${tried.episodes} repeats, seed ${seed}.`),
      ...(tried.episodes < repeats ? ['Some repeats could not tell.'] : []),
      ...missed.map(({ title }) => yellow(`This hit nothing, so it was not tried: ${title}.`)),
    ];
  }
  const nothing = green(`Nothing was found in ${tallyText(tried)}, seed ${seed}.`);
  if (tried.troubles.size === 0) return [nothing];
  return [
    nothing,
    'How often each trouble hit something:',
    ...troubles.map((t) => `  ${String(times(t)).padStart(4)}  ${t.title}`),
  ];
}

const sizeText = ({ actions, steps }: Plan): string =>
  [count(actions, 'action'), ...(steps.length > 0 ? [count(steps.length, 'trouble')] : [])].join(
    ' and ',
  );

/** A plan in words: what happens, in order. */
function planLines(
  { actions, steps }: Plan,
  { action, troubles }: ReportOptions['exploration'],
): string[] {
  const lines: string[] = [];
  let done = 0;
  const act = (last: number): void => {
    if (last <= done) return;
    const which = last === done + 1 ? `action ${last}` : `actions ${done + 1} to ${last}`;
    lines.push(`${which}: ${done === 0 ? action : 'the same'}`);
    done = last;
  };
  for (const { trouble, before } of steps) {
    act(before - 1);
    lines.push(`trouble: ${troubles.find(({ id }) => id === trouble)?.title ?? trouble}`);
  }
  act(actions);
  return lines.map((line, i) => `  ${i + 1}. ${line}`);
}
