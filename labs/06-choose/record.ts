import type { Tools } from '../kit/grade/tools.ts';
import type { Measured as Recorded, Scenario } from '../kit/record/scenario.ts';
import type { RunningLab } from '../kit/run/running-lab.ts';
import { situations, styles, type Situation, type Style } from './cast.ts';
import { figure, measures, slow, times, type Measured } from './checks/figures.ts';
import { measure } from './checks/measure.ts';
import { ask, lateness } from './checks/orders.ts';

/** All situations are measured at once: the n-th run of each scenario takes the n-th measurement. */
const all = new WeakMap<RunningLab, Promise<Measured['of']>[]>();
const runs = new WeakMap<RunningLab, Map<string, number>>();

function nextOf(t: Tools, id: string): Promise<Measured['of']> {
  const [made, taken] = [all.get(t.lab) ?? [], runs.get(t.lab) ?? new Map<string, number>()];
  all.set(t.lab, made);
  runs.set(t.lab, taken);
  const n = taken.get(id) ?? 0;
  taken.set(id, n + 1);
  return (made[n] ??= measure(t));
}

/** `latency p50` → `latency-p50`: as a text names it. */
const named = (name: string): string => name.replaceAll(' ', '-');

async function recorded(t: Tools, situation: Situation, style: Style): Promise<Recorded> {
  const { [situation.id]: of } = await nextOf(t, `${situation.id} ${style}`);
  const asked = await ask(t, situation, style, t.lab.random(situation.prefix));
  await lateness(t, asked);
  const well = measures.map((m) => [named(m), figure(of[style], m)]);
  const slowly = times.map((m) => [`slow-${named(m)}`, figure(of[style], m, slow)]);
  const { run, reply } = asked.acted;
  return { run, reply: reply!.status, figures: Object.fromEntries([...well, ...slowly]) };
}

const units = Object.fromEntries(
  measures
    .filter((m) => !times.some((time) => time === m))
    .map((m) => [named(m), 'count' as const]),
);

/** What lessons tell of this lab in figures: the table, a scenario for each situation and style. */
export const scenarios: Scenario[] = situations.flatMap((situation) =>
  styles.map((style) => ({
    id: situation.actions[style],
    title: `${situation.title}, ${style}`,
    units,
    run: (t) => recorded(t, situation, style),
  })),
);
