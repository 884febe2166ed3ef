import type { Place } from './automaton.ts';
import { hopEvent, hopsOf } from './steps.ts';
import type { Divergence, Flow, Hop, SeenHop } from './types.ts';

/** Where the search for missing hops gives up: wide forks have more orders than can be tried. */
const MANY = 1_000;

/** What is wrong with a journal, and which hop of the flow that is about. */
export interface Diagnosis {
  divergence: Divergence;
  about?: Hop;
}

/** How far ahead a repair is tried; the journal of one scenario is shorter. */
const LOOK_AHEAD = 64;

/**
 * Say how a journal left its flow with the hop at `index`, when the machine stood at `place`.
 *
 * Every single repair is tried (leave the hop out, swap, send it elsewhere, put a missing one in),
 * and the one after which the rest of the journal follows the flow furthest names the fault.
 */
export function diagnose(
  flow: Flow,
  place: Place,
  journal: readonly SeenHop[],
  index: number,
): Diagnosis {
  const odd = journal[index]!;
  const event = hopEvent(odd);
  const later = journal.slice(index + 1, index + 1 + LOOK_AHEAD).map(hopEvent);
  const own = hopsOf(flow.steps).find((hop) => hopEvent(hop) === event);
  const wasSeen = journal.slice(0, index).some((hop) => hopEvent(hop) === event);

  let best: Diagnosis = { divergence: 'extra', ...(own && { about: own }) };
  let furthest = -1;
  // The first of equally good repairs wins, so the likelier ones are tried first.
  const attempt = (divergence: Divergence, about: Hop | undefined, score: number) => {
    if (score <= furthest) return;
    best = { divergence, ...(about && { about }) };
    furthest = score;
  };

  if (wasSeen) attempt('repeated', own, follow(place, later));
  const overtaken = later.flatMap((e, i) => {
    const hop = place.expected.find((h) => hopEvent(h) === e);
    return hop ? [{ hop, others: later.toSpliced(i, 1) }] : [];
  });
  for (const { hop, others } of overtaken) {
    attempt('out of order', hop, follow(place, [hopEvent(hop), event, ...others]) - 1);
  }
  for (const [i] of overtaken[0] ? later.entries() : []) {
    attempt('out of order', overtaken[0]?.hop, follow(place, later.toSpliced(i + 1, 0, event)) - 1);
  }
  for (const hop of place.expected) {
    const fault = resemblance(hop, odd);
    if (fault) attempt(fault, hop, follow(place, [hopEvent(hop), ...later]) - 1);
  }
  for (const gap of own ? gaps(place, event) : []) {
    const hops = gap.map(hopEvent);
    attempt('missing', gap[0], follow(place, [...hops, event, ...later]) - hops.length - 1);
  }
  attempt('extra', own, follow(place, later));
  return best;
}

/** How many of the events the flow takes; infinite if they complete it. */
function follow(from: Place, events: readonly string[]): number {
  let place = from;
  for (const [i, event] of events.entries()) {
    place = place.next(event).to;
    if (place.phase === 'unexpected') return i;
  }
  return place.phase === 'settling' ? Infinity : events.length;
}

/** A hop sent elsewhere is misrouted; another message on the right edge is of the wrong kind. */
function resemblance(hop: Hop, odd: SeenHop): Divergence | undefined {
  if (hop.via !== odd.via) return undefined;
  const ends = Number(hop.from === odd.from) + Number(hop.to === odd.to);
  if (hop.kind === odd.kind && ends === 1) return 'misrouted';
  return hop.kind !== odd.kind && ends === 2 ? 'wrong kind' : undefined;
}

/** What seems to have been left out before an event: one guess for each hop waited for. */
const gaps = (place: Place, event: string): Hop[][] =>
  place.expected
    .map((hop) => [hop, ...(wayTo(place.next(hopEvent(hop)).to, event) ?? [])])
    .filter((gap) =>
      takes(
        gap.reduce((at, hop) => at.next(hopEvent(hop)).to, place),
        event,
      ),
    )
    .toSorted((a, b) => a.length - b.length);

const takes = (place: Place, event: string): boolean =>
  place.expected.some((hop) => hopEvent(hop) === event);

/** The fewest hops after which the flow takes the event. */
function wayTo(from: Place, event: string): Hop[] | undefined {
  const visited = new Set([from]);
  let ways: { place: Place; hops: Hop[] }[] = [{ place: from, hops: [] }];
  while (ways.length > 0 && visited.size < MANY) {
    const found = ways.find(({ place }) => takes(place, event));
    if (found) return found.hops;
    ways = ways.flatMap(({ place, hops }) =>
      place.expected.flatMap((hop) => {
        const { to } = place.next(hopEvent(hop));
        if (visited.has(to)) return [];
        visited.add(to);
        return [{ place: to, hops: [...hops, hop] }];
      }),
    );
  }
  return undefined;
}
