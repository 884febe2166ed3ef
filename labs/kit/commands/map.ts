import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { loadLab, slugOf } from '../grade/load.ts';
import { readKept } from '../grade/read-kept.ts';
import { asyncApi } from '../map/async-api.ts';
import { busMap } from '../map/bus-map.ts';
import { root, runsFolder } from '../run/paths.ts';
import { mapView } from '../watch/map-view.ts';
import { bold, dim } from '../watch/style.ts';
import { readOptions, refuseSwallowed } from './options.ts';

const usage = 'npm run lab map 04 [-- --journal FILE] [--asyncapi]';

/**
 * Says who publishes what to whom, from what the taps saw in a kept journal (the newest, unless one is
 * named), and where that differs from the flows; `--asyncapi` prints an AsyncAPI document instead.
 * Exit codes: 0 the flows say the same, 1 they differ.
 */
export async function map(args: string[]): Promise<number> {
  const { values, positionals } = readOptions(
    args,
    { journal: { type: 'string' }, asyncapi: { type: 'boolean', default: false } },
    usage,
  );
  refuseSwallowed(['journal', 'asyncapi'], usage);
  const graded = await loadLab(slugOf(positionals[0]));
  const { slug, architecture } = graded.lab;
  const { file, text } = journalText(slug, values.journal);
  if (values.asyncapi) {
    const channels = busMap(readKept(graded, text).lines);
    console.log(JSON.stringify(asyncApi(architecture, channels), null, 2));
    return 0;
  }
  const view = mapView(graded, text);
  console.log(
    bold(`Lab ${slug.slice(0, 2)}: who tells whom`) + dim(`, from ${relative(root, file)}`),
  );
  console.log(view.text);
  return view.isSame ? 0 : 1;
}

function journalText(slug: string, named: string | undefined): { file: string; text: string } {
  try {
    const folder = join(runsFolder, slug);
    const file = named ?? join(folder, readFileSync(join(folder, 'latest'), 'utf8').trim());
    return { file, text: readFileSync(file, 'utf8') };
  } catch (error) {
    const [got, advice] = named
      ? [named, `ls .runs/${slug}`]
      : [`none of lab ${slug.slice(0, 2)}`, `npm run lab ${slug.slice(0, 2)}, then again`];
    throw new Error(`[map] no journal: got ${got}, expected a kept journal. Try: ${advice}`, {
      cause: error,
    });
  }
}
