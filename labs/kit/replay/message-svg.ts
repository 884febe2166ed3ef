import { attributes, escape } from '../flow/markup.ts';
import { colours, halo, round, text } from './draw.ts';
import type { Message } from './messages.ts';

/** What an arrow needs to know of the panel that it is drawn in. */
export interface Frame {
  /** Where each component's lifeline stands. */
  at: ReadonlyMap<string, number>;
  /** Where the panel ends. */
  right: number;
  column: number;
  narrow: boolean;
  /** Whether to show hops' numbers. */
  numbers: boolean;
  /** Numbers of hops of event-driven flows. */
  eventHops: ReadonlySet<number>;
  isDown: (component: string, when: number) => boolean;
}

/** About the width of a letter. */
const LETTER = 6.4;

/** An arrow from one lifeline to another, with its number and its words. */
export function messageSvg(message: Message, y0: number, y1: number, frame: Frame): string {
  const { from, to, via, n, fault, index, inferred } = message;
  const isEvent = n === undefined ? via === 'mqtt' : frame.eventHops.has(n);
  const style = isEvent ? 'event-driven' : 'request-response';
  const own =
    via === 'store' && n === undefined ? colours.text : isEvent ? colours.event : colours.request;
  const colour = fault ? colours.wrong : own;
  const dashes = fault === 'missing' ? '2 4' : inferred ? '6 4' : '';
  const look: Look = {
    words: fault === 'missing' ? '✗ missing' : fault === 'odd' ? `✗ ${message.text}` : message.text,
    number: frame.numbers ? n : undefined,
    isEvent,
    stroke: `fill="none" stroke="${colour}"${dashes && ` stroke-dasharray="${dashes}"`}`,
  };
  const known = from === undefined ? undefined : frame.at.get(from);
  const end = to === undefined ? undefined : frame.at.get(to);
  const x0 = known ?? end! + frame.column * 0.6;
  const x1 = end ?? Math.min(x0 + frame.column * 0.6, frame.right);
  const drawn =
    x0 === x1
      ? stepSvg(message, look, x0, y1, frame)
      : arrowSvg(message, look, { x0, y0, x1, y1 }, frame);
  const data = attributes({
    'data-index': index,
    class: [style, ...(fault ? [fault] : [])].join(' '),
    fill: colour,
  });
  // What the words on the drawing leave out can still be had.
  const said = fault === 'missing' ? `missing: ${message.text}` : look.words;
  const title = drawn.includes(`>${escape(said)}<`) ? '' : `<title>${escape(said)}</title>`;
  return `<g ${data}>${title}${drawn}</g>`;
}

interface Look {
  words: string;
  number: number | undefined;
  isEvent: boolean;
  stroke: string;
}

/** Something that a component does by itself: its database is not shown. */
function stepSvg({ fault }: Message, look: Look, x: number, y: number, frame: Frame): string {
  const { words, number, isEvent, stroke } = look;
  const side = x + frame.column > frame.right ? -1 : 1;
  const gap = number === undefined ? 10 : 30;
  const space = Math.min(frame.column, side < 0 ? x : frame.right - x);
  const said = frame.narrow ? (fault ? '✗' : '') : short(words, space - gap);
  const anchor = side < 0 ? 'end' : 'start';
  const label = said && text(said, x + side * gap, y + 4.5, { 'text-anchor': anchor, ...halo });
  const badge = number === undefined ? '' : badgeSvg(number, isEvent, x + side * 17, y);
  return `${dotSvg(isEvent, x, y, fault === 'missing' ? stroke : '')}${label}${badge}`;
}

function arrowSvg(
  { to, via, fault, arrived }: Message,
  { words, number, isEvent, stroke }: Look,
  { x0, y0, x1, y1 }: Record<'x0' | 'y0' | 'x1' | 'y1', number>,
  frame: Frame,
): string {
  const towards = Math.sign(x1 - x0);
  const slope = (y1 - y0) / (x1 - x0);
  const isLost = to === undefined || (fault !== 'missing' && frame.isDown(to, arrived));
  const [a, b] = [x0 + 4 * towards, x1 - 5 * towards];
  const end = isLost ? cross(b, y1) : head(b, y1, towards, slope);
  const line = `<path d="M${a} ${y0}L${b} ${y1}${end}" ${stroke}/>`;
  const [middle, y] = [(x0 + x1) / 2, (y0 + y1) / 2];
  if (frame.narrow) {
    const sign = fault ? text('✗', middle, y - 9, halo) : '';
    const badge = number === undefined ? '' : badgeSvg(number, isEvent, middle, y);
    return line + sign + badge;
  }
  const taken = number === undefined ? 0 : 24;
  const room = Math.abs(x1 - x0) - 10 - taken;
  const x = middle + (taken / 2) * towards;
  // Along a line that leans, so that it doesn't cross its own words.
  const angle = Math.round((Math.atan(slope) * 180) / Math.PI);
  const lean = angle === 0 ? {} : { transform: `rotate(${angle} ${x} ${round(y)})` };
  const label = text(short(words, room * Math.hypot(1, slope)), x, y - 6, { ...lean, ...halo });
  const start = via === 'store' ? '' : dotSvg(isEvent, a, y0);
  const badge =
    number === undefined
      ? start
      : badgeSvg(number, isEvent, x0 + 19 * towards, y0 + 19 * towards * slope);
  return line + label + badge;
}

/** Round for request-response, square for event-driven. */
function dotSvg(isEvent: boolean, x: number, y: number, more = ''): string {
  const own = more && ` ${more}`;
  return isEvent
    ? `<path d="M${x - 3.5} ${y - 3.5}h7v7h-7z"${own}/>`
    : `<circle cx="${x}" cy="${y}" r="4"${own}/>`;
}

/** The hop's number in the shape of its style. */
function badgeSvg(n: number, isEvent: boolean, x: number, y: number): string {
  const [cx, cy] = [round(x), round(y)];
  const shape = isEvent
    ? `<rect x="${round(cx - 8)}" y="${round(cy - 8)}" width="16" height="16" rx="3"/>`
    : `<circle cx="${cx}" cy="${cy}" r="8.5"/>`;
  const number = text(String(n), cx, cy + 4, {
    'font-size': 11,
    'font-weight': 700,
    fill: colours.paper,
  });
  return `<g data-hop="${n}">${shape}${number}</g>`;
}

/** An arrow's two strokes; a leaning line leans them a little. */
function head(x: number, y: number, towards: number, slope: number): string {
  const lean = slope * 7;
  return `M${round(x - 7 * towards)} ${round(y - 4 - lean * towards)}L${x} ${y}L${round(x - 7 * towards)} ${round(y + 4 - lean * towards)}`;
}

const cross = (x: number, y: number): string => `M${x - 4} ${y - 4}l8 8M${x - 4} ${y + 4}l8-8`;

/** As much of the words as there is room for, in pixels: all, what stands before the comma, a part. */
function short(words: string, room: number): string {
  const letters = Math.floor(room / LETTER);
  const fits = [words, words.split(',', 1)[0]!].find((w) => w.length <= letters);
  return fits ?? `${words.slice(0, Math.max(1, letters - 1)).trimEnd()}…`;
}
