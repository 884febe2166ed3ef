import { numberedHops, shortName } from '../flow/steps.ts';
import type { Architecture } from '../flow/types.ts';
import { clockFor, type Clock, type Moment } from './clock.ts';
import { attributes, colours, escape, FONT, halo, text } from './draw.ts';
import { messagesOf, waitsOf, type Message, type Selection } from './messages.ts';
import { messageSvg, type Frame } from './message-svg.ts';
import { timeInWords } from './rows.ts';
import { starts, stops, type Trace, type TraceNote } from './trace.ts';

export interface SequenceOptions {
  /** For each trace the components to show; hops through others are folded into one arrow. */
  show?: readonly (readonly string[])[];
  /** What to call a hop; undefined leaves it out. */
  words?: Selection['words'];
  /**
   * Draws only this one of the traces, on the clock of all: put side by side, such drawings share
   * their heights.
   */
  only?: number;
  /** For phones: columns of 40 pixels, names on end, no words on the arrows; show the rows beside it. */
  narrow?: boolean;
  /** The distance of two lifelines; 112 if not given, 40 if narrow. */
  column?: number;
  /** Makes ids unique where a page shows several drawings. */
  id?: string;
}

const AXIS = 46;
const GAP = 28;

/**
 * Draws traces as a sequence diagram, side by side on one time axis that runs downward; the same bytes
 * for the same traces. A bar on a lifeline is somebody who waits; a dotted lifeline one that is down.
 *
 * Round and blue is request-response, square and orange is event-driven. A dashed arrow is inferred, a
 * red one with ✗ is the first that does not fit, a dotted one is missing. Colours are the page's:
 * `--flow-request`, `--flow-event`, `--flow-wrong`, `--flow-text`, `--flow-line`, `--flow-box`,
 * `--flow-paper`, `--flow-message-queue`. Each arrow carries its hop's index in `data-index`.
 */
export function sequenceSvg(
  architecture: Architecture,
  traces: readonly Trace[],
  options: SequenceOptions = {},
): string {
  const { only, narrow = false, id = `sequence-${traces.map((t) => t.run).join('-')}` } = options;
  const panels = traces.map((trace, i) => panelOf(architecture, trace, i, options));
  const top = narrow ? 96 : 50;
  const clock = clockFor(
    panels.flatMap((panel) => panel.moments),
    top + (narrow ? 12 : 24),
  );
  const column = options.column ?? (narrow ? 40 : 112);
  const drawn = panels.filter((_, i) => only === undefined || only === i);
  let x = AXIS;
  const parts = drawn.map((panel) => {
    const first = panels.slice(0, panels.indexOf(panel)).flatMap((p) => p.moments).length;
    const ys = clock.ys.slice(first, first + panel.moments.length);
    const svg = panelSvg(panel, ys, clock, {
      x,
      column,
      narrow,
      top,
      eventHops: numbers(architecture),
    });
    x += panel.components.length * column + GAP;
    return svg;
  });
  const width = x - GAP;
  const height = clock.height + 46;
  const root = attributes({
    xmlns: 'http://www.w3.org/2000/svg',
    class: 'sequence',
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: 'img',
    'aria-labelledby': `${id}-title`,
    'aria-describedby': `${id}-desc`,
    'font-family': 'system-ui,sans-serif',
    'font-size': FONT,
    'text-anchor': 'middle',
    'stroke-width': 1.5,
    'stroke-linejoin': 'round',
    fill: colours.text,
  });
  const shown = drawn.map((panel) => panel.trace);
  return [
    `<svg ${root}>`,
    `<title id="${id}-title">${escape([...new Set(shown.map((t) => t.title))].join(' and '))}</title>`,
    `<desc id="${id}-desc">${escape(shown.map(inBrief).join(' '))}</desc>`,
    axisSvg(drawn, clock, top),
    ...parts,
    `</svg>`,
  ].join('');
}

