import type { Context } from 'hono';
import { problem } from '../problem.ts';
import { journalOf } from './kept-journals.ts';

/** The map of a lab that runs. */
export interface MapNow {
  /** What is in its figure. */
  html: string;
  /** Whether it differs from the flows, and what time it is. */
  told: string;
}

/**
 * Answers with the map of the bus as a running lab's taps have seen it so far: a `MapNow`. What reads
 * a journal is loaded with the first request.
 * @param journal the file name of the journal that the lab writes
 */
export async function showMap(c: Context, journal: string | undefined): Promise<Response> {
  const slug = c.req.param('slug')!;
  if (journal === undefined)
    return problem(c, 409, 'got no lab that runs, expected one: a map is made of what it does');
  const kept = journalOf(slug, journal, `lab map ${slug.slice(0, 2)}`);
  if ('why' in kept) return problem(c, kept.status, kept.why);
  const { loadLab } = await import('../../../labs/kit/grade/load.ts');
  const { readKept } = await import('../../../labs/kit/grade/read-kept.ts');
  const { busMap } = await import('../../../labs/kit/map/bus-map.ts');
  const { mapHtml } = await import('../../../labs/kit/map/map-html.ts');
  const { shownMap } = await import('../../../labs/kit/map/shown.ts');
  const graded = await loadLab(slug);
  try {
    const channels = busMap(readKept(graded, kept.text).lines);
    const shown = shownMap(graded.lab.architecture, channels, 'map-now');
    const n = shown.differs.length;
    const told = shown.isSame
      ? 'As the flow says'
      : `${n} difference${n === 1 ? '' : 's'} from the flow`;
    const now: MapNow = {
      html: mapHtml(shown, { copy: true }),
      told: `${told}. Seen until ${new Date().toLocaleTimeString('en-GB')}.`,
    };
    return c.json(now);
  } catch (error) {
    return problem(c, 409, (error as Error).message);
  }
}
