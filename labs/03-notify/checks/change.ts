import { readFileSync } from 'node:fs';
import type { Tools } from '../../kit/grade/tools.ts';
import { learnerApps } from '../../kit/run/define.ts';

/** Lines of code that name loyalty; what only a comment says changes nothing. */
const linesIn = (source: string): number =>
  source.split('\n').filter((line) => /loyalty/i.test(line) && !/^\s*(\/\/|\/?\*)/.test(line))
    .length;

/** What had to change in some files: files, lines, and processes that had to start again. */
function changed(files: readonly (string | URL)[]): number[] {
  const counts = files.map((file) => linesIn(readFileSync(file, 'utf8')));
  const touched = counts.filter((lines) => lines > 0).length;
  return [touched, counts.reduce((total, n) => total + n, 0), touched];
}

/**
 * Counts what had to change so that loyalty hears of orders: in the order service as it runs here, and
 * in the one that announces them. In both styles loyalty itself is one new file.
 */
export function changeFor(t: Tools): void {
  const own = learnerApps(t.lab.lab).map(({ file }) => t.lab.source(file));
  const events = new URL('../provided/order-service-events.ts', import.meta.url);
  t.measure({
    title: 'What changed in the order service so that loyalty hears: what names it there',
    columns: ['files', 'lines', 'restarts'],
    rows: [
      { name: 'calls', values: changed(own) },
      { name: 'events: loyalty subscribes', values: changed([events]) },
    ],
  });
}