const inBrief = ({ hops, verdict }: Trace): string =>
  `A sequence diagram: ${hops.length} messages in ${timeInWords(hops.at(-1)?.at ?? 0)}.${verdict ? ` ${verdict.headline}.` : ''}`;

/** The numbers that the course gives hops of event-driven flows. */
function numbers({ flows }: Architecture): ReadonlySet<number> {
  const counted = flows.map(({ steps }) => numberedHops(steps));
  return new Set(
    counted.filter((hops) => hops[0]?.hops[0]?.via === 'mqtt').flatMap((h) => h.map(({ n }) => n)),
  );
}

interface Panel {
  trace: Trace;
  components: readonly { id: string; name: string; isBus: boolean }[];
  messages: readonly Message[];
  notes: readonly TraceNote[];
  /** For each message when it left and when it arrived (one moment if they are one), then the notes. */
  moments: readonly Moment[];
}

function panelOf(
  architecture: Architecture,
  trace: Trace,
  lane: number,
  { show, words, narrow }: SequenceOptions,
): Panel {
  const shown = show?.[lane];
  const messages = messagesOf(trace, { show: shown, words });
  const part = new Set(shown ?? messages.flatMap(({ from, to }) => [from, to]));
  const components = architecture.components
    .filter(({ id }) => part.has(id))
    .map((c) => ({ id: c.id, name: shortName(c), isBus: c.type === 'message_queue' }));
  const notes = trace.notes.filter(
    ({ component, what = '' }) => part.has(component) && (stops.has(what) || what === 'started'),
  );
  const moments = [
    ...messages.flatMap(({ sent, arrived }): Moment[] =>
      sent === arrived
        ? [{ at: arrived, lane, room: narrow ? 22 : 30 }]
        : [
            { at: sent, lane, room: 12 },
            { at: arrived, lane, room: 20 },
          ],
    ),
    ...notes.map(({ at }): Moment => ({ at, lane, room: 26 })),
  ];
  return { trace, components, messages, notes, moments };
}

interface Place {
  x: number;
  column: number;
  narrow: boolean;
  top: number;
  eventHops: ReadonlySet<number>;
}

function panelSvg(
  { trace, components, messages, notes }: Panel,
  ys: readonly number[],
  clock: Clock,
  { x, column, narrow, top, eventHops }: Place,
): string {
  const at = new Map(components.map(({ id }, i) => [id, x + (i + 0.5) * column]));
  const right = x + components.length * column;
  const bottom = clock.height + 14;
  const heads = components.map(({ id, name, isBus }) =>
    headSvg(at.get(id)!, name, isBus, { column, narrow, top }),
  );
  const lines = components.map(({ id }) =>
    lifelineSvg(trace, id, at.get(id)!, clock, { top, bottom }),
  );
  const bars = waitsOf(trace).flatMap(({ component, since, until }) => {
    const middle = at.get(component);
    if (middle === undefined) return [];
    const [from, to] = [clock.y(since), until === undefined ? bottom : clock.y(until)];
    const name = components.find((c) => c.id === component)!.name;
    const title = `${name} waits ${until === undefined ? 'in vain' : timeInWords(until - since)}`;
    return `<rect x="${middle - 4}" y="${from}" width="8" height="${to - from}"><title>${escape(title)}</title></rect>`;
  });
  const frame: Frame = {
    at,
    right,
    column,
    narrow,
    eventHops,
    isDown: (id, when) => isDown(trace, id, when),
  };
  const left = [...ys];
  const take = (): number => left.shift()!;
  const arrows = messages.map((message) => {
    const y = take();
    return messageSvg(message, y, message.sent === message.arrived ? y : take(), frame);
  });
  const told = notes.map(({ what = '', component, text: words }) => {
    const y = take();
    const middle = at.get(component)!;
    const isLast = middle + column > right;
    const label = stops.has(what) ? '✗ stopped' : '✓ runs again';
    return `<g><title>${escape(words)}</title>${text(label, isLast ? middle - 9 : middle + 9, y + 4, { 'text-anchor': isLast ? 'end' : 'start', ...halo })}</g>`;
  });
  return [
    `<g stroke="${colours.line}">${lines.join('')}</g>`,
    `<g fill="${colours.box}" stroke="${colours.request}">${bars.join('')}</g>`,
    ...heads,
    ...arrows,
    ...told,
  ].join('');
}

