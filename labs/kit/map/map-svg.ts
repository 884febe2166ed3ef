import { attributes, escape } from '../flow/markup.ts';
import { nameOf } from '../flow/steps.ts';
import type { Architecture } from '../flow/types.ts';
import { colours, FONT, text } from '../replay/draw.ts';
import type { Channel, Difference } from './bus-map.ts';
import {
  LEFT,
  longestName,
  longestTopic,
  rowSvg,
  TOPIC,
  topicSvg,
  type Place,
  type Row,
} from './map-parts.ts';
import {
  differencesInWords,
  endsInWords,
  mapInWords,
  nobody,
  type EndInWords,
} from './map-text.ts';

const ROW = 44;
/** Room for what stands beside a box. */
const BESIDE = 128;

/**
 * Draws a map, narrow enough for a phone: each topic with those who publish to it above and those who
 * listen below, then what the flows say and nobody saw. Dashed and red with `≠` is what differs from
 * the flows, dashed and grey who has left. Colours are the page's: `--flow-event`, `--flow-wrong`,
 * `--flow-text`, `--flow-line`, `--flow-box`, `--flow-message-queue`.
 * @param id makes ids unique where a page shows several drawings
 */
export function mapSvg(
  architecture: Architecture,
  channels: readonly Channel[],
  found: readonly Difference[],
  id: string,
): string {
  const ends = channels.map((channel) => rowsOf(architecture, channel, found));
  const missing = missingRows(architecture, found);
  const box = boxWidth([...ends.flat(2), ...missing]);
  const topics = channels.map(({ topic }) => Math.min(topic.length, longestTopic) * 8 + 32);
  const width = Math.ceil(Math.max(LEFT + box + BESIDE, ...topics));
  const parts: string[] = [];
  let y = 2;
  for (const [i, { topic }] of channels.entries()) {
    const [publishers, listeners] = ends[i]!;
    const at = y + publishers.length * ROW;
    const below = at + TOPIC + 10;
    parts.push(
      ...joined([
        ...publishers.map((row, n) => ({ row, place: { y: y + n * ROW, box, to: at } })),
        ...listeners.map((row, n) => ({
          row,
          place: { y: below + n * ROW, box, from: at + TOPIC },
        })),
      ]),
      topicSvg(topic, at, width),
    );
    y = below + listeners.length * ROW + 14;
  }
  if (channels.length === 0) {
    parts.push(text(nobody, 0, y + 14));
    y += 32;
  }
  if (missing.length > 0) {
    parts.push(text('In the flow, and never seen:', 0, y + 12, { fill: colours.wrong }));
    parts.push(...missing.map((row, n) => rowSvg(row, { y: y + 22 + n * ROW, box })));
    y += 22 + missing.length * ROW;
  }
  const words = [...mapInWords(architecture, channels), ...differencesInWords(architecture, found)];
  const title = `${architecture.title}: who tells whom on the bus`;
  return framed(parts, { id, width, height: y, title, words: words.join(' ') });
}

/** Where lines lie on one another, that of somebody who was expected and seen has to be on top. */
function joined(rows: readonly { row: Row; place: Place }[]): string[] {
  const isSeen = ({ row }: { row: Row }): boolean => row.look === 'seen';
  const drawn = [...rows.filter((one) => !isSeen(one)), ...rows.filter(isSeen)];
  return drawn.map(({ row, place }) => rowSvg(row, place));
}

function rowsOf(
  architecture: Architecture,
  channel: Channel,
  found: readonly Difference[],
): [publishers: Row[], listeners: Row[]] {
  const ends = endsInWords(architecture, channel);
  const isExtra = ({ component, does }: EndInWords): boolean =>
    found.some((d) => d.is === 'extra' && d.component === component && d.does === does);
  const rows = (wanted: EndInWords['does']): Row[] =>
    ends
      .filter(({ does }) => does === wanted)
      .map((end) => {
        const seen = `${end.messages} ${end.what}`;
        if (isExtra(end))
          return { name: end.name, words: [seen, '≠ not in the flow'], look: 'differs' };
        if (end.left) return { name: end.name, words: [seen, 'has left'], look: 'left' };
        return { name: end.name, words: [seen], look: 'seen' };
      });
  return [rows('publishes'), rows('listens')];
}

const missingRows = (architecture: Architecture, found: readonly Difference[]): Row[] =>
  found
    .filter(({ is }) => is === 'missing')
    .map(({ component, does }) => ({
      name: nameOf(architecture, component),
      words: [`≠ ${does}`],
      look: 'differs',
    }));

/** Boxes are as wide as the longest name. */
function boxWidth(rows: readonly Row[]): number {
  const letters = Math.max(12, ...rows.map(({ name }) => name.length));
  return Math.round(Math.min(letters, longestName) * 7.6 + 16);
}

interface Frame {
  id: string;
  width: number;
  height: number;
  title: string;
  words: string;
}

function framed(parts: readonly string[], { id, width, height, title, words }: Frame): string {
  const root = attributes({
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: 'img',
    'aria-labelledby': `${id}-title`,
    'aria-describedby': `${id}-desc`,
    'font-family': 'system-ui,sans-serif',
    'font-size': FONT,
    'stroke-width': 1.5,
    'stroke-linejoin': 'round',
    fill: colours.text,
  });
  return [
    `<svg ${root}>`,
    `<title id="${id}-title">${escape(title)}</title>`,
    `<desc id="${id}-desc">${escape(words)}</desc>`,
    ...parts,
    `</svg>`,
  ].join('');
}
