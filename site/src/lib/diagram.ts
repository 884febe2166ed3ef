import { diagramSvg, type DiagramOptions } from '../../../labs/kit/flow/svg.ts';
import type { Architecture } from '../../../labs/kit/flow/types.ts';
import { styleByNumber } from './words.ts';

type Direction = NonNullable<DiagramOptions['direction']>;

/** An architecture's diagram whose badges show each hop's style, by shape and by class. */
export async function styledDiagram(
  architecture: Architecture,
  direction: Direction,
  options: Omit<DiagramOptions, 'direction' | 'badge'> = {},
): Promise<string> {
  const styles = styleByNumber(architecture);
  return diagramSvg(architecture, {
    ...options,
    direction,
    badge: (n) => {
      const style = styles.get(n);
      return style && { class: style, square: style === 'event-driven' };
    },
  });
}
