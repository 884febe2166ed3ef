import type { CheckResult } from '../grade/results.ts';
import { message } from '../grade/text.ts';

/**
 * A failed check's message without what differs from run to run: random values, times, and where in
 * the journal it was, since branches interleave; of a storm how often.
 */
export const golden = (result: CheckResult): string =>
  `${message(result)
    .replaceAll(/\b[a-z]+-[0-9a-f]{10}\b/g, '<random>')
    .replaceAll(/127\.0\.0\.1:\d+/g, '<address>')
    .replaceAll(/, at number \d+ of the journal/g, '')
    .replaceAll(/\b[1-9][\d,]* (accepted|lost|\w+ twice)\b/g, '<n> $1')
    .replaceAll(
      /[\d,]+ messages for [\d,]+ orders, [\d,]+ of them(.*) after \d+ s\b/g,
      '<n> messages for <n> orders, <n> of them$1 after <time>',
    )
    .replaceAll(/\border [\d,]+, /g, 'order <n>, ')
    .replaceAll(/; the [\w ]+ has not polled since/g, '')
    .replaceAll(/, last seen: .*/g, ', last seen: <hop>')
    .replaceAll(/, instance \d+/g, '')
    .replaceAll(/(\\?")(priceCents|quantity)\1:\d+/g, '$1$2$1:<n>')
    .replaceAll(/\b\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<when>')
    .replaceAll(/, [\d,]+ ms after the start/g, '')
    .replaceAll(/[\d,]+ ms \([\d,]+ ms × [\d.]+\)/g, '<time>')
    .replaceAll(/[\d,]+ ms( × [\d.]+)?/g, '<time>')}\n`;
