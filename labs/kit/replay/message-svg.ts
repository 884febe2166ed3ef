import { attributes, colours, escape, halo, round, text } from './draw.ts';
import type { Message } from './messages.ts';

/** What an arrow needs to know of the panel that it is drawn in. */
export interface Frame {
  /** Where each component's lifeline stands. */
  at: ReadonlyMap<string, number>;
  /** Where the panel ends. */
  right: number;
  column: number;
  narrow: boolean;
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
  const data = attributes({
    'data-index': index,
    class: [style, ...(fault ? [fault] : [])].join(' '),
    fill: colour,
  });
  const dashes = fault === 'missing' ? '2 4' : inferred ? '6 4' : '';
  const stroke = `fill="none" stroke="${colour}"${dashes && ` stroke-dasharray="${dashes}"`}`;
  const words =
    fault === 'odd' ? `✗ ${message.text}` : fault === 'missing' ? '✗ missing' : message.text;
  const title = `<title>${escape(fault === 'missing' ? `missing: ${message.text}` : message.text)}</title>`;
  const known = from === undefined ? undefined : frame.at.get(from);
  const end = to === undefined ? undefined : frame.at.get(to);
  const x0 = known ?? end! + frame.column * 0.6;
  const x1 = end ?? Math.min(x0 + frame.column * 0.6, frame.right);
  const badge = (x: number, y: number): string =>
    n === undefined ? '' : badgeSvg(n, isEvent, x, y);
  if (x0 === x1) {
    const side = x0 + frame.column > frame.right ? -1 : 1;
    const step = `<circle cx="${x0}" cy="${y1}" r="4"${fault === 'missing' ? ` ${stroke}` : ''}/>`;
    const gap = n === undefined ? 10 : 30;
    const space = Math.min(frame.column, side < 0 ? x0 : frame.right - x0);
    const label =
      frame.narrow && !fault
        ? ''
        : text(frame.narrow ? '✗' : short(words, space - gap), x0 + side * gap, y1 + 4.5, {
            'text-anchor': side < 0 ? 'end' : 'start',
            ...halo,
          });
    return `<g ${data}>${title}${step}${label}${badge(x0 + side * 17, y1)}</g>`;
  }
  const towards = Math.sign(x1 - x0);
  const isLost = to === undefined || (fault !== 'missing' && frame.isDown(to, message.arrived));
  const [a, b] = [x0 + 4 * towards, x1 - 5 * towards];
  const slope = (y1 - y0) / (x1 - x0);
  const line = `<path d="M${a} ${y0}L${b} ${y1}${isLost ? cross(b, y1) : head(b, y1, towards, slope)}" ${stroke}/>`;
  const taken = n === undefined ? 0 : 24;
  const room = Math.abs(x1 - x0) - 14 - taken;
  const [x, y] = [(x0 + x1 + taken * towards) / 2, (y0 + y1) / 2];
  if (frame.narrow)
    return `<g ${data}>${title}${line}${fault ? text('✗', x, y - 9, halo) : ''}${badge((x0 + x1) / 2, y)}</g>`;
  const label = text(short(words, room), x, y - 6 - Math.abs(slope) * 12, halo);
  return `<g ${data}>${title}${line}${label}${badge(x0 + 19 * towards, y0 + 19 * towards * slope)}</g>`;
}

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
