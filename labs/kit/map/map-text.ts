import { nameOf } from '../flow/steps.ts';
import type { Architecture } from '../flow/types.ts';
import type { Channel, Difference, End } from './bus-map.ts';

const sentences: Record<Difference['is'], Record<Difference['does'], string>> = {
  missing: {
    publishes: 'publishes in the flow, and was never seen to',
    listens: 'listens in the flow, and was never seen to',
  },
  extra: {
    publishes: 'was seen to publish, and no flow says so',
    listens: 'was seen to listen, and no flow says so',
  },
};

/** One end of a topic as people read it. */
export interface EndInWords {
  component: string;
  does: Difference['does'];
  name: string;
  messages: number;
  /** `published`, `delivered` */
  what: string;
  left: boolean;
}

/** The ends of a topic: who publishes, then who listens, each in the order of the architecture. */
export function endsInWords(
  architecture: Architecture,
  { publishers, subscribers }: Channel,
): EndInWords[] {
  const order = architecture.components.map(({ id }) => id);
  const place = ({ component }: EndInWords): number => order.indexOf(component);
  const named = (
    ends: readonly (End & { left?: boolean })[],
    of: Pick<EndInWords, 'does' | 'what'>,
  ): EndInWords[] =>
    ends
      .map((end) => ({ left: false, ...end, ...of, name: nameOf(architecture, end.component) }))
      .toSorted((a, b) => place(a) - place(b));
  return [
    ...named(publishers, { does: 'publishes', what: 'published' }),
    ...named(subscribers, { does: 'listens', what: 'delivered' }),
  ];
}

/** What differs from the flows, a sentence each; one that says so if nothing does. */
export const differencesInWords = (
  architecture: Architecture,
  found: readonly Difference[],
): string[] =>
  found.length === 0
    ? ['The flow says the same.']
    : found.map(
        ({ component, does, is }) => `≠ ${nameOf(architecture, component)} ${sentences[is][does]}.`,
      );

/** A map in words, a line a topic: who published how many messages, and to whom how many went. */
export const mapInWords = (architecture: Architecture, channels: readonly Channel[]): string[] =>
  channels.length === 0
    ? [nobody]
    : channels.map((channel) => {
        const ends = endsInWords(architecture, channel);
        const of = (wanted: EndInWords['does']): string =>
          ends
            .filter(({ does }) => does === wanted)
            .map(
              ({ name, messages, left }) => `${name} (${messages}${left ? '; it has left' : ''})`,
            )
            .join(', ') || 'nobody';
        return `${channel.topic}: published by ${of('publishes')}; delivered to ${of('listens')}.`;
      });

/** What is said of a bus without messages and subscriptions. */
export const nobody = 'Nobody has used the bus.';

/**
 * A map as lines for a terminal: each topic with its two ends, then what differs from the flows.
 * @returns at least one line
 */
export function mapText(
  architecture: Architecture,
  channels: readonly Channel[],
  found: readonly Difference[],
): string[] {
  const drawn = channels.flatMap((channel) => [
    channel.topic,
    ...endsInWords(architecture, channel).map(
      ({ name, messages, what, left }) =>
        `  ${name.padEnd(24)} ${String(messages).padStart(5)} ${what}${left ? '; it has left' : ''}`,
    ),
  ]);
  return [...(drawn.length > 0 ? drawn : [nobody]), ...differencesInWords(architecture, found)];
}
