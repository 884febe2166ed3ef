/** What the parts of a sequence diagram share. */
import { attributes, escape } from '../flow/markup.ts';

export const FONT = 13;

/** The page's colours, with one that serves where a page sets none. */
export const colours = {
  request: 'var(--flow-request,#1b5cab)',
  event: 'var(--flow-event,#a3460a)',
  wrong: 'var(--flow-wrong,#a32626)',
  text: 'var(--flow-text,CanvasText)',
  line: 'var(--flow-line,#7c8798)',
  box: 'var(--flow-box,Canvas)',
  paper: 'var(--flow-paper,Canvas)',
  wait: 'var(--flow-wait,var(--flow-box,Canvas))',
  bus: 'var(--flow-message-queue,#a3460a)',
} as const;

/** Text that stays readable where lines cross it. */
export const halo = {
  stroke: colours.paper,
  'stroke-width': 4,
  'paint-order': 'stroke',
} as const;

type Attributes = Readonly<Record<string, string | number>>;

/** A line of text, escaped. */
export function text(words: string, x: number, y: number, more: Attributes = {}): string {
  return `<text ${attributes({ x: round(x), y: round(y), ...more })}>${escape(words)}</text>`;
}

export const round = (value: number): number => Math.round(value * 10) / 10;
