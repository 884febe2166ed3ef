import { shortName } from '../flow/steps.ts';
import type { Architecture } from '../flow/types.ts';
import type { Clock, Moment } from './clock.ts';
import { colours } from './draw.ts';
import { barSvg, headSvg, isDown, lifelineSvg, noteSvg } from './lifeline-svg.ts';
import { messageSvg, type Frame } from './message-svg.ts';
import { messagesOf, waitsOf, type Message, type Selection } from './messages.ts';
import { stops, type Trace, type TraceNote } from './trace.ts';

/** One trace of a drawing, with what of it is drawn. */
export interface Panel {
  trace: Trace;
  components: readonly { id: string; name: string; isBus: boolean }[];
  messages: readonly Message[];
  notes: readonly TraceNote[];
  /** For each message when it left and when it arrived (one moment if they are one), then the notes. */
  moments: readonly Moment[];
}

/** What of a trace is drawn, and when. `lane` is its place among those drawn side by side. */
export function panelOf(
  architecture: Architecture,
  trace: Trace,
  lane: number,
  { show, words, narrow = false }: Selection & { narrow?: boolean },
): Panel {
  const messages = messagesOf(trace, { show, words });
  const part = new Set(show ?? messages.flatMap(({ from, to }) => [from, to]));
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
  /** Where it begins. */
  x: number;
  column: number;
  narrow: boolean;
  top: number;
  /** Whether a name needs two lines. */
  wraps: boolean;
  numbers: boolean;
  eventHops: ReadonlySet<number>;
}

/** Draws one panel: lifelines, who waits, arrows, notes. `ys` are the heights of its moments. */
export function panelSvg(
  { trace, components, messages, notes }: Panel,
  ys: readonly number[],
  clock: Clock,
  place: Place,
): string {
  const { x, column, narrow, top, numbers, eventHops } = place;
  const at = new Map(components.map(({ id }, i) => [id, x + (i + 0.5) * column]));
  const right = x + components.length * column;
  const bottom = clock.height + 14;
  const heads = components.map(({ id, name, isBus }) => headSvg(at.get(id)!, name, isBus, place));
  const lines = components.map(({ id }) =>
    lifelineSvg(trace, id, at.get(id)!, clock, { top, bottom, narrow }),
  );
  const bars = waitsOf(trace).flatMap((wait) => {
    const component = components.find(({ id }) => id === wait.component);
    return component ? [barSvg(wait, component.name, at.get(component.id)!, clock, bottom)] : [];
  });
  const frame: Frame = {
    at,
    right,
    column,
    narrow,
    numbers,
    eventHops,
    isDown: (id, when) => isDown(trace, id, when),
  };
  const left = [...ys];
  const take = (): number => left.shift()!;
  const arrows = messages.map((message) => {
    const y = take();
    return messageSvg(message, y, message.sent === message.arrived ? y : take(), frame);
  });
  const told = notes.map((note) => {
    const middle = at.get(note.component)!;
    return noteSvg(note, middle, take(), middle + column > right);
  });
  return [
    `<g stroke="${colours.line}">${lines.join('')}</g>`,
    `<g fill="${colours.wait}" stroke="${colours.request}">${bars.join('')}</g>`,
    ...heads,
    ...arrows,
    ...told,
  ].join('');
}
