import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { count } from '../flow/words.ts';
import { LabFailed, NotAsExpected } from '../grade/errors.ts';
import { fitted } from '../grade/fitted.ts';
import { journalFor } from '../grade/kept.ts';
import { loadLab, slugOf } from '../grade/load.ts';
import { exitCodes, type Finding } from '../grade/results.ts';
import { findingLines } from '../grade/text.ts';
import { missingSources } from '../live/missing.ts';
import { brokerFor } from '../run/broker.ts';
import type { Lab } from '../run/define.ts';
import { removeLeftovers } from '../run/leftovers.ts';
import { lockLab } from '../run/lock.ts';
import { root } from '../run/paths.ts';
import { learnerFiles, namedSource, variantSource, type Source } from '../run/sources.ts';
import { freshStorm, stormSeeds, type Told } from '../storm/fresh-storm.ts';
import { fewestAKill, usualSize } from '../storm/plan.ts';
import { loadStorm } from '../storm/storm.ts';
import { stormLine } from '../storm/words.ts';
import { bold, dim } from '../watch/style.ts';
import { interruptedCode, interruption } from './interruption.ts';
import { readOptions, refuseSwallowed, wholeNumber } from './options.ts';

const usage =
  'npm run lab storm 05 [-- --seed SEED] [--times 1] [--orders 1000] [--kills 5] [--source src|solution|starter|mutants/NAME|FOLDER]';

/**
 * Places many orders in a lab while the bus is killed again and again, and says what became of them: a
 * line a storm, and one of all. Exit codes: 0 each order had its effect once, 1 one had not, 4 the lab
 * could not run.
 */
export async function storm(args: string[]): Promise<number> {
  const { values, positionals } = readOptions(
    args,
    {
      seed: { type: 'string', default: randomBytes(4).toString('hex') },
      times: { type: 'string', default: '1' },
      orders: { type: 'string', default: String(usualSize.orders) },
      kills: { type: 'string', default: String(usualSize.kills) },
      source: { type: 'string', default: 'src' },
    },
    usage,
  );
  refuseSwallowed(['seed', 'times', 'orders', 'kills', 'source'], usage);
  const number = (name: 'times' | 'orders' | 'kills', least: number): number =>
    wholeNumber(name, values[name], least, usage);
  const [times, kills] = [number('times', 1), number('kills', 0)];
  const orders = number('orders', Math.max(1, kills * fewestAKill));
  const slug = slugOf(positionals[0]);
  const what = await loadStorm(slug);
  const { lab } = await loadLab(slug);
  const { source, remove } = sourceOf(lab, values.source);
  const brokerUrl = process.env['BROKER_URL'];
  const broker = brokerFor(brokerUrl, '');
  if (!broker.ours)
    throw new Error(
      `[storm] the bus is not ours to kill: got ${broker.name}, expected one that the lab starts. Try: BROKER_URL=mosquitto`,
    );
  removeLeftovers();
  const unlock = lockLab(slug, 'grading');
  const { signal, forget } = interruption();
  const all: Told[] = [];
  try {
    console.log(
      bold(`Storm in lab ${slug.slice(0, 2)}`) +
        dim(`: ${count(orders)} orders, the bus is killed ${kills} times. Ctrl-C ends it.`),
    );
    for (const seed of stormSeeds(values.seed, times)) {
      const journalFile = journalFor(slug);
      const size = { seed, orders, kills };
      const onKill = (n: number): void => {
        // Of twenty storms a line each is enough.
        if (times === 1) console.log(dim(`order ${count(n)}: the bus is killed`));
      };
      const more = { source, brokerUrl, journalFile, signal, onKill };
      const told = await freshStorm(lab, what, { ...size, ...more });
      if (!told) return interruptedCode;
      all.push(told);
      console.log(stormLine(told.result, { broker: broker.name, seed }));
      if (told.finding)
        for (const line of [
          ...linesOf(told.finding),
          `    journal    ${relative(root, journalFile)}`,
        ])
          console.log(fitted(line));
    }
    console.log(totalLine(all));
    return all.some(({ finding }) => finding) ? exitCodes.fail : exitCodes.pass;
  } catch (error) {
    if (error instanceof NotAsExpected) {
      for (const line of linesOf(error.finding)) console.log(fitted(line));
      return exitCodes.fail;
    }
    // What the lab could not do is nobody's work; a mistake of ours is told as one.
    if (!(error instanceof LabFailed)) throw error;
    console.error(`[storm] the lab could not run: ${error.message}`);
    return exitCodes.infra;
  } finally {
    remove();
    unlock();
    forget();
  }
}

/** By a name as everywhere, or a folder with files that differ from the solution. */
function sourceOf(lab: Lab, name: string): { source: Source; remove: () => void } {
  if (name === 'src') missingSources(lab);
  try {
    return namedSource(lab, name);
  } catch (error) {
    const folder = resolve(name);
    const isOurs = !relative(root, folder).startsWith('..');
    const hasFiles = learnerFiles(lab).some((file) => existsSync(join(folder, file)));
    if (isOurs && hasFiles) return { source: variantSource(lab, folder), remove: () => undefined };
    throw new Error(
      `[storm] no such source: got ${name}, expected a name, or a folder inside the course with ${learnerFiles(lab).join(' or ')}. Try: ${usage}`,
      { cause: error },
    );
  }
}

const linesOf = (finding: Finding): string[] =>
  [finding.headline, ...findingLines(finding)].map((line) => `  ${line}`);

/** `20 storms: 20,000 accepted, 0 lost, 0 twice, 126 s` */
function totalLine(all: readonly Told[]): string {
  const sum = (of: (told: Told) => number): number =>
    all.reduce((total, told) => total + of(told), 0);
  const accepted = sum(({ result }) => result.accepted);
  const lost = sum(({ result }) => result.lost.length);
  const twice = sum(({ result }) => result.twice.length);
  const seconds = Math.round(sum(({ result }) => result.seconds));
  const storms = all.length === 1 ? '1 storm' : `${all.length} storms`;
  return `${storms}: ${count(accepted)} accepted, ${count(lost)} lost, ${count(twice)} twice, ${count(seconds)} s`;
}
