import { fork } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { withLock } from './lock.ts';
import { hashSources, root } from './sources.ts';

/** The built pages. */
export const dist = join(root, 'site', 'dist');

/** The file in `dist` that says what it was built from. It moves with the folder, in one rename. */
export const stampName = '.stamp';

const work = join(root, 'site', '.build');
const child = fileURLToPath(new URL('./build-child.ts', import.meta.url));

/** A build that failed; the message is Astro's own. */
export class BuildError extends Error {
  constructor(output: string) {
    super(`[site] the pages could not be built:\n\n${output.trim()}\n`);
    this.name = 'BuildError';
  }
}

export interface BuildReport {
  /** False where `dist` was up to date. */
  built: boolean;
  seconds: number;
}

/**
 * Builds the pages if they are missing or older than their sources. They are built in a folder of
 * their own and swapped in when complete, so `dist` is always whole; processes that start at once
 * take turns, and the second finds nothing left to do.
 */
export async function buildSite(onStart: () => void = () => {}): Promise<BuildReport> {
  const started = performance.now();
  const report = (built: boolean): BuildReport => ({
    built,
    seconds: (performance.now() - started) / 1000,
  });
  if (isFresh()) return report(false);

  return withLock(join(work, 'lock'), async () => {
    // The hash is taken before the build: what changes meanwhile is built the next time.
    const hash = hashSources();
    if (isFresh(hash)) return report(false);
    onStart();
    clearLeftovers();
    const fresh = join(work, `new-${process.pid}`);
    await runBuild(fresh);
    writeFileSync(join(fresh, stampName), hash);
    await swap(fresh, dist);
    return report(true);
  });
}

/** Whether `dist` was built from the sources as they are now. */
export function isFresh(hash?: string): boolean {
  const stamp = join(dist, stampName);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === (hash ?? hashSources());
}

async function runBuild(outDir: string): Promise<void> {
  mkdirSync(outDir, { recursive: true });
  const astro = fork(child, [outDir], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', NODE_ENV: 'production', NO_COLOR: '1' },
  });
  let output = '';
  for (const stream of [astro.stdout!, astro.stderr!]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    astro.once('error', reject).once('close', resolve);
  });
  if (code !== 0) {
    rmSync(outDir, { recursive: true, force: true });
    throw new BuildError(output || `It ended with exit code ${code}.`);
  }
}

/** What a killed build left behind. Called under the lock, so nobody is at work on any of it. */
function clearLeftovers(): void {
  for (const name of readdirSync(work)) {
    if (/^(new|old)-/.test(name)) rmSync(join(work, name), { recursive: true, force: true });
  }
}

async function swap(fresh: string, target: string): Promise<void> {
  const old = join(work, `old-${process.pid}`);
  for (let attempt = 1; ; attempt += 1) {
    try {
      if (existsSync(target)) renameSync(target, old);
      renameSync(fresh, target);
      break;
    } catch (error) {
      // Windows refuses while a server reads from the folder; that is over in a moment.
      if (attempt === 20) throw error;
      await wait(50 * attempt);
    }
  }
  rmSync(old, { recursive: true, force: true });
}
