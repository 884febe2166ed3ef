import { chromium } from '@playwright/test';
import { startCourse } from '../../site/server/testing/course.ts';
import { budgetOf } from '../../site/tests/budgets.ts';
import { watchLoading } from '../../site/tests/weigh.ts';
import { lessons } from '../../site/tests/written.ts';
import { browserFlags, browserMissing, findBrowser, type FoundBrowser } from '../find-browser.ts';
import { installLighthouse, runLighthouse, type Marks } from './lighthouse.ts';
import { median, medianSeconds, type Row } from './row.ts';

const rounds = 5;
const paths = ['/', ...lessons.map((lesson) => `/${lesson}/`)];

/**
 * Home and every lesson, as on a first visit to what `npm start` serves: what crosses the wire, and
 * what Lighthouse says of it for a phone.
 */
export async function benchPages(): Promise<Row[]> {
  const browser = findBrowser();
  if (!browser) return [{ name: 'pages', value: `skipped, no browser. Try: ${browserMissing}` }];
  const course = await startCourse();
  try {
    const loads = await weighAll(course.address, browser);
    const marks = await marksOfAll(course.address, browser);
    return paths.flatMap((path) => [loads.get(path)!, ...(marks.get(path) ?? [])]);
  } finally {
    await course.stop();
  }
}

async function weighAll(address: string, found: FoundBrowser): Promise<Map<string, Row>> {
  const { executablePath } = found;
  const browser = await chromium.launch({ executablePath, args: [...browserFlags] });
  try {
    const rows = new Map<string, Row>();
    for (const path of paths) {
      const page = await browser.newPage();
      const weigh = watchLoading(page);
      await page.goto(`${address}${path}`);
      const { bytes, requests, scripts } = await weigh();
      const budget = budgetOf(path);
      const value = `${kB(bytes)}, ${requests.length} requests, ${kB(scripts)} JavaScript`;
      const aim = `≤ ${budget.bytes / 1000} kB, ≤ ${budget.scripts / 1000} kB JavaScript`;
      rows.set(path, { name: path, value, aim });
      await page.close();
    }
    return rows;
  } finally {
    await browser.close();
  }
}

const kB = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;

/** The pages take turns, so that a machine that gets slower slows all of them. */
async function marksOfAll(address: string, browser: FoundBrowser): Promise<Map<string, Row[]>> {
  const problem = await installLighthouse();
  if (problem !== undefined) {
    console.error(
      `[bench] no Lighthouse, it could not be installed: ${problem}. Try: once more, with a network`,
    );
    return new Map();
  }
  console.error(`[bench] Lighthouse, ${rounds * paths.length} runs of some 12 seconds …`);
  const all = new Map<string, Marks[]>();
  for (let round = 0; round < rounds; round += 1) {
    for (const path of paths) {
      const marks = await runLighthouse(`${address}${path}`, browser);
      all.set(path, [...(all.get(path) ?? []), marks]);
    }
  }
  return new Map([...all].map(([path, marks]) => [path, rowsOf(marks)]));
}

function rowsOf(marks: readonly Marks[]): Row[] {
  const scores = marks[0]!.scores.map((_, i) => median(marks.map((one) => one.scores[i]!)));
  const short = [...new Set(marks.flatMap((one) => one.short))];
  return [
    { name: '  Lighthouse', value: scores.join(' · '), aim: '100 · 100 · 100 · 100' },
    { name: '  LCP', value: medianSeconds(marks.map(({ lcpSeconds }) => lcpSeconds)) },
    ...(scores.some((score) => score < 100)
      ? [{ name: '  short of 100', value: short.join(', ') }]
      : []),
  ];
}
