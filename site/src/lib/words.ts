import { hopsOf, numberedHops, type NumberedHop } from '../../../labs/kit/flow/steps.ts';
import { eventDriven } from '../../../labs/kit/flow/styles.ts';
import type { Architecture, Flow, Hop } from '../../../labs/kit/flow/types.ts';
import { oneOf } from '../../../labs/kit/flow/words.ts';

/** How services talk in a hop: it decides a marker's shape and colour. */
export type Style = 'request-response' | 'event-driven';

/** Counted hops of one flow that are of one style. */
export interface CountedFlow {
  flow: Flow;
  hops: NumberedHop[];
  style: Style;
}

/** The flows whose hops the course counts, with their numbers; a flow of both styles stands there twice. */
export function countedFlows({ flows }: Architecture): CountedFlow[] {
  return flows.flatMap((flow) => {
    const hops = numberedHops(flow.steps);
    const styled = stylesOf(hops);
    return [...new Set(styled)].map((style) => ({
      flow,
      style,
      hops: hops.filter((_, i) => styled[i] === style),
    }));
  });
}

const stylesOf = (hops: readonly Pick<NumberedHop, 'hops'>[]): Style[] =>
  eventDriven(hops).map((is) => (is ? 'event-driven' : 'request-response'));

/** The style of each counted hop, by its number. */
export const styleByNumber = (architecture: Architecture): Map<number, Style> =>
  new Map(
    countedFlows(architecture).flatMap(({ hops, style }) =>
      hops.map(({ n }) => [n, style] as const),
    ),
  );

/** A hop as lists show it: one with a number, or a single message where the course counts none. */
export interface ListedHop {
  n?: number;
  from: string;
  to: string;
  /** Its legs in order. */
  hops: readonly Hop[];
  style: Style;
  flow: Flow;
}

/** The counted hops of some flows in the order of their numbers; where none has one, every message. */
export function listedHops(
  architecture: Architecture,
  ids: readonly string[] = architecture.flows.map(({ id }) => id),
): ListedHop[] {
  const counted = countedFlows(architecture)
    .filter(({ flow }) => ids.includes(flow.id))
    .flatMap(({ flow, hops, style }) => hops.map((hop) => ({ ...hop, style, flow })));
  if (counted.length > 0) return counted.toSorted((a, b) => a.n - b.n);
  const flows = architecture.flows.filter(({ id }) => ids.includes(id));
  return flows.flatMap((flow) => {
    const all = hopsOf(flow.steps).map((hop) => ({ from: hop.from, to: hop.to, hops: [hop] }));
    const styles = stylesOf(all);
    return all.map((hop, i) => ({ ...hop, style: styles[i]!, flow }));
  });
}

/** `1 to 6`, `1 and 5`, `2, 3, 4 and 6`. */
export function numbersInWords(numbers: readonly number[]): string {
  const [first = 0, last = 0] = [numbers[0], numbers.at(-1)];
  const inRow = numbers.length > 2 && last - first === numbers.length - 1;
  return inRow ? `${first} to ${last}` : oneOf(numbers.map(String), 'and');
}

const small = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** `nine`, `12`: small numbers as words. */
export const countInWords = (count: number): string => small[count] ?? String(count);
