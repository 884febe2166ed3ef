import { attributes, escape } from './markup.ts';
import { BADGE, layout, LINE_HEIGHT, type LaidOutBox, type LaidOutEdge } from './layout.ts';
import type { Direction, Point } from './layout.ts';
import { icons, outline } from './shapes.ts';
import { numberedHops, type Edge } from './steps.ts';
import type { Architecture, Component } from './types.ts';
import { arrow } from './words.ts';

export interface DiagramOptions {
  direction?: Direction;
  /** Makes ids unique where a page shows several diagrams. */
  id?: string;
  /** Tells all numbered hops to a screen reader; not where a page tells them itself, or not yet. */
  describe?: boolean;
  /** How a number looks; round and without a class if nothing is said. */
  badge?: (n: number) => Badge | undefined;
  /** Where a box leads, which makes it a link and the picture a group of links. */
  href?: (component: Component) => string;
  /** The class of a line and its numbers. */
  edgeClass?: (edge: Edge) => string | undefined;
  /** The class of a box. */
  boxClass?: (component: Component) => string | undefined;
  /** The class of a pile of three messages that lies on a box, if one does. */
  pile?: (component: Component) => string | undefined;
}

/** A number's class, and its shape. */
export interface Badge {
  class: string;
  square?: boolean;
}

/**
 * Draw an architecture as SVG for a page to hold inline; the same bytes every time.
 *
 * What a page can light carries `data-component`, or `data-edge` with its numbers in `data-hops`.
 * Colours are the page's: `--flow-box`, `--flow-text`, `--flow-line`, `--flow-badge`,
 * and `--flow-<type>` for each type of component.
 */
export async function diagramSvg(
  architecture: Architecture,
  options: DiagramOptions = {},
): Promise<string> {
  const { direction = 'RIGHT', describe = true } = options;
  const { id = `${architecture.id}-${direction.toLowerCase()}` } = options;
  const { top, width, height, boxes, edges } = await layout(architecture, direction);
  const root = attributes({
    xmlns: 'http://www.w3.org/2000/svg',
    class: 'flow',
    viewBox: `0 ${top} ${width} ${height}`,
    width,
    height,
    // An image has no links in it for a screen reader.
    role: options.href ? 'group' : 'img',
    'aria-labelledby': `${id}-title`,
    'aria-describedby': describe ? `${id}-desc` : undefined,
    'font-family': 'system-ui,sans-serif',
    'font-size': 13,
    'text-anchor': 'middle',
    'stroke-width': 1.5,
    'stroke-linejoin': 'round',
  });
  return [
    `<svg ${root}>`,
    `<title id="${id}-title">${escape(architecture.title)}</title>`,
    describe && `<desc id="${id}-desc">${escape(description(architecture))}</desc>`,
    `<g fill="var(--flow-badge,Canvas)" stroke="var(--flow-line,#7c8798)"${options.href ? ' aria-hidden="true"' : ''}>`,
    ...edges.map((edge) => edgeSvg(edge, options)),
    `</g><g fill="var(--flow-text,CanvasText)">`,
    ...boxes.map((box) => boxSvg(box, options)),
    `</g>`,
    `</svg>`,
  ]
    .filter(Boolean)
    .join('');
}

function description(architecture: Architecture): string {
  const hops = architecture.flows
    .flatMap((flow) => numberedHops(flow.steps))
    .map((hop) => `${hop.n} ${arrow(architecture, hop)}`);
  return `${architecture.components.length} components. Hops: ${hops.join('; ')}.`;
}