function headSvg(
  middle: number,
  name: string,
  isBus: boolean,
  { column, narrow, top }: { column: number; narrow: boolean; top: number },
): string {
  const [width, height] = narrow ? [30, top - 6] : [column - 8, 28];
  const y = top - height;
  const box = `<rect x="${middle - width / 2}" y="${y}" width="${width}" height="${height}" rx="6" fill="${colours.box}" stroke="${isBus ? colours.bus : colours.line}"/>`;
  const words = narrow
    ? `<text transform="translate(${middle + 4.5} ${y + height / 2})rotate(-90)">${escape(name)}</text>`
    : text(name, middle, y + height / 2 + 4.5, { 'font-size': 12.5, 'font-weight': 600 });
  return box + words;
}

/** A lifeline, dotted where its component is down. */
function lifelineSvg(
  trace: Trace,
  id: string,
  x: number,
  clock: Clock,
  { top, bottom }: { top: number; bottom: number },
): string {
  const turns = trace.notes.filter(
    ({ component, what = '' }) => component === id && (stops.has(what) || starts.has(what)),
  );
  let [y, down] = [top, isDown(trace, id, 0)];
  const line = (to: number): string =>
    `<path d="M${x} ${y}V${to}"${down ? ' stroke-dasharray="2 6"' : ''}/>`;
  const parts: string[] = down
    ? [text('✗ stopped', x, top + 14, { fill: colours.wrong, ...halo })]
    : [];
  for (const { at, what = '' } of turns) {
    if (stops.has(what) === down) continue;
    parts.unshift(line(clock.y(at)));
    y = clock.y(at);
    down = !down;
  }
  return [line(bottom), ...parts].join('');
}

function isDown({ down = [], notes }: Trace, id: string, when: number): boolean {
  const last = notes.findLast(
    ({ component, at, what = '' }) =>
      component === id && at <= when && (stops.has(what) || starts.has(what)),
  );
  return last ? stops.has(last.what!) : down.includes(id);
}

/** Times at the side, pauses that are cut short, and what the axis is. */
function axisSvg(drawn: readonly Panel[], clock: Clock, top: number): string {
  const times = [
    ...new Set(
      drawn.flatMap(({ messages }) =>
        messages.filter((m) => m.fault !== 'missing').map((m) => m.arrived),
      ),
    ),
  ];
  let last = top - 4;
  const labels = times
    .toSorted((a, b) => a - b)
    .flatMap((at) => {
      const y = clock.y(at);
      if (y - last < 13) return [];
      last = y;
      return [
        text(at < 99.95 ? at.toFixed(1) : timeInWords(at).replace(' ms', ''), AXIS - 8, y + 4),
      ];
    });
  const pauses = clock.pauses.map(
    ({ y, ms }) =>
      `<path d="M6 ${y}q5-6 10 0t10 0t10 0M6 ${y + 4}q5-6 10 0t10 0t10 0" fill="none" stroke="${colours.line}"/><title>${timeInWords(ms)} pass</title>`,
  );
  const cut = clock.pauses.length > 0 ? ', long ones cut' : '';
  const note = `Time runs down; short gaps are stretched${cut}.`;
  return [
    `<g font-size="11" text-anchor="end">${text('ms', AXIS - 8, top - 10)}${labels.join('')}`,
    ...pauses.map((pause) => `<g>${pause}</g>`),
    text(note, 8, clock.height + 38, { 'text-anchor': 'start' }),
    `</g>`,
  ].join('');
}
