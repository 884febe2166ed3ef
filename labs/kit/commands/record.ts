import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { tryTasksOf } from '../../../quiz/src/bank.ts';
import { loadLab, slugOf } from '../grade/load.ts';
import { recordPackets } from '../record/packets.ts';
import { record as measure } from '../record/record.ts';
import type { Scenario } from '../record/scenario.ts';
import { removeLeftovers } from '../run/leftovers.ts';
import { labFolder } from '../run/paths.ts';
import { tell } from '../prove/problem.ts';
import { figureInWords } from '../record/units.ts';
import { recordTried } from '../tried/record-tried.ts';
import { triedProblems } from '../tried/problems.ts';
import { writeTried } from '../tried/tried.ts';
import { losses } from './losses.ts';
import { readOptions, refuseSwallowed, wholeNumber } from './options.ts';

const usage =
  'npm run record 01 [-- --runs 20] [--tried] [--packets], or: npm run record 05 -- --losses [--runs 11]';

/**
 * Measures what a lab's `record.ts` lists, on its solution, and writes `labs/NN/recorded.json`: the
 * figures and traces that lessons show. Then `labs/NN/packets.json`: one message of each kind, as it
 * crossed. Then runs what the answers of its small tasks stand for, and writes `labs/NN/tried.json`.
 * `--tried` and `--packets` do that alone. `--losses` measures what storms leave of a lab's variants
 * instead, and writes `labs/NN/losses.json`. An author's command; nothing else should run meanwhile.
 */
export async function record(args: string[]): Promise<number> {
  const options = {
    runs: { type: 'string' },
    losses: { type: 'boolean', default: false },
    tried: { type: 'boolean' },
    packets: { type: 'boolean' },
  } as const;
  const { values, positionals } = readOptions(args, options, usage);
  refuseSwallowed(['runs', 'losses', 'tried', 'packets'], usage);
  const runs = wholeNumber('runs', values.runs ?? (values.losses ? '11' : '20'), 1, usage);
  if (values.losses && (values.tried || values.packets))
    throw new Error(
      `[usage] --losses is measured alone: got it with --${values.tried ? 'tried' : 'packets'}. Try: ${usage}`,
    );
  const slug = slugOf(positionals[0]);
  removeLeftovers();
  if (values.losses) return losses(slug, runs);
  const all = !values.tried && !values.packets;
  if (all) await recordFigures(slug, runs);
  if (all || values.packets) await recordWire(slug);
  if (all || values.tried) await recordTasks(slug);
  return 0;
}

const say = (text: string): void => console.log(text);

async function recordFigures(slug: string, runs: number): Promise<void> {
  const file = join(labFolder(slug), 'record.ts');
  if (!existsSync(file))
    throw new Error(
      `[labs/${slug}/record.ts] missing: got no such file, expected the scenarios to measure. Try: write it as in labs/01-nine-hops`,
    );
  const { scenarios } = (await import(pathToFileURL(file).href)) as { scenarios: Scenario[] };
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
}

async function recordWire(slug: string): Promise<void> {
  const packets = await recordPackets(await loadLab(slug));
  writeFileSync(join(labFolder(slug), 'packets.json'), `${JSON.stringify(packets, null, 1)}\n`);
  for (const key of Object.keys(packets.messages)) say(key);
  say(`Written: labs/${slug}/packets.json`);
}

async function recordTasks(slug: string): Promise<void> {
  const tasks = tryTasksOf(slug);
  if (!tasks) return say(`No small tasks yet: quiz/bank/${slug}/try.yaml`);
  const graded = await loadLab(slug);
  writeFileSync(
    join(labFolder(slug), 'tried.json'),
    writeTried(await recordTried(graded, tasks, say)),
  );
  say(`Written: labs/${slug}/tried.json`);
  const problems = triedProblems(graded).map(tell);
  if (problems.length > 0) throw new Error(problems.join('\n'));
}