function edgeSvg({ edge, points, badges }: LaidOutEdge, options: DiagramOptions): string {
  const { id, from, to, numbers, hops } = edge;
  const heads = [
    hops.some(({ hop }) => hop.to === to) && head(points.at(-2)!, points.at(-1)!),
    hops.some(({ hop }) => hop.to === from) && head(points[1]!, points[0]!),
  ];
  const path = `<path fill="none" d="${line(points)}${heads.filter(Boolean).join('')}"/>`;
  const marks = badges.map((badge) => badgeSvg(badge, options));
  const label = attributes({
    'data-edge': id,
    'data-hops': numbers.join(' '),
    class: options.edgeClass?.(edge),
  });
  return `<g ${label}>${path}${marks.join('')}</g>`;
}

function badgeSvg({ n, x, y }: Point & { n: number }, options: DiagramOptions): string {
  const style = options.badge?.(n);
  const side = BADGE - 1;
  const shape = style?.square
    ? `<rect x="${x - side / 2}" y="${y - side / 2}" width="${side}" height="${side}" rx="3"/>`
    : `<circle cx="${x}" cy="${y}" r="${BADGE / 2}"/>`;
  const label = attributes({ 'data-hop': n, class: style?.class });
  return `<g ${label}>${shape}<text x="${x}" y="${y + 4.5}" fill="var(--flow-text,CanvasText)" stroke="none">${n}</text></g>`;
}

/** A line with its corners rounded. */
function line(points: readonly Point[]): string {
  const [first, ...others] = points;
  const steps = others.map((point, i) => {
    const next = others[i + 1];
    if (!next) return `L${point.x} ${point.y}`;
    const before = towards(point, points[i]!);
    const after = towards(point, next);
    return `L${before.x} ${before.y}Q${point.x} ${point.y} ${after.x} ${after.y}`;
  });
  return `M${first!.x} ${first!.y}${steps.join('')}`;
}

const towards = ({ x, y }: Point, to: Point, by = 6): Point => ({
  x: x + Math.sign(to.x - x) * Math.min(by, Math.abs(to.x - x) / 2),
  y: y + Math.sign(to.y - y) * Math.min(by, Math.abs(to.y - y) / 2),
});

/** An open arrow head that ends at a box, coming from a point. */
function head(from: Point, to: Point): string {
  const [x, y] = [Math.sign(from.x - to.x), Math.sign(from.y - to.y)];
  const side = (s: number) => `${to.x + 5 * x + 4 * s * y} ${to.y + 5 * y + 4 * s * x}`;
  return `M${side(1)}L${to.x} ${to.y}L${side(-1)}`;
}

function boxSvg(
  { component, x, y, width, height, lines }: LaidOutBox,
  options: DiagramOptions,
): string {
  const { id, type, name, role } = component;
  const picture = icons[type];
  // A queue lies on its side: its right end takes a little of the middle.
  const middle = width / 2 - (type === 'message_queue' ? 4 : 0);
  const below = picture ? 16 : 4;
  const firstLine = (height + below - (lines.length - 1) * LINE_HEIGHT) / 2 + 4.5;
  const text = lines.map(
    (words, i) =>
      `<tspan x="${middle}" y="${firstLine + i * LINE_HEIGHT}">${escape(words)}</tspan>`,
  );
  const colour = `var(--flow-${type.replace('_', '-')},var(--flow-line,#7c8798))`;
  const tag = options.href ? 'a' : 'g';
  const label = attributes({
    'data-component': id,
    transform: `translate(${x} ${y})`,
    href: options.href?.(component),
    class: options.boxClass?.(component),
  });
  const pile = options.pile?.(component);
  return [
    `<${tag} ${label}>`,
    `<title>${escape(`${name}: ${role}`)}</title>`,
    `<g fill="var(--flow-box,Canvas)" stroke="${colour}"><path d="${outline(type, width, height)}"/>`,
    picture && `<path d="${picture}" fill="none" transform="translate(${middle - 9} 7)"/>`,
    `</g><text>${text.join('')}</text>`,
    pile &&
      `<path class="${pile}" d="M${width - 38} -5h10v10h-10zm13 0h10v10h-10zm13 0h10v10h-10z"/>`,
    `</${tag}>`,
  ].join('');
}
