import type { ComponentType } from './types.ts';

/** The outline of a component's box: a type is told by its shape, not by its colour alone. */
export const outline = (type: ComponentType, width: number, height: number): string =>
  outlines[type](width, height);

const outlines: Record<ComponentType, (w: number, h: number) => string> = {
  client: (w, h) => box(w, h, 18),
  load_balancer: (w, h) => `M12 0h${w - 24}l12 ${h / 2}-12 ${h / 2}H12L0 ${h / 2}z`,
  api_gateway: (w, h) => `M10 0h${w - 20}l10 10v${h - 20}l-10 10H10L0 ${h - 10}V10z`,
  service: (w, h) => box(w, h, 8),
  database: (w, h) =>
    `M0 7v${h - 14}c0 9 ${w} 9 ${w} 0v${14 - h}c0-9-${w}-9-${w} 0c0 9 ${w} 9 ${w} 0`,
  cache: (w, h) => `${box(w, h, 3)}M5 0v${h}M${w - 5} 0v${h}`,
  message_queue: (w, h) =>
    `M6 0h${w - 12}c8 0 8 ${h} 0 ${h}H6C-2 ${h}-2 0 6 0M${w - 6} 0c-8 0-8 ${h} 0 ${h}`,
};

function box(w: number, h: number, r: number): string {
  const corner = (x: number, y: number) => `a${r} ${r} 0 0 1 ${x} ${y}`;
  const [across, down] = [w - 2 * r, h - 2 * r];
  const right = `M${r} 0h${across}${corner(r, r)}v${down}${corner(-r, r)}`;
  return `${right}h${-across}${corner(-r, -r)}v${-down}${corner(r, -r)}z`;
}

/** Small pictures of the types, 18 wide and 18 high, made of strokes. */
export const icons: Record<ComponentType, string> = {
  client: 'M9 9a4 4 0 1 0-.1 0M2 17c0-8 14-8 14 0',
  load_balancer: 'M1 9h5M6 9l9-7M6 9h10M6 9l9 7M12 2h3v3M12 16h3v-3',
  api_gateway: 'M2 17V7a7 6 0 0 1 14 0v10M6 17V9h6v8M0 17h18',
  service:
    'M9 6a3 3 0 1 0 .1 0M9 1v2M9 15v2M1 9h2M15 9h2M3.5 3.5l1.4 1.4M13.1 13.1l1.4 1.4M3.5 14.5l1.4-1.4M13.1 4.9l1.4-1.4',
  // Its outline says enough.
  database: '',
  cache: 'M10 1L3 10h5l-1 7 8-10H9z',
  message_queue: 'M1 4h16v10H1zM1 4l8 6 8-6',
};
