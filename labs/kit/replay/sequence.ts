import { attributes, escape } from '../flow/markup.ts';
import { numberedHops } from '../flow/steps.ts';
import { eventDriven } from '../flow/styles.ts';
import type { Architecture } from '../flow/types.ts';
import { clockFor } from './clock.ts';
import { colours, FONT } from './draw.ts';
import { AXIS, axisSvg, fits } from './lifeline-svg.ts';
import type { Selection } from './messages.ts';
import { panelOf, panelSvg, type Panel } from './panel-svg.ts';
import { timeInWords } from './rows.ts';
import type { Trace } from './trace.ts';

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
  /** Whether hops show their numbers; true if not given. */
  numbers?: boolean;
  /** The distance of two lifelines; 112 if not given, 40 if narrow. */
  column?: number;
  /** Makes ids unique where a page shows several drawings. */
  id?: string;
}

const GAP = 28;

/**
 * Draws traces as a sequence diagram, side by side on one time axis that runs downward; the same bytes
 * for the same traces. A bar on a lifeline is somebody who waits; a dotted lifeline one that is down.
 *
 * Round and blue is request-response, square and orange is event-driven. A dashed arrow is inferred, a
 * red one with ✗ is the first that does not fit, a dotted one is missing. Colours are the page's:
 * `--flow-request`, `--flow-event`, `--flow-wrong`, `--flow-text`, `--flow-line`, `--flow-box`,
 * `--flow-paper`, `--flow-wait`, `--flow-message-queue`. Each arrow carries its hop's index in `data-index`.
 */
export function sequenceSvg(
  architecture: Architecture,
  traces: readonly Trace[],
  options: SequenceOptions = {},
): string {
  const {
    only,
    show,
    words,
    narrow = false,
    id = `sequence-${traces.map((t) => t.run).join('-')}`,
  } = options;
  const panels = traces.map((trace, i) =>
    panelOf(architecture, trace, i, { show: show?.[i], words, narrow }),
  );
  const column = options.column ?? (narrow ? 40 : 112);
  const names = panels.flatMap((panel) => panel.components.map(({ name }) => name));
  const wraps = !narrow && names.some((name) => !fits(name, column));
  const top = narrow ? 96 : wraps ? 56 : 42;
  const clock = clockFor(
    panels.flatMap((panel) => panel.moments),
    top + (narrow ? 12 : 24),
  );
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
      wraps,
      numbers: options.numbers ?? true,
      eventHops: countedEvents(architecture),
    });
    x += panel.components.length * column + GAP;
    return svg;
  });
  // The axis says what it is even under few columns.
  const width = Math.max(x - GAP, 240);
  const height = clock.height + 58;
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
  const times = drawn
    .flatMap(({ messages }) => messages.filter(({ fault }) => fault !== 'missing'))
    .map(({ arrived }) => arrived);
  return [
    `<svg ${root}>`,
    `<title id="${id}-title">${escape([...new Set(shown.map((t) => t.title))].join(' and '))}</title>`,
    `<desc id="${id}-desc">${escape(drawn.map((panel) => inBrief(panel, show !== undefined)).join(' '))}</desc>`,
    axisSvg(times, clock, top),
    ...parts,
    `</svg>`,
  ].join('');
}

/** A drawing of a part is told whole; of a whole trace the page has the rows. */
function inBrief({ trace, components, messages }: Panel, isPart: boolean): string {
  const { hops, verdict } = trace;
  const nameOf = (id?: string): string => components.find((c) => c.id === id)?.name ?? '…';
  if (isPart)
    return messages
      .map(({ arrived, from, to, text }) => {
        const who = from === to ? nameOf(from) : `${nameOf(from)} to ${nameOf(to)}`;
        return `${timeInWords(arrived)}: ${who}, ${text}.`;
      })
      .join(' ');
  const said = verdict ? ` ${verdict.headline}.` : '';
  return `A sequence diagram: ${hops.length} messages in ${timeInWords(hops.at(-1)?.at ?? 0)}.${said}`;
}

/** The numbers that the course gives hops of event-driven flows. */
function countedEvents({ flows }: Architecture): ReadonlySet<number> {
  const numbers = flows.flatMap(({ steps }) => {
    const hops = numberedHops(steps);
    const isEvent = eventDriven(hops);
    return hops.filter((_, i) => isEvent[i]).map(({ n }) => n);
  });
  return new Set(numbers);
}
