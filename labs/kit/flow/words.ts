import { hopEvent, hopsOf, nameOf } from './steps.ts';
import type { Architecture, Flow, Hop, SeenHop, Via } from './types.ts';

// What a look into a database found instead of the one row that a claim promised.
const storeWords: Record<string, string> = {
  missing: 'no row',
  early: 'a row already there',
  duplicate: 'more than one row',
  kept: 'a row still there',
  gone: 'a row gone before',
  unreadable: 'a table that can’t be read',
};

/** `get` → `GET`, `200` → `reply 200`, `deliver` → `delivery`: what crossed, as people say it. */
export function kindInWords(via: Via, kind: string): string {
  if (via === 'store') return storeWords[kind] ?? kind;
  if (via === 'mqtt') return kind === 'deliver' ? 'delivery' : kind.toUpperCase();
  return /^\d+$/.test(kind) ? `reply ${kind}` : kind.toUpperCase();
}

/** `, instance 2`; of two buses `, over the standby`, and nothing for the one that usually serves. */
export function instanceInWords({ via, instance }: Pick<SeenHop, 'via' | 'instance'>): string {
  if (instance === undefined) return '';
  if (via === 'mqtt') return instance === 1 ? '' : ', over the standby';
  return `, instance ${instance}`;
}

/** `Service A → Cache A`. */
export const arrow = (architecture: Architecture, { from, to }: { from: string; to: string }) =>
  `${nameOf(architecture, from)} → ${nameOf(architecture, to)}`;

/** `Service A → Cache A, GET`: the same for a hop of a flow and for one that was seen. */
export const hopInWords = (architecture: Architecture, hop: Hop | SeenHop): string =>
  `${arrow(architecture, hop)}, ${kindInWords(hop.via, hop.kind)}`;

/** `hop 4: Service A → Cache A, GET (asks for the product)`. */
export const expectedInWords = (architecture: Architecture, hop: Hop): string =>
  `${numbered(hop)}${hopInWords(architecture, hop)} (${hop.label})`;

/** `hop 6: Service A → API Gateway, reply 200`; the number if the flow knows such a hop. */
export const seenInWords = (architecture: Architecture, flow: Flow, hop: SeenHop): string =>
  `${numbered(inFlow(flow, hop))}${hopInWords(architecture, hop)}`;

/** The hop of the flow that looks like the one seen, wherever it stands there. */
export const inFlow = (flow: Flow, seen: SeenHop): Hop | undefined =>
  hopsOf(flow.steps).find((hop) => hopEvent(hop) === hopEvent(seen));

const numbered = (hop: Hop | undefined): string => (hop?.n === undefined ? '' : `hop ${hop.n}: `);

/** `1,000` */
export const count = (n: number): string => n.toLocaleString('en-GB');

/** `1,000 ms`, rounded. */
export const milliseconds = (ms: number): string => `${count(Math.round(ms))} ms`;

/** `hit`, `hit or miss`, `a, b or c`. */
export const oneOf = (items: readonly string[], word = 'or'): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)!}`;

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
