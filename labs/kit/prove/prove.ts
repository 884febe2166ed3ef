import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckResult } from '../grade/results.ts';
import type { Graded } from '../grade/load.ts';
import { message } from '../grade/text.ts';
import { WarmLab } from '../grade/warm.ts';
import { calibrate } from '../run/calibrate.ts';
import { findMosquitto, mosquittoMissing } from '../run/find-mosquitto.ts';
import { labFolder, root } from '../run/paths.ts';
import { solutionSource, starterSource, variantSource, type Source } from '../run/sources.ts';
import { variantNames } from './content.ts';
import { golden } from './golden.ts';
import type { Problem, Proof } from './problem.ts';

export interface ProveOptions {
  onProof: (proof: Proof) => void;
  /** Write golden messages instead of comparing them. */
  update?: boolean;
  /** Deadlines are multiplied by it; measured before the labs start if not given. */
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
  const factor = options.factor ?? Math.max(2, await calibrate());
  const prefix = `labs/${lab.slug}`;
  const all = async (where: string, source: Source, warm: WarmLab): Promise<Proof> => {
    await warm.use(source);
    return passes(where, graded, await warm.run(), again);
  };
  const proofs: ((warm: WarmLab) => Promise<Proof>)[] = [
    (warm) => all(`${prefix}/solution`, solutionSource(lab), warm),
    async (warm) => {
      await warm.use(starter.source);
      return starterProof(graded, await warm.run(), again);
    },
    ...variantNames(lab.slug, 'alternatives').map((name) => (warm: WarmLab) => {
      const where = `${prefix}/alternatives/${name}`;
      return all(where, variantSource(lab, join(root, where)), warm);
    }),
    ...variantNames(lab.slug, 'mutants').map((name) => async (warm: WarmLab) => {
      await warm.use(variantSource(lab, join(labFolder(lab.slug), 'mutants', name)));
      const results = await warm.run(undefined, { untilFailure: true });
      return mutantProof(graded, name, results, options.update ?? false, again);
    }),
  ];
  try {
    await inPool(graded, proofs, options.onProof, factor);
  } finally {
    starter.remove();
  }
  options.onProof(await onMosquitto(graded, again, factor));
}

/** Checks mostly wait: so many labs of a chapter at once are no load for two cores. */
const poolSize = 2;

/** Runs proofs on several warm labs at once; tells them in their order. */
async function inPool(
  graded: Graded,
  proofs: readonly ((warm: WarmLab) => Promise<Proof>)[],
  onProof: (proof: Proof) => void,
  factor: number,
): Promise<void> {
  const done: (Proof | undefined)[] = [];
  let [next, told] = [0, 0];
  const worker = async (): Promise<void> => {
    const warm = await WarmLab.start(graded, solutionSource(graded.lab), { seed, factor });
    try {
      for (let i = next++; i < proofs.length; i = next++) {
        done[i] = await proofs[i]!(warm);
        for (let proof = done[told]; proof; proof = done[told]) {
          onProof(proof);
          told += 1;
        }
      }
    } finally {
      await warm.stop();
    }
  };
  await Promise.all(Array.from({ length: poolSize }, worker));
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

/** What a check says of a variant; the command that shows it again has to name the variant. */
function inFull(where: string, result: CheckResult): string {
  const [, source] = /^labs\/[^/]+\/(.+)$/.exec(where) ?? [];
  return message(result).replace(/( -- --check \S+)/, `$1 --source ${source}`);
}

function passes(where: string, { checks }: Graded, results: CheckResult[], next: string): Proof {
  const problems: Problem[] = results
    .filter((r) => r.outcome !== 'pass')
    .map((r) => ({
      where,
      what: `must pass every check: got ${r.outcome}\n${inFull(where, r)}`,
      next,
    }));
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
  if (last?.outcome === 'pass') {
    const what = `must fail first at ${wanted}: no check catches it`;
    const better = `sharpen ${wanted}, or move it to alternatives/ if it is right`;
    problems.push({ where, what, next: better });
    return proof;
  }
  if (last?.outcome !== 'fail' || last.id !== wanted) {
    const got = last ? `${last.outcome} at ${last.id}\n${inFull(where, last)}` : 'nothing';
    const mistake = name.slice(wanted.length);
    const better = last ? `rename it ${last.id}${mistake}, or make it subtler` : next;
    problems.push({ where, what: `must fail first at ${wanted}: got ${got}`, next: better });
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

async function onMosquitto(graded: Graded, next: string, factor: number): Promise<Proof> {
  const { lab } = graded;
  const name = `labs/${lab.slug}/solution passes every check on Mosquitto`;
  if (!findMosquitto())
    return { name, problems: [], skipped: `Mosquitto is missing. Try: ${mosquittoMissing}` };
  const warm = await WarmLab.start(graded, solutionSource(lab), {
    seed,
    brokerUrl: 'mosquitto',
    factor,
  });
  try {
    return { ...passes(`labs/${lab.slug}/solution`, graded, await warm.run(), next), name };
  } finally {
    await warm.stop();
  }
}
