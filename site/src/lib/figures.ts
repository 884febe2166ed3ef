import type { Recorded, RecordedScenario } from '../../../labs/kit/record/scenario.ts';
import type { Spread } from '../../../labs/kit/record/statistics.ts';
import { figureInWords } from '../../../labs/kit/record/units.ts';

/** A recorded figure as a text shows it. */
export interface Figure {
  /** In milliseconds, bytes or as a count: the scenario says which. */
  value: number;
  /** `6.5 ms` */
  text: string;
  /** `4.9 ms to 14 ms in 20 runs` */
  range: string;
}

/** The scenario that a lab recorded under a name. */
export function scenarioOf(recorded: Recorded, id: string): RecordedScenario {
  const { lab, scenarios } = recorded;
  if (Object.hasOwn(scenarios, id)) return scenarios[id]!;
  const known = Object.keys(scenarios).join(', ');
  throw new Error(
    `[labs/${lab}/recorded.json] no such scenario: got ${id}, expected one of ${known}. Try: npm run record ${lab.slice(0, 2)}`,
  );
}

/** The figure that a text names: `read-miss.replied`. */
export function figureOf(recorded: Recorded, of: string): Figure {
  const [id = '', name = ''] = of.split('.');
  const { figures, units } = scenarioOf(recorded, id);
  if (!Object.hasOwn(figures, name)) {
    const known = Object.keys(figures).map((key) => `${id}.${key}`);
    throw new Error(
      `[labs/${recorded.lab}/recorded.json] no such figure: got ${of}, expected one of ${known.join(', ')}.`,
    );
  }
  const { median, min, max }: Spread = figures[name]!;
  const say = (n: number): string => figureInWords(n, units?.[name]);
  const range = `${say(min)} to ${say(max)} in ${recorded.runs} runs`;
  return { value: median, text: say(median), range };
}
