import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const guard = fileURLToPath(new URL('../bootstrap/exit-with-parent.cjs', import.meta.url));
const windows = process.platform === 'win32';
const running = new Set<ChildProcess>();

/** How a child ended; no exit code if a signal ended it. */
export interface Ended {
  code: number | null;
  output: string;
  timedOut: boolean;
}

/** Where and how long a child runs. */
export interface ChildOptions {
  cwd: string;
  env?: Record<string, string>;
  limitMs: number;
}

/**
 * Runs this Node.js with these arguments and keeps all that it prints. The child leads a process
 * group of its own, so that it ends with all that it started, and it ends if this process dies.
 */
export async function runNode(args: readonly string[], options: ChildOptions): Promise<Ended> {
  const child = spawn(process.execPath, ['--require', guard, ...args], {
    cwd: options.cwd,
    env: childEnv(options.env),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: !windows,
  });
  running.add(child);
  let output = '';
  const keep = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    signal(child, 'SIGKILL');
  }, options.limitMs);
  return new Promise((resolve) => {
    const end = (code: number | null): void => {
      clearTimeout(timer);
      running.delete(child);
      // What it left behind in its group, such as a browser of a crashed test.
      signal(child, 'SIGKILL');
      resolve({ code, output, timedOut });
    };
    child.once('error', (error) => {
      output += `${error.message}\n`;
      end(null);
    });
    child.once('close', end);
  });
}

/** Ends all children: asks first, then forces after a grace period. */
export async function stopChildren(graceMs = 3000): Promise<void> {
  const children = [...running];
  const ended = children.map((child) => new Promise((resolve) => child.once('close', resolve)));
  for (const child of children) signal(child, 'SIGTERM');
  const force = setTimeout(() => children.forEach((child) => signal(child, 'SIGKILL')), graceMs);
  await Promise.all(ended);
  clearTimeout(force);
}

/** Colours are for a terminal, and NODE_TEST_CONTEXT would make a nested `node --test` run nothing. */
function childEnv(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  const { NODE_TEST_CONTEXT: _, FORCE_COLOR: __, ...env } = process.env;
  return { ...env, NO_COLOR: '1', EXIT_WITH_PARENT: String(process.pid), ...extra };
}

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (windows) child.kill(name);
    else process.kill(-child.pid, name);
  } catch {
    // It and all of its group are gone already.
  }
}
