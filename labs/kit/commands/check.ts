import { checkBank } from '../../../quiz/src/bank.ts';
import { loadLab, slugOf, slugs } from '../grade/load.ts';
import { contentProblems } from '../prove/content.ts';
import { provePlaywright } from '../prove/playwright.ts';
import { tell, type Proof } from '../prove/problem.ts';
import { prove } from '../prove/prove.ts';
import { readOptions } from './options.ts';
import { starter } from './starter.ts';

const usage = 'npm run check [NN] [-- --starter] [--update] [--no-run]';

/**
 * Proves the content and the labs of every chapter, or of one. Ends with
 * `N passed, N failed, N skipped`; each error names the file and the next command. For authors:
 * `--starter` first writes `src/` anew from the solution, `--update` writes the mutants' messages,
 * `--no-run` looks at files only.
 */
export async function check(args: string[]): Promise<number> {
  const options = {
    starter: { type: 'boolean' },
    update: { type: 'boolean' },
    'no-run': { type: 'boolean' },
  } as const;
  const { values, positionals } = readOptions(args, options, usage);
  const chosen = positionals[0] === undefined ? slugs() : [slugOf(positionals[0])];
  if (values.starter) await starter(['--write', ...chosen]);
  const count = { passed: 0, failed: 0, skipped: 0 };
  const onProof = ({ name, problems, skipped }: Proof): void => {
    if (skipped) console.log(`skipped: ${name} (${skipped})`);
    else console.log(`${problems.length > 0 ? '✗' : '✓'} ${name}`);
    for (const problem of problems)
      console.error(typeof problem === 'string' ? problem : tell(problem));
    count[skipped ? 'skipped' : problems.length > 0 ? 'failed' : 'passed'] += 1;
  };
  // The bank's own messages already say where, what and what to try.
  const bank = checkBank();
  onProof({ name: 'quiz/bank is sound', problems: bank });
  for (const slug of chosen) {
    const graded = await loadLab(slug);
    onProof({ name: `chapter ${slug} is whole`, problems: contentProblems(graded) });
    if (values['no-run']) continue;
    await prove(graded, { onProof, update: values.update ?? false });
    await provePlaywright(graded, onProof);
  }
  if (chosen.length === 0) count.failed += 1;
  console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
  return count.failed > 0 ? 1 : 0;
}
