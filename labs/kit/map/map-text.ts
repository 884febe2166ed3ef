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

/**
 * A map as lines for a terminal: each topic with its two ends, then what differs from the flows.
 * @returns at least one line
 */
export function mapText(
  architecture: Architecture,
  channels: readonly Channel[],
  found: readonly Difference[],
): string[] {
  const name = (component: string): string => nameOf(architecture, component);
  const line = ({ component, messages }: End, what: string): string =>
    `  ${name(component).padEnd(24)} ${String(messages).padStart(5)} ${what}`;
  const drawn = channels.flatMap(({ topic, publishers, subscribers }) => [
    topic,
    ...publishers.map((end) => line(end, 'published')),
    ...subscribers.map((end) => line(end, end.left ? 'delivered; it has left' : 'delivered')),
  ]);
  const compared =
    found.length === 0
      ? ['The flow says the same.']
      : found.map(({ component, does, is }) => `≠ ${name(component)} ${sentences[is][does]}.`);
  return [...(drawn.length > 0 ? drawn : ['Nobody has used the bus.']), ...compared];
}
