import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadLab, slugOf } from '../grade/load.ts';
import { record as measure } from '../record/record.ts';
import type { Scenario } from '../record/scenario.ts';
import { removeLeftovers } from '../run/leftovers.ts';
import { labFolder } from '../run/paths.ts';
import { figureInWords } from '../record/units.ts';
import { losses } from './losses.ts';
import { readOptions, refuseSwallowed, wholeNumber } from './options.ts';

const usage = 'npm run record 01 [-- --runs 20], or: npm run record 05 -- --losses [--runs 11]';

/**
 * Measures what a lab's `record.ts` lists, on its solution, and writes `labs/NN/recorded.json`: the
 * figures and traces that lessons show. `--losses` measures what storms leave of a lab's variants instead,
 * and writes `labs/NN/losses.json`. An author's command; nothing else should run meanwhile.
 */
export async function record(args: string[]): Promise<number> {
  const options = {
    runs: { type: 'string' },
    losses: { type: 'boolean', default: false },
  } as const;
  const { values, positionals } = readOptions(args, options, usage);
  refuseSwallowed(['runs', 'losses'], usage);
  const runs = wholeNumber('runs', values.runs ?? (values.losses ? '11' : '20'), 1, usage);
  const slug = slugOf(positionals[0]);
  if (values.losses) return losses(slug, runs);
  const file = join(labFolder(slug), 'record.ts');
  if (!existsSync(file))
    throw new Error(
      `[labs/${slug}/record.ts] missing: got no such file, expected the scenarios to measure. Try: write it as in labs/01-nine-hops`,
    );
  const { scenarios } = (await import(pathToFileURL(file).href)) as { scenarios: Scenario[] };
  removeLeftovers();
  const say = (text: string): void => console.log(text);
  const recorded = await measure(await loadLab(slug), scenarios, { runs, say });
  writeFileSync(join(labFolder(slug), 'recorded.json'), `${JSON.stringify(recorded, null, 1)}\n`);
  for (const [id, { reply, figures, units = {} }] of Object.entries(recorded.scenarios)) {
    const all = Object.entries(figures).map(
      ([name, { median, min, max }]) =>
        `${name} ${figureInWords(median, units[name])} (${min} to ${max})`,
    );
    say(`${id.padEnd(12)} reply ${reply}, ${all.join(', ')}`);
  }
  say(`Written: labs/${slug}/recorded.json`);
  return 0;
}
