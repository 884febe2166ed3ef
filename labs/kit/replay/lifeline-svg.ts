import { escape } from '../flow/markup.ts';
import type { Clock } from './clock.ts';
import { colours, halo, text } from './draw.ts';
import type { Wait } from './messages.ts';
import { timeInWords } from './rows.ts';
import { starts, stops, type Trace, type TraceNote } from './trace.ts';

/** The width of the axis at the left. */
export const AXIS = 46;

const HEAD = { 'font-size': 12.5, 'font-weight': 600 };

/** Whether a name fits on one line over its lifeline. */
export const fits = (name: string, column: number): boolean => name.length * 7.6 <= column - 12;

/** A component's name in its box, over its lifeline. */
export function headSvg(
  middle: number,
  name: string,
  isBus: boolean,
  { column, narrow, top, wraps }: { column: number; narrow: boolean; top: number; wraps: boolean },
): string {
  const [width, height] = narrow ? [30, top - 6] : [column - 8, wraps ? 42 : 28];
  const y = top - height;
  const box = `<rect x="${middle - width / 2}" y="${y}" width="${width}" height="${height}" rx="6" fill="${colours.box}" stroke="${isBus ? colours.bus : colours.line}"/>`;
  const centre = y + height / 2 + 4.5;
  if (narrow)
    return `${box}<text transform="translate(${middle + 4.5} ${centre - 4.5})rotate(-90)">${escape(name)}</text>`;
  const lines = fits(name, column) ? [name] : name.split(/ (?=\S+$)/);
  const words = lines.map((line, i) =>
    text(line, middle, centre + (i - (lines.length - 1) / 2) * 15, HEAD),
  );
  return box + words.join('');
}

/** Somebody waits. */
export function barSvg(
  { since, until }: Wait,
  name: string,
  x: number,
  clock: Clock,
  bottom: number,
): string {
  const [from, to] = [clock.y(since), until === undefined ? bottom : clock.y(until)];
  const title = `${name} waits ${until === undefined ? 'in vain' : timeInWords(until - since)}`;
  return `<rect x="${x - 4}" y="${from}" width="8" height="${to - from}"><title>${escape(title)}</title></rect>`;
}

/** A component has stopped, or runs again; said at its left where nothing is to its right. */
export function noteSvg(
  { what = '', text: words }: TraceNote,
  x: number,
  y: number,
  isLast: boolean,
): string {
  const label = stops.has(what) ? '✗ stopped' : '✓ back';
  const place = isLast ? { 'text-anchor': 'end' } : { 'text-anchor': 'start' };
  const title = words === what ? '' : `<title>${escape(words)}</title>`;
  return `<g>${title}${text(label, isLast ? x - 9 : x + 9, y + 4, { ...place, ...halo })}</g>`;
}

/** A lifeline, dotted where its component is down. */
export function lifelineSvg(
  trace: Trace,
  id: string,
  x: number,
  clock: Clock,
  { top, bottom, narrow }: { top: number; bottom: number; narrow: boolean },
): string {
  const turns = trace.notes.filter(
    ({ component, what = '' }) => component === id && (stops.has(what) || starts.has(what)),
  );
  let [y, down] = [top, isDown(trace, id, 0)];
  const line = (to: number): string =>
    `<path d="M${x} ${y}V${to}"${down ? ' stroke-dasharray="2 6"' : ''}/>`;
  const parts: string[] = down
    ? [text(narrow ? '✗' : '✗ stopped', x, top + 14, { fill: colours.wrong, ...halo })]
    : [];
  for (const { at, what = '' } of turns) {
    if (stops.has(what) === down) continue;
    parts.unshift(line(clock.y(at)));
    y = clock.y(at);
    down = !down;
  }
  return [line(bottom), ...parts].join('');
}

/** Whether a component was down at a time of the trace. */
export function isDown({ down = [], notes }: Trace, id: string, when: number): boolean {
  const last = notes.findLast(
    ({ component, at, what = '' }) =>
      component === id && at <= when && (stops.has(what) || starts.has(what)),
  );
  return last ? stops.has(last.what!) : down.includes(id);
}

/** Times at the side, pauses that are cut short, and what the axis is. */
export function axisSvg(times: readonly number[], clock: Clock, top: number): string {
  let last = top - 4;
  const labels = [...new Set(times)]
    .toSorted((a, b) => a - b)
    .flatMap((at) => {
      const y = clock.y(at);
      if (y - last < 13) return [];
      last = y;
      const words = at < 99.95 ? at.toFixed(1) : timeInWords(at).replace(' ms', '');
      return [text(words, AXIS - 8, y + 4)];
    });
  const wave = 'q5-6 10 0t10 0t10 0';
  const pauses = clock.pauses.map(
    ({ y, ms }) =>
      `<path d="M6 ${y}${wave}M6 ${y + 4}${wave}" fill="none" stroke="${colours.line}"><title>${timeInWords(ms)} pass</title></path>`,
  );
  const cut = clock.pauses.length > 0 ? ', long ones cut' : '';
  const note = ['Time runs down.', `Short gaps are stretched${cut}.`];
  return [
    `<g font-size="11" text-anchor="end">${text('ms', AXIS - 8, top - 10)}`,
    ...labels,
    ...pauses,
    ...note.map((line, i) => text(line, 6, clock.height + 36 + i * 15, { 'text-anchor': 'start' })),
    `</g>`,
  ].join('');
}
