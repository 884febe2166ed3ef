import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckResult } from '../grade/results.ts';
import type { Graded } from '../grade/load.ts';
import { message } from '../grade/text.ts';
import { WarmLab } from '../grade/warm.ts';
import { findMosquitto, mosquittoMissing } from '../run/find-mosquitto.ts';
import { labFolder } from '../run/paths.ts';
import { solutionSource, starterSource, variantSource } from '../run/sources.ts';
import { variantNames } from './content.ts';
import { golden } from './golden.ts';
import type { Problem, Proof } from './problem.ts';

export interface ProveOptions {
  onProof: (proof: Proof) => void;
  /** Write golden messages instead of comparing them. */
  update?: boolean;
  /** Deadlines are multiplied by it; measured when each lab starts if not given. */
  factor?: number | undefined;
}

const seed = 'proof';

/**
 * The lab contract: the fresh starter fails every check, the solution and each alternative pass all,
 * each mutant fails first at the check that its folder names, with its golden message. On the embedded
 * broker; the solution on Mosquitto too.
 */
export async function prove(graded: Graded, options: ProveOptions): Promise<void> {
  const { lab } = graded;
  const again = `npm run check ${lab.slug.slice(0, 2)}`;
  const starter = starterSource(lab);
  const given = options.factor === undefined ? {} : { factor: options.factor };
  const warm = await WarmLab.start(graded, starter.source, { seed, ...given });
  const prefix = `labs/${lab.slug}`;
  try {
    const failed = await warm.run();
    options.onProof(starterProof(graded, failed, again));
    await warm.use(solutionSource(lab));
    options.onProof(passes(`${prefix}/solution`, graded, await warm.run(), again));
    for (const name of variantNames(lab.slug, 'alternatives')) {
      const folder = join(labFolder(lab.slug), 'alternatives', name);
      await warm.use(variantSource(lab, folder));
      options.onProof(passes(`${prefix}/alternatives/${name}`, graded, await warm.run(), again));
    }
    for (const name of variantNames(lab.slug, 'mutants')) {
      await warm.use(variantSource(lab, join(labFolder(lab.slug), 'mutants', name)));
      const results = await warm.run(undefined, { untilFailure: true });
      options.onProof(mutantProof(graded, name, results, options.update ?? false, again));
    }
  } finally {
    await warm.stop();
    starter.remove();
  }
  options.onProof(await onMosquitto(graded, again, given));
}

function starterProof({ lab, checks }: Graded, results: CheckResult[], next: string): Proof {
  const where = `labs/${lab.slug}/solution`;
  const wrong = results.filter((r) => r.outcome !== 'fail');
  const problems: Problem[] = wrong.map((r) => ({
    where,
    what: `the starter must fail every check: got ${r.outcome} at ${r.id}${r.reason ? ` (${r.reason})` : ''}`,
    next,
  }));
  if (results.length !== checks.length || checks.length === 0)
    problems.push({ where, what: `${results.length} of ${checks.length} checks ran`, next });
  return { name: `the fresh starter of ${lab.slug} fails every check`, problems };
}

function passes(where: string, { checks }: Graded, results: CheckResult[], next: string): Proof {
  const problems: Problem[] = results
    .filter((r) => r.outcome !== 'pass')
    .map((r) => ({ where, what: `must pass every check: got ${r.outcome}\n${message(r)}`, next }));
  if (results.length !== checks.length || checks.length === 0)
    problems.push({ where, what: `${results.length} of ${checks.length} checks ran`, next });
  return { name: `${where} passes every check`, problems };
}

function mutantProof(
  { lab }: Graded,
  name: string,
  results: CheckResult[],
  update: boolean,
  next: string,
): Proof {
  const where = `labs/${lab.slug}/mutants/${name}`;
  const [wanted = ''] = name.split('--');
  const last = results.at(-1);
  const problems: Problem[] = [];
  const proof: Proof = { name: `${where} is caught`, problems };
  if (last?.outcome !== 'fail' || last.id !== wanted) {
    const got = last ? `${last.outcome} at ${last.id}\n${message(last)}` : 'nothing';
    problems.push({ where, what: `must fail first at ${wanted}: got ${got}`, next });
    return proof;
  }
  const file = join(labFolder(lab.slug), 'mutants', name, 'message.txt');
  const said = golden(last);
  if (update) writeFileSync(file, said);
  const kept = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (kept !== said)
    problems.push({
      where: `${where}/message.txt`,
      what: `another message: got\n${said}expected\n${kept || '(no file)\n'}`,
      next: `${next} -- --update, and read what changed`,
    });
  return proof;
}

async function onMosquitto(
  graded: Graded,
  next: string,
  given: { factor?: number },
): Promise<Proof> {
  const { lab } = graded;
  const name = `labs/${lab.slug}/solution passes every check on Mosquitto`;
  if (!findMosquitto())
    return { name, problems: [], skipped: `Mosquitto is missing. Try: ${mosquittoMissing}` };
  const warm = await WarmLab.start(graded, solutionSource(lab), {
    seed,
    brokerUrl: 'mosquitto',
    ...given,
  });
  try {
    return { ...passes(`labs/${lab.slug}/solution`, graded, await warm.run(), next), name };
  } finally {
    await warm.stop();
  }
}
