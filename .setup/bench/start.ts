import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../test/root.ts';
import { medianSeconds, type Row } from './row.ts';
import { folderBytes, megabytes } from './size.ts';

const windows = process.platform === 'win32';
const FIRST_LIMIT_MS = 5 * 60_000;

/**
 * Measures a newcomer's start: a fresh clone of HEAD with an empty home, from the command to a
 * served page, then the same command three times more; and what all that takes on disk.
 */
export async function benchStart(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'nine-hops-bench-'));
  const clone = join(folder, 'clone');
  try {
    mkdirSync(join(folder, 'home'));
    execFileSync('git', ['clone', '--quiet', root, clone]);
    const first = await startSeconds(clone, join(folder, 'home'));
    const later: number[] = [];
    for (let n = 0; n < 3; n += 1) later.push(await startSeconds(clone, join(folder, 'home')));
    const size = (path: string): string => megabytes(folderBytes(join(clone, path)));
    return [
      { name: 'first start, clone to served page', value: medianSeconds([first]) },
      { name: 'later starts', value: medianSeconds(later), aim: 'under 2 s' },
      { name: 'node_modules', value: size('node_modules') },
      { name: 'Node.js for the course', value: size('.setup/runtime/node_modules') },
      { name: 'site/dist', value: size('site/dist') },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function startSeconds(clone: string, home: string): Promise<number> {
  const began = performance.now();
  const child = spawn('npm', ['start'], {
    cwd: clone,
    // A bare environment: what npm and this run's own set-up put there would help the newcomer.
    env: { PATH: barePath(), HOME: home, USERPROFILE: home, PORT: '0', ...windowsEnv() },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: !windows,
    shell: windows,
  });
  try {
    const response = await fetch(await address(child));
    await response.text();
    if (!response.ok) throw new Error(`[bench] no page: got ${response.status}, expected 200`);
    return (performance.now() - began) / 1000;
  } finally {
    await stop(child);
  }
}

/** The address that the server prints. Rejects if it ends, or says nothing for too long. */
function address(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (what: string): void =>
      reject(new Error(`[bench] npm start ${what}: expected an address\n${output}`));
    const timer = setTimeout(() => fail('took too long'), FIRST_LIMIT_MS);
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const url = /https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\]):\d+\S*/.exec(output)?.[0];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('close', () => {
      clearTimeout(timer);
      fail('ended');
    });
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return;
  const closed = once(child, 'close');
  if (windows) execFileSync('taskkill', ['/pid', String(child.pid), '/T', '/F']);
  else process.kill(-child.pid, 'SIGTERM');
  await closed;
}

/** Without node_modules/.bin, which npm put there for this run. */
function barePath(): string {
  const separator = windows ? ';' : ':';
  const folders = (process.env['PATH'] ?? '').split(separator);
  return folders.filter((folder) => !folder.includes('node_modules')).join(separator);
}

function windowsEnv(): NodeJS.ProcessEnv {
  return windows ? { SystemRoot: process.env['SystemRoot'], ComSpec: process.env['ComSpec'] } : {};
}
