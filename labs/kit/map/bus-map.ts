import { allHops } from '../flow/steps.ts';
import type { Architecture } from '../flow/types.ts';
import type { HopLine, Line } from '../wire/journal.ts';
import { membership } from '../wire/membership.ts';

/** Somebody at one end of a topic, as the taps saw it. */
export interface End {
  component: string;
  /** Messages that crossed: published by it, or delivered to it. */
  messages: number;
}

/** A topic, and who publishes to it and hears of it. */
export interface Channel {
  topic: string;
  publishers: readonly End[];
  /** `left`: it listened, and has left since. */
  subscribers: readonly (End & { left: boolean })[];
  /** A message that was published there; undefined if none was seen. */
  example: unknown;
}

/** What flows say and the wire does not show, or the other way round. */
export interface Difference {
  component: string;
  does: 'publishes' | 'listens';
  /** `missing`: the flow says so, and it was never seen. `extra`: it was seen, and no flow says so. */
  is: 'missing' | 'extra';
}

interface Ends {
  publishers: Map<string, number>;
  subscribers: Map<string, number>;
  example?: unknown;
}

/**
 * Who publishes what to whom, from what the taps saw, by topic. What the grader published went past
 * the taps.
 * @param lines the journal, from its beginning
 */
export function busMap(lines: readonly Line[]): Channel[] {
  const channels = new Map<string, Ends>();
  const at = (topic: unknown): Ends => {
    const known = channels.get(String(topic));
    if (known) return known;
    const ends: Ends = { publishers: new Map(), subscribers: new Map() };
    channels.set(String(topic), ends);
    return ends;
  };
  for (const line of lines) {
    const topic = line.type === 'mark' ? undefined : line.facts?.['topic'];
    if (topic === undefined) continue;
    if (line.type === 'note' && line.what === 'subscribe')
      count(at(topic).subscribers, line.component, 0);
    if (line.type !== 'hop' || line.copy) continue;
    if (line.kind === 'publish') {
      count(at(topic).publishers, line.from, 1);
      at(topic).example ??= parsed(line);
    } else if (line.kind === 'deliver') count(at(topic).subscribers, line.to, 1);
  }
  const { left } = membership(lines);
  const sorted = [...channels].toSorted(([a], [b]) => a.localeCompare(b));
  return sorted.map(([topic, { publishers, subscribers, example }]) => ({
    topic,
    publishers: endsOf(publishers),
    subscribers: endsOf(subscribers).map((end) => ({ ...end, left: left.has(end.component) })),
    example,
  }));
}

/** Whether a map tells more than the flow does at a glance: by the flows, more than one listens. */
export const isShared = ({ flows }: Pick<Architecture, 'flows'>): boolean =>
  saidBy(flows).listens.size > 1;

/** Compares a map with what an architecture's flows say of the bus. */
export function differences(
  { flows }: Pick<Architecture, 'flows'>,
  channels: readonly Channel[],
): Difference[] {
  const said = saidBy(flows);
  const seen = {
    publishes: new Set(channels.flatMap((c) => c.publishers.map(({ component }) => component))),
    listens: new Set(channels.flatMap((c) => c.subscribers.map(({ component }) => component))),
  };
  return (['publishes', 'listens'] as const).flatMap((does) => [
    ...without(said[does], seen[does]).map((component) => ({
      component,
      does,
      is: 'missing' as const,
    })),
    ...without(seen[does], said[does]).map((component) => ({
      component,
      does,
      is: 'extra' as const,
    })),
  ]);
}

function saidBy(flows: Architecture['flows']): Record<Difference['does'], Set<string>> {
  const hops = flows.flatMap(({ steps }) => allHops(steps)).filter(({ via }) => via === 'mqtt');
  return {
    publishes: new Set(hops.filter(({ kind }) => kind === 'publish').map(({ from }) => from)),
    listens: new Set(hops.filter(({ kind }) => kind === 'deliver').map(({ to }) => to)),
  };
}

const without = (all: ReadonlySet<string>, some: ReadonlySet<string>): string[] =>
  [...all].filter((one) => !some.has(one));

const count = (ends: Map<string, number>, component: string, by: number): unknown =>
  ends.set(component, (ends.get(component) ?? 0) + by);

const endsOf = (ends: ReadonlyMap<string, number>): End[] =>
  [...ends].map(([component, messages]) => ({ component, messages }));

/** A payload as JSON; as text if it is none. */
function parsed({ facts }: HopLine): unknown {
  const payload = String(facts?.['payload'] ?? '');
  try {
    return JSON.parse(payload);
  } catch {
    return payload;
  }
}
