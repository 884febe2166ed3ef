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
export function storyPicture(story: Story): string {
  const { style, lanes, messages, works, waits, holds, downs, reply, words } = story;
  const y = (who: string): number => top + lanes.indexOf(who) * laneHeight;
  // Round and square are the course's signs for the two styles.
  const bars = (name: string, thick: number, spans: Story['works'], round = style) =>
    spans.map(
      ({ who, from, until }) =>
        `<rect class="${name}" x="${x(from)}" y="${y(who) - thick / 2}" width="${tenths(x(until) - x(from))}" ` +
        `height="${thick}" rx="${round === 'request-response' ? thick / 2 : 0}"/>`,
    );
  const named = lanes.filter(Boolean);
  const last = messages.find(({ to }) => to === lanes[0])!;
  const height = top + lanes.length * laneHeight + 4;
  return [
    `<svg class="story" viewBox="0 0 ${width} ${height}" role="img" aria-label="${words}">`,
    `<path class="lane" d="${named.map((who) => `M${left} ${y(who)}H${right}`).join('')}"/>`,
    ...named.map((who) => `<text x="0" y="${y(who) + 4.5}">${who}</text>`),
    ...bars('down', 17, downs, 'event-driven'),
    ...downs.map(({ who }) => `<text class="said" x="${left + 8}" y="${y(who) + 4}">down</text>`),
    ...bars('waits', 9, waits),
    ...bars('works', 9, works),
    ...bars('holds', 15, holds),
    `<text class="said" x="${x(last.at) + 8}" y="${y(last.to) + 4}">${reply}</text>`,
    `<path class="sends" d="${messages.map((m) => arrow(x(m.at), y(m.from), y(m.to))).join('')}"/>`,
    ...messages.map(({ at, from }) => origin(x(at), y(from), style)),
    `<path class="time" d="M${left} ${height - 12}H${right}m-5-4l5 4l-5 4"/>`,
    `<text class="time-label" x="0" y="${height - 8}">time</text>`,
    `</svg>`,
  ].join('');
}

const tenths = (value: number): number => Math.round(value * 10) / 10;

const x = (at: number): number => tenths(left + (at * (right - left)) / end);

/** A message from one lane to another, which ends in an open head. */
function arrow(at: number, from: number, to: number): string {
  const down = Math.sign(to - from);
  return `M${at} ${from}V${to - 6 * down}m-4 ${-5 * down}l4 ${5 * down}l4 ${-5 * down}`;
}

/** Where a message starts. */
const origin = (at: number, y: number, style: Story['style']): string =>
  style === 'event-driven'
    ? `<rect class="origin" x="${tenths(at - 3.5)}" y="${y - 3.5}" width="7" height="7"/>`
    : `<circle class="origin" cx="${at}" cy="${y}" r="3.5"/>`;
