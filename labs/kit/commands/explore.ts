import { randomBytes } from 'node:crypto';
import { relative } from 'node:path';
import { runEpisode } from '../explore/episode.ts';
import { loadExploration } from '../explore/exploration.ts';
import { exploreFrom, explorePlan, type Explored } from '../explore/explore.ts';
import { parsePlan, planText, type Plan } from '../explore/plan.ts';
import { progressLine } from '../explore/progress.ts';
import { reportLines, tallyText } from '../explore/report.ts';
import { LabFailed } from '../grade/errors.ts';
import { fitted } from '../grade/fitted.ts';
import { journalFor } from '../grade/kept.ts';
import { loadLab, slugOf } from '../grade/load.ts';
import { exitCodes } from '../grade/results.ts';
import { missingSources } from '../live/missing.ts';
import { brokerFor } from '../run/broker.ts';
import { removeLeftovers } from '../run/leftovers.ts';
import { lockLab } from '../run/lock.ts';
import { root } from '../run/paths.ts';
import { startLab, type RunningLab } from '../run/running-lab.ts';
import { namedSource } from '../run/sources.ts';
import { bold, dim } from '../watch/style.ts';
import { interruptedCode, interruption } from './interruption.ts';
import { readOptions, refuseSwallowed } from './options.ts';

const usage =
  "npm run lab explore 01 [-- --seed SEED] [--seconds 60] [--plan '4: TROUBLE@1'] [--source src|solution|starter]";

/**
 * Lets random things go wrong in a lab for a while, and says what the services did not survive, made
 * as short as can be; `--plan` does so with one plan. Exit codes: 0 nothing was found, 1 something
 * was, 4 the lab could not run.
 */
export async function explore(args: string[]): Promise<number> {
  const { values, positionals } = readOptions(
    args,
    {
      seed: { type: 'string', default: randomBytes(4).toString('hex') },
      seconds: { type: 'string', default: '60' },
      plan: { type: 'string' },
      source: { type: 'string', default: 'src' },
    },
    usage,
  );
  refuseSwallowed(['seed', 'seconds', 'plan', 'source'], usage);
  const seconds = Number(values.seconds);
  if (!(seconds > 0))
    throw new Error(
      `[usage] wrong --seconds: got ${values.seconds}, expected a number above 0. Try: ${usage}`,
    );
  const slug = slugOf(positionals[0]);
  const exploration = await loadExploration(slug);
  const { lab } = await loadLab(slug);
  const { troubles } = exploration;
  const asked = values.plan === undefined ? undefined : parsePlan(values.plan, troubles);
  if (!['src', 'solution', 'starter'].includes(values.source))
    throw new Error(`[explore] no such source: got ${values.source}. Try: ${usage}`);
  if (values.source === 'src') missingSources(lab);
  // Names a broker that can't be used before anything starts.
  brokerFor(process.env['BROKER_URL'], '');
  removeLeftovers();
  const { seed, source } = values;
  const number = slug.slice(0, 2);
  const how = asked ? `plan ${planText(asked)}` : `${seconds} s`;
  const unlock = lockLab(slug, 'grading');
  const { source: files, remove } = namedSource(lab, source);
  const { signal, forget } = interruption();
  const line = progressLine();
  let running: RunningLab | undefined;
  try {
    console.log(bold(`Exploring lab ${number}`) + dim(`, seed ${seed}, ${how}. Ctrl-C ends it.`));
    running = await startLab(lab, {
      source: files,
      seed,
      brokerUrl: process.env['BROKER_URL'],
      journalFile: journalFor(slug),
    });
    const started = running;
    const until = performance.now() + seconds * 1000;
    const left = (): string =>
      `${Math.max(0, Math.ceil((until - performance.now()) / 1000))} s left`;
    const options = {
      run: (plan: Plan) => runEpisode(started, exploration, plan),
      signal,
      progress: (doing: string, tried: Explored['tried']) =>
        line.show(`${doing} … ${tallyText(tried)}${doing === 'exploring' ? `, ${left()}` : ''}`),
    };
    const explored = asked
      ? await explorePlan(asked, options)
      : await exploreFrom(seed, troubles, () => performance.now() >= until, options);
    line.clear();
    const more = source === 'src' ? '' : ` --source ${source}`;
    const broker = process.env['BROKER_URL'];
    const before = broker === undefined ? '' : `BROKER_URL=${broker} `;
    for (const text of reportLines(explored, {
      exploration,
      seed,
      asked,
      again: (plan) =>
        `${before}npm run lab explore ${number} -- --seed ${seed}${more} --plan '${planText(plan)}'`,
      grade: `${before}npm run grade ${number}${more && ` --${more}`}`,
      journal: running.journal.file && relative(root, running.journal.file),
    }))
      console.log(fitted(text));
    if (explored.found) return exitCodes.fail;
    return explored.interrupted ? interruptedCode : exitCodes.pass;
  } catch (error) {
    line.clear();
    // What the lab could not do is nobody's work; a mistake of ours is told as one.
    if (running && !(error instanceof LabFailed)) throw error;
    console.error(`[explore] the lab could not run: ${(error as Error).message}`);
    return exitCodes.infra;
  } finally {
    await running?.stop();
    remove();
    unlock();
    forget();
  }
}
