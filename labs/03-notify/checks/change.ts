import { readFileSync } from 'node:fs';
import type { Tools } from '../../kit/grade/tools.ts';
import { learnerApps } from '../../kit/run/define.ts';

/** Lines of code that name loyalty; what only a comment says changes nothing. */
const linesIn = (source: string): number =>
  source.split('\n').filter((line) => /loyalty/i.test(line) && !/^\s*(\/\/|\/?\*)/.test(line))
    .length;

/**
 * Counts what had to change so that loyalty hears of orders: in the order service as it runs here, and
 * in the one that announces them. In both styles loyalty itself is one new file.
 */
export function changeFor(t: Tools): void {
  const counts = learnerApps(t.lab.lab).map(({ file }) =>
    linesIn(readFileSync(t.lab.source(file), 'utf8')),
  );
  const files = counts.filter((lines) => lines > 0).length;
  const lines = counts.reduce((total, n) => total + n, 0);
  t.measure({
    title: 'What had to change in the order service so that loyalty hears of orders',
    columns: ['files', 'lines', 'restarts'],
    rows: [
      { name: 'calls', values: [files, lines, files] },
      { name: 'events: loyalty subscribes', values: [0, 0, 0] },
    ],
  });
}
