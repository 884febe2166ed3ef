import { availableParallelism } from 'node:os';
import { checkBank } from '../../../quiz/src/bank.ts';
import { checkTexts } from '../../../site/check/texts.ts';
import { loadLab, slugOf, slugs } from '../grade/load.ts';
import { contentProblems } from '../prove/content.ts';
import { inOrder } from '../prove/in-order.ts';
import { provePlaywright } from '../prove/playwright.ts';
import { tell, type Proof } from '../prove/problem.ts';
import { prove, type ProveOptions } from '../prove/prove.ts';
import { calibrate } from '../run/calibrate.ts';
import { triedProblems } from '../tried/problems.ts';
import { readOptions, refuseSwallowed, wholeNumber } from './options.ts';
import { soakLabs } from './soak.ts';
import { starter } from './starter.ts';

const usage =
  'npm run check [NN] [-- --starter] [--update] [--no-run] [--workers 2], or: npm run check [NN] -- --soak [--times 20] [--mutant-times 5] [--loops 2]';

/**
 * Proves the content and the labs of every chapter, or of one. Ends with
 * `N passed, N failed, N skipped`; each error names the file and the next command. For authors:
 * `--starter` first writes `src/` anew from the solution, `--update` writes the mutants' messages,
 * `--no-run` looks at files only, `--workers` says how many chapters are proven at a time. `--soak`
 * judges all variants many times on a busy machine instead.
 */
export async function check(args: string[]): Promise<number> {
  const { values, positionals } = readOptions(
    args,
    {
      starter: { type: 'boolean' },
      update: { type: 'boolean' },
      'no-run': { type: 'boolean' },
      workers: { type: 'string', default: String(Math.min(2, availableParallelism())) },
      soak: { type: 'boolean' },
      times: { type: 'string', default: '20' },
      'mutant-times': { type: 'string', default: '5' },
      loops: { type: 'string', default: '2' },
    },
    usage,
  );
  refuseSwallowed(['workers', 'soak', 'times', 'mutant-times', 'loops'], usage);
  const number = (name: 'workers' | 'times' | 'mutant-times' | 'loops', least: number): number =>
    wholeNumber(name, values[name], least, usage);
  const chosen = positionals[0] === undefined ? slugs() : [slugOf(positionals[0])];
  if (values.soak)
    return soakLabs(chosen, {
      times: number('times', 0),
      mutantTimes: number('mutant-times', 0),
      loops: number('loops', 0),
    });
  const workers = number('workers', 1);
  if (values.starter) await starter(['--write', ...chosen]);
  const count = { passed: 0, failed: 0, skipped: 0 };
  const onProof = ({ name, problems, skipped }: Proof): void => {
    if (skipped) console.log(`skipped: ${name} (${skipped})`);
    else console.log(`${problems.length > 0 ? '✗' : '✓'} ${name}`);
    for (const problem of problems) console.error(tell(problem));
    count[skipped ? 'skipped' : problems.length > 0 ? 'failed' : 'passed'] += 1;
  };
  // The bank's own messages already say where, what and what to try.
  const bank = checkBank();
  onProof({ name: 'quiz/bank is sound', problems: bank });
  // Words are compared with a glossary that can be read.
  if (bank.length === 0) onProof({ name: 'the texts are sound', problems: checkTexts() });
  const run = !values['no-run'];
  const factor = run && workers > 1 && chosen.length > 1 ? await sharedFactor() : undefined;
  await inOrder(
    chosen,
    workers,
    (slug, say: (proof: Proof) => void) =>
      proveChapter(slug, { run, factor, update: values.update ?? false, onProof: say }),
    onProof,
  );
  if (chosen.length === 0) count.failed += 1;
  console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
  return count.failed > 0 ? 1 : 0;
}

/**
 * How slow the machine is for labs that run beside each other. It is measured before they start: what
 * one measures while another starts is far too much, and each wait of its would last as much longer.
 */
async function sharedFactor(): Promise<number> {
  const measured = [await calibrate(), await calibrate(), await calibrate()];
  return Math.max(1.5, Math.min(...measured));
}

interface ChapterOptions extends ProveOptions {
  run: boolean;
}

async function proveChapter(
  slug: string,
  { run, onProof, ...options }: ChapterOptions,
): Promise<void> {
  const name = `chapter ${slug} is whole`;
  const graded = await loadLab(slug).catch((error: unknown) => {
    // Our own messages say what is missing; the other chapters are proven all the same.
    if (!(error instanceof Error && error.message.startsWith('['))) throw error;
    onProof({ name, problems: [error.message] });
    return undefined;
  });
  if (!graded) return;
  onProof({ name, problems: [...contentProblems(graded), ...triedProblems(graded)] });
  if (!run) return;
  await prove(graded, { onProof, ...options });
  await provePlaywright(graded, onProof);
}
