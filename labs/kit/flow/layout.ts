import ElkModule, { type ElkExtendedEdge, type ElkNode } from 'elkjs/lib/elk.bundled.js';
import { edges, shortName, type Edge } from './steps.ts';
import type { Architecture, Component } from './types.ts';

/** `RIGHT` for wide screens; `DOWN` for phones, where no more than three boxes stand side by side. */
export type Direction = 'RIGHT' | 'DOWN';

export interface Point {
  x: number;
  y: number;
}

export interface LaidOutBox extends Point {
  component: Component;
  width: number;
  height: number;
  /** The name, wrapped to the box. */
  lines: readonly string[];
}

export interface LaidOutEdge {
  edge: Edge;
  points: readonly Point[];
  /** The middle of each number's badge. */
  badges: readonly (Point & { n: number })[];
}

/** Where everything stands, in CSS pixels at natural size. */
export interface Layout {
  /** The y where it begins; x begins at 0. */
  top: number;
  width: number;
  height: number;
  boxes: readonly LaidOutBox[];
  edges: readonly LaidOutEdge[];
}

/** The width and height of a number's badge. */
export const BADGE = 22;
export const LINE_HEIGHT = 16;
const BOX_WIDTH = 92;
/** About what fits into a box at 13 px. */
const LINE_LENGTH = 10;

const options = {
  RIGHT: {
    'elk.direction': 'RIGHT',
    'elk.layered.spacing.nodeNodeBetweenLayers': '42',
    'elk.layered.spacing.edgeNodeBetweenLayers': '21',
  },
  DOWN: {
    'elk.direction': 'DOWN',
    'elk.layered.spacing.nodeNodeBetweenLayers': '18',
    'elk.layered.layering.strategy': 'COFFMAN_GRAHAM',
    'elk.layered.layering.coffmanGraham.layerBound': '3',
  },
};

/** Lay an architecture out. The same architecture always gets the same layout. */
export async function layout(architecture: Architecture, direction: Direction): Promise<Layout> {
  const boxes = architecture.components.map((component) => {
    const lines = wrap(shortName(component));
    return { component, lines, width: BOX_WIDTH, height: 38 + lines.length * LINE_HEIGHT };
  });
  const all = edges(architecture);
  const graph: ElkNode = {
    id: architecture.id,
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.padding': '[top=2,left=2,bottom=2,right=2]',
      'elk.spacing.nodeNode': '16',
      'elk.spacing.edgeNode': '14',
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
      'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
      ...options[direction],
    },
    children: boxes.map(({ component: { id }, width, height }) => ({ id, width, height })),
    edges: all.map(({ id, from, to, numbers }) => {
      const labels = direction === 'DOWN' && numbers.length > 0 ? [room(numbers.length)] : [];
      return { id, sources: [from], targets: [to], labels };
    }),
  };
  const placed = await new ElkModule.default().layout(graph);
  const drawn = all.map((edge, i) => laidOut(edge, placed.edges![i]!));
  // Badges above the topmost line may stand out of what ELK laid out.
  const highest = Math.min(0, ...drawn.flatMap((l) => l.badges.map(({ y }) => y - BADGE / 2 - 1)));
  return {
    top: highest,
    width: Math.ceil(placed.width!),
    height: Math.ceil(placed.height!) - highest,
    boxes: boxes.map((box, i) => ({ ...box, ...round(placed.children![i]!) })),
    edges: drawn,
  };
}

function laidOut(edge: Edge, { sections, labels }: ElkExtendedEdge): LaidOutEdge {
  const { startPoint, bendPoints = [], endPoint } = sections![0]!;
  const points = [startPoint, ...bendPoints, endPoint].map(round);
  return { edge, points, badges: badges(edge.numbers, points, labels?.[0] as Point | undefined) };
}

/** Room for badges on a line: it also keeps numbered lines apart, and so the diagram narrow. */
const room = (count: number) => ({
  text: 'numbers',
  width: count * BADGE,
  height: BADGE,
  layoutOptions: { 'elk.edgeLabels.inline': 'true' },
});

/** In the room kept for them; else on the line's longest stretch, or above it if that is short. */
function badges(
  numbers: readonly number[],
  points: readonly Point[],
  kept: Point | undefined,
): LaidOutEdge['badges'] {
  const place = (i: number) => {
    if (kept) return { x: kept.x + BADGE * (i + 0.5), y: kept.y + BADGE / 2 };
    const [a, b] = longestStretch(points);
    const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
    const onLine = a.x === b.x ? (numbers.length - 1) / 2 : numbers.length - 1;
    return { ...middle, y: middle.y + (i - onLine) * (BADGE + 1) };
  };
  return numbers.map((n, i) => ({ n, ...round(place(i)) }));
}

function longestStretch(points: readonly Point[]): [Point, Point] {
  const stretches = points.slice(1).map((b, i): [Point, Point] => [points[i]!, b]);
  const length = ([a, b]: [Point, Point]) => Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
  return stretches.toSorted((s, t) => length(t) - length(s))[0]!;
}

const round = ({ x, y }: { x?: number; y?: number }): Point => ({
  x: Math.round(x!),
  y: Math.round(y!),
});

function wrap(name: string): string[] {
  const lines: string[] = [];
  for (const word of name.split(' ')) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && longer.length <= LINE_LENGTH) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
