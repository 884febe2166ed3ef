import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SetUpError } from '../bootstrap/message.mjs';
import { loggedErrorCode, npmCi } from '../bootstrap/npm.mjs';
import { isStamped, wantedStamp, writeStamp } from '../bootstrap/stamp.mjs';
import { browserFlags, type FoundBrowser } from '../find-browser.ts';
import { root } from '../test/root.ts';

const folder = join(root, '.setup', 'lighthouse');
const logFile = join(root, '.runs', 'set-up', 'lighthouse.log');
const LIMIT_MS = 2 * 60_000;

/** The four marks, as Lighthouse names them. */
const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const;

/** What Lighthouse says of a page: marks of 100, the largest paint, and which audits cost marks. */
export interface Marks {
  scores: number[];
  lcpSeconds: number;
  short: string[];
}

/** The part of its report that is read here. */
export interface Report {
  runtimeError?: { message: string };
  categories: Record<
    string,
    { score: number | null; auditRefs: { id: string; weight: number }[] } | undefined
  >;
  audits: Record<string, { score: number | null; numericValue?: number } | undefined>;
}

/**
 * Installs Lighthouse into a folder of its own, unless it is there: no learner needs it.
 * @returns why it could not be installed, if it couldn't
 */
export async function installLighthouse(): Promise<string | undefined> {
  const stamp = wantedStamp(folder, Number(process.versions.node.split('.')[0]));
  if (isStamped(folder, stamp)) return undefined;
  try {
    await npmCi({ folder, node: process.execPath, logFile });
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    return `npm said ${loggedErrorCode(logFile) ?? 'no code'}, all of it is in ${logFile}`;
  }
  writeStamp(folder, stamp);
  return undefined;
}

/** Measures a page once as Lighthouse does for a phone, in a browser that was never there before. */
export async function runLighthouse(url: string, browser: FoundBrowser): Promise<Marks> {
  const cli = join(folder, 'node_modules', 'lighthouse', 'cli', 'index.js');
  const options = [
    '--quiet',
    '--output=json',
    '--output-path=stdout',
    '--no-enable-error-reporting',
    `--only-categories=${categories.join()}`,
    `--chrome-flags=${['--headless=new', ...browserFlags].join(' ')}`,
  ];
  const { stdout } = await promisify(execFile)(process.execPath, [cli, url, ...options], {
    env: { ...process.env, CHROME_PATH: browser.executablePath },
    maxBuffer: 64e6,
    timeout: LIMIT_MS,
    // The one signal on which it ends its browser too.
    killSignal: 'SIGINT',
  });
  return readReport(JSON.parse(stdout) as Report);
}

/**
 * The marks in a report.
 * @throws if Lighthouse could not measure the page, or gave no mark
 */
export function readReport({ runtimeError, categories: given, audits }: Report): Marks {
  if (runtimeError) throw new Error(`[bench] Lighthouse: ${runtimeError.message}`);
  const short = new Set<string>();
  const scores = categories.map((name) => {
    const { score, auditRefs } = given[name] ?? { score: null, auditRefs: [] };
    if (score === null) throw new Error(`[bench] Lighthouse gave no mark for ${name}`);
    for (const { id, weight } of auditRefs) {
      // An audit that doesn't apply has no score.
      if (weight > 0 && (audits[id]?.score ?? 1) < 1) short.add(id);
    }
    return Math.round(score * 100);
  });
  const lcpSeconds = (audits['largest-contentful-paint']?.numericValue ?? Number.NaN) / 1000;
  return { scores, lcpSeconds, short: [...short] };
}
