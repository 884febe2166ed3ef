import { loadLab, slugOf, slugs } from '../grade/load.ts';
import { editedFiles, resetSources } from '../run/sources.ts';
import { readOptions } from './options.ts';

const usage = 'node labs/kit/cli.ts starter --compare | --write [NN]';

/**
 * The starters in `src/` of every lab, generated from the solutions. `--compare` fails if a committed one
 * differs; `--write` writes them anew (an author's command: what was there is kept in .runs/).
 */
export async function starter(args: string[]): Promise<number> {
  const options = { compare: { type: 'boolean' }, write: { type: 'boolean' } } as const;
  const { values, positionals } = readOptions(args, options, usage);
  if (Boolean(values.compare) === Boolean(values.write))
    throw new Error(`[usage] expected either --compare or --write. Try: ${usage}`);
  let differing = 0;
  for (const slug of positionals.length > 0 ? positionals.map(slugOf) : slugs()) {
    const { lab } = await loadLab(slug);
    const backup = values.write ? resetSources(lab) : undefined;
    if (backup) console.log(`labs/${slug}/src is written anew; what was there is in ${backup}`);
    for (const file of editedFiles(lab)) {
      differing += 1;
      console.error(
        `[labs/${slug}/src/${file}] the committed starter is not the generated one: got other text, expected the marked regions of solution/${file}. Try: npm run check -- --starter --no-run`,
      );
    }
  }
  return differing > 0 ? 1 : 0;
}
