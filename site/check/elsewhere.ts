import { tryTasksOf } from '../../quiz/src/bank.ts';
import type { Packets } from '../../labs/kit/record/packets.ts';
import type { Recorded } from '../../labs/kit/record/scenario.ts';
import { idsOf, partsOf } from './mdx.ts';
import type { Elsewhere } from './taken.ts';

/**
 * What texts may take from the labs and the bank.
 * @param read the text of a file of the course, from its folder on; empty if there is none
 */
export function elsewhereIn(read: (file: string) => string): Elsewhere {
  const json = (file: string): unknown => {
    const text = read(file);
    return text === '' ? undefined : JSON.parse(text);
  };
  return {
    figures: once((lab) => {
      const recorded = json(`labs/${lab}/recorded.json`) as Recorded | undefined;
      return (
        recorded &&
        Object.entries(recorded.scenarios).flatMap(([id, { figures }]) =>
          Object.keys(figures).map((name) => `${id}.${name}`),
        )
      );
    }),
    messages: once((lab) => {
      const packets = json(`labs/${lab}/packets.json`) as Packets | undefined;
      return packets && Object.keys(packets.messages);
    }),
    sections: once((chapter) => {
      const readme = read(`labs/${chapter}/README.md`);
      return readme === '' ? undefined : idsOf(partsOf(readme).headings);
    }),
    tasks: once((chapter) => tryTasksOf(chapter)?.tasks.map(({ id }) => id)),
  };
}

/** Asks once for each slug, however many texts do. */
function once<T>(ask: (slug: string) => T): (slug: string) => T {
  const known = new Map<string, T>();
  return (slug) => {
    if (!known.has(slug)) known.set(slug, ask(slug));
    return known.get(slug)!;
  };
}
