// `npm run bench`: one table in one run. `npm run bench -- taps` runs one part of it.
import { cpus } from 'node:os';
import { benchStart } from './bench/start.ts';
import { formatTable, type Row } from './bench/row.ts';

const parts: Record<string, { title: string; run: () => Promise<Row[]> }> = {
  start: { title: 'Start and sizes', run: benchStart },
  pages: {
    title:
      'Pages on a first visit; Lighthouse mobile: performance · accessibility · best practices · SEO',
    run: benchPages,
  },
  taps: { title: 'Taps', run: benchTaps },
  grading: { title: 'Grading every solution cold; the slowest checks', run: benchGrading },
};

/** The parts below are loaded only when they run, so that a measurement of starts has nothing of them. */
async function benchPages(): Promise<Row[]> {
  const pages = await import('./bench/pages.ts');
  return pages.benchPages();
}

async function benchTaps(): Promise<Row[]> {
  const taps = await import('../labs/kit/bench/taps.ts');
  return taps.benchTaps();
}

async function benchGrading(): Promise<Row[]> {
  const grading = await import('../labs/kit/bench/grading.ts');
  return grading.benchGrading();
}

const names = process.argv.slice(2);
const unknown = names.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
  const known = Object.keys(parts).join(', ');
  console.error(
    `[bench] no such part: got ${unknown.join(', ')}, expected some of ${known}. ` +
      'Try: npm run bench -- taps',
  );
  process.exitCode = 2;
} else {
  console.log(`Node.js ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}`);
  for (const [name, { title, run }] of Object.entries(parts)) {
    if (names.length > 0 && !names.includes(name)) continue;
    console.log(`\n${title}\n${formatTable(await run())}`);
  }
}
