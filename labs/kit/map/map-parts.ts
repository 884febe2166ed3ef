import { attributes, escape } from '../flow/markup.ts';
import { outline } from '../flow/shapes.ts';
import { colours, text } from '../replay/draw.ts';

/** Where boxes begin, how high they are, how high a topic is. */
export const LEFT = 40;
const BOX = 34;
export const TOPIC = 38;
/** The line that joins a topic to its ends. */
const TRUNK = 18;
/** Names and topics that are longer are cut; what was cut is their title. */
export const longestName = 20;
export const longestTopic = 34;

/** Somebody at one end of a topic, as it is drawn. */
export interface Row {
  name: string;
  /** One line or two, beside the box. */
  words: readonly string[];
  look: 'seen' | 'left' | 'differs';
}

/** Where a row stands: its top, its box's width, and the height of the topic's edge that it is joined to. */
export interface Place {
  y: number;
  box: number;
  /** A publisher: down to there. */
  to?: number;
  /** A listener: down from there. */
  from?: number;
}

/** A box with its words, and the line that joins it to its topic. */
export function rowSvg({ name, words, look }: Row, { y, box, to, from }: Place): string {
  const middle = y + BOX / 2;
  const colour = { seen: colours.event, left: colours.line, differs: colours.wrong }[look];
  const dashes = look === 'seen' ? {} : { 'stroke-dasharray': '5 4' };
  const join = to !== undefined ? up(middle, to) : from !== undefined ? down(from, middle) : '';
  const line =
    join && `<path ${attributes({ d: join, stroke: colour, fill: 'none', ...dashes })}/>`;
  const frame = attributes({
    transform: `translate(${LEFT} ${y})`,
    d: outline('service', Math.round(box), BOX),
    fill: colours.box,
    stroke: look === 'seen' ? colours.line : colour,
    ...dashes,
  });
  const beside = words.map((said, i) =>
    text(said, LEFT + box + 10, middle + 4.5 + (i - (words.length - 1) / 2) * 15, {
      'font-size': 12,
      ...(said.startsWith('≠') && { fill: colours.wrong }),
    }),
  );
  const label = text(cut(name, longestName), LEFT + box / 2, middle + 4.5, {
    'text-anchor': 'middle',
  });
  return `<g>${whole(name, longestName)}${line}<path ${frame}/>${label}${beside.join('')}</g>`;
}

/** A topic, as the queue that it is for each of its listeners. */
export function topicSvg(topic: string, y: number, width: number): string {
  const frame = attributes({
    transform: `translate(1 ${y})`,
    d: outline('message_queue', width - 2, TOPIC),
    fill: colours.box,
    stroke: colours.bus,
  });
  const label = text(cut(topic, longestTopic), width / 2 - 4, y + TOPIC / 2 + 4.5, {
    'text-anchor': 'middle',
    'font-family': 'ui-monospace,monospace',
    'font-weight': 600,
  });
  return `<g>${whole(topic, longestTopic)}<path ${frame}/>${label}</g>`;
}

const up = (from: number, to: number): string =>
  `M${LEFT} ${from}H${TRUNK + 6}q-6 0-6 6V${to - 1}m-4-5 4 5 4-5`;

const down = (from: number, to: number): string =>
  `M${TRUNK} ${from}V${to - 6}q0 6 6 6H${LEFT - 1}m-5-4 5 4-5 4`;

const cut = (words: string, longest: number): string =>
  words.length > longest ? `${words.slice(0, longest - 1)}…` : words;

const whole = (words: string, longest: number): string =>
  words.length > longest ? `<title>${escape(words)}</title>` : '';
