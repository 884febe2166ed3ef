import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

// Colour only for a person's terminal; NO_COLOR and pipes get plain text.
const paint =
  (style: Style) =>
  (text: string): string =>
    styleText(style, text, { stream: process.stdout });

export const bold = paint('bold');
export const dim = paint('dim');
export const green = paint('green');
export const red = paint('red');
export const yellow = paint('yellow');
export const cyan = paint('cyan');
