import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { loadLab, slugs } from '../grade/load.ts';
import { editedFiles, freshStarter, learnerSource, serviceFiles } from '../run/sources.ts';
import { readOptions } from './options.ts';

const usage = 'node labs/kit/cli.ts starter --compare | --write';

/**
 * The starters in `src/` of every lab, generated from the solutions. `--compare` fails if a committed one
 * differs; `--write` writes them anew (an author's command: it overwrites).
 */
export async function starter(args: string[]): Promise<number> {
  const options = { compare: { type: 'boolean' }, write: { type: 'boolean' } } as const;
  const { values } = readOptions(args, options, usage);
  if (Boolean(values.compare) === Boolean(values.write))
    throw new Error(`[usage] expected either --compare or --write. Try: ${usage}`);
  let differing = 0;
  for (const slug of slugs()) {
    const { lab } = await loadLab(slug);
    if (values.write)
      for (const file of serviceFiles(lab)) {
        const path = learnerSource(lab)(file);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, freshStarter(lab, file));
      }
    for (const file of editedFiles(lab)) {
      differing += 1;
      console.error(
        `[labs/${slug}/src/${file}] the committed starter is not the generated one: got other text, expected the marked regions of solution/${file}. Try: npm run check -- --starter --no-run`,
      );
    }
  }
  return differing > 0 ? 1 : 0;
}
