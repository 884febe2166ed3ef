import { diagramSvg, type DiagramOptions } from '../../../labs/kit/flow/svg.ts';
import type { Architecture } from '../../../labs/kit/flow/types.ts';
import { styleByNumber, type Style } from './words.ts';

type Direction = NonNullable<DiagramOptions['direction']>;

/** An architecture's diagram whose badges show each hop's style, by shape and by class. */
export async function styledDiagram(
  architecture: Architecture,
  direction: Direction,
): Promise<string> {
  const styles = styleByNumber(architecture);
  return dressBadges(await diagramSvg(architecture, { direction }), styles);
}

/** Gives a badge its style's class, and the event-driven ones a square in place of the circle. */
export function dressBadges(svg: string, styles: ReadonlyMap<number, Style>): string {
  let dressed = 0;
  const result = svg.replaceAll(
    /<g data-hop="(\d+)"><circle cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"\/>/g,
    (circle, ...found: string[]) => {
      const [n = 0, x = 0, y = 0, r = 0] = found.slice(0, 4).map(Number);
      const style = styles.get(n);
      if (!style) return circle;
      dressed += 1;
      const side = 2 * r - 1;
      const shape =
        style === 'event-driven'
          ? `<rect x="${x - side / 2}" y="${y - side / 2}" width="${side}" height="${side}" rx="3"/>`
          : `<circle cx="${x}" cy="${y}" r="${r}"/>`;
      return `<g data-hop="${n}" class="${style}">${shape}`;
    },
  );
  // Should the drawing change its badges, they would silently lose their shapes.
  const badges = svg.match(/data-hop="/g)?.length ?? 0;
  if (dressed === badges) return result;
  throw new Error(
    `[site/src/lib/diagram.ts] badges: got ${badges}, of which ${dressed} are circles of a ` +
      'numbered hop, expected all. Try: compare with labs/kit/flow/svg.ts',
  );
}
