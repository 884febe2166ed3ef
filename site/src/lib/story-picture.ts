import { end, type Story } from './story.ts';

const laneHeight = 34;
const top = 10;
const left = 124;
const right = 340;
const width = 348;

/**
 * Draws a story as lanes over time: a filled bar works, an open one waits, an arrow is a message. All
 * colours are the page's, by class.
 */
export function storyPicture({
  style,
  lanes,
  messages,
  works,
  waits,
  holds,
  words,
}: Story): string {
  const x = (at: number): number => round(left + (at * (right - left)) / end);
  const y = (who: string): number => top + lanes.indexOf(who) * laneHeight;
  // Round and square are the course's signs for the two styles.
  const r = style === 'event-driven' ? 0 : 4;
  const bar = (name: string, height: number) => (span: Story['works'][number]) =>
    `<rect class="${name}" x="${x(span.from)}" y="${y(span.who) - height / 2}" ` +
    `width="${round(x(span.until) - x(span.from))}" height="${height}" rx="${r && height / 2}"/>`;
  const named = lanes.filter(Boolean);
  const [wait] = waits.toReversed();
  const height = top + lanes.length * laneHeight + 4;
  return [
    `<svg class="story" viewBox="0 0 ${width} ${height}" role="img" aria-label="${words}">`,
    `<path class="lane" d="${named.map((who) => `M${left} ${y(who)}H${right}`).join('')}"/>`,
    ...named.map((who) => `<text x="0" y="${y(who) + 4.5}">${who}</text>`),
    ...waits.map(bar('waits', 9)),
    ...works.map(bar('works', 9)),
    ...(holds ? [bar('holds', 15)(holds)] : []),
    `<text class="said" x="${x(wait!.until) + 8}" y="${y(wait!.who) + 4}">reply</text>`,
    `<path class="sends" d="${messages.map((m) => arrow(x(m.at), y(m.from), y(m.to))).join('')}"/>`,
    ...messages.map(({ at, from }) => origin(x(at), y(from), style)),
    `<path class="time" d="M${left} ${height - 12}H${right}m-5-4l5 4l-5 4"/>`,
    `<text class="time-label" x="0" y="${height - 8}">time</text>`,
    `</svg>`,
  ].join('');
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** A message from one lane to another, which ends in an open head. */
function arrow(x: number, from: number, to: number): string {
  const down = Math.sign(to - from);
  const tip = to - 6 * down;
  return `M${x} ${from}V${tip}m-4 ${-5 * down}l4 ${5 * down}l4 ${-5 * down}`;
}

/** Where a message starts. */
const origin = (x: number, y: number, style: Story['style']): string =>
  style === 'event-driven'
    ? `<rect class="origin" x="${round(x - 3.5)}" y="${y - 3.5}" width="7" height="7"/>`
    : `<circle class="origin" cx="${x}" cy="${y}" r="3.5"/>`;
