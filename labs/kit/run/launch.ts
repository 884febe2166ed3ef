import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { eachLine } from './each-line.ts';
import { runsFolder } from './paths.ts';

/** A process of a lab. `lines` goes to whoever shows its output. */
export interface Launched {
  readonly child: ChildProcess;
  /** Resolves when it has ended, however it ended. */
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** The last lines it wrote to stderr: what a crash leaves. */
  readonly stderr: string[];
}

export interface LaunchOptions {
  env?: Record<string, string>;
  /** Extra flags for Node.js, `--inspect=…`. */
  nodeFlags?: readonly string[];
  onLine?: (line: string, stream: 'stdout' | 'stderr') => void;
}

/** On Linux the kernel ends a child whose parent has ended, even by `kill -9`. */
const setpriv =
  process.platform === 'linux' && spawnSync('setpriv', ['--version']).status === 0
    ? ['setpriv', '--pdeathsig', 'KILL']
    : [];

/** What a child needs of our environment to run at all; nothing else of it is handed on. */
const inherited = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'PATHEXT'];

/** Where Node.js keeps what it has compiled, so that the next process need not compile it again. */
export const compileCache: Record<string, string> = {
  NODE_COMPILE_CACHE: join(runsFolder, 'compile-cache'),
};

/**
 * Starts a TypeScript file under the Node.js that runs us, with a message channel. It is in a process
 * group of its own, so that Ctrl-C reaches only us, and it ends with us.
 */
export function launchNode(
  file: string,
  args: readonly string[],
  { nodeFlags = [], ...options }: LaunchOptions = {},
): Launched {
  const env = { ...compileCache, ...options.env };
  const flags = ['--disable-warning=ExperimentalWarning', ...nodeFlags];
  return launch(process.execPath, [...flags, file, ...args], 'ipc', { ...options, env });
}

/** Starts any program the same way, without a channel: only Linux can be sure that it ends with us. */
export function launchProgram(
  file: string,
  args: readonly string[],
  options: LaunchOptions = {},
): Launched {
  return launch(file, args, 'ignore', options);
}

function launch(
  file: string,
  args: readonly string[],
  channel: 'ipc' | 'ignore',
  { env, onLine }: LaunchOptions,
): Launched {
  const [program, ...rest] = [...setpriv, file, ...args];
  const child = spawn(program!, rest, {
    stdio: ['ignore', 'pipe', 'pipe', channel],
    detached: process.platform !== 'win32',
    windowsHide: true,
    env: {
      ...Object.fromEntries(
        inherited.flatMap((name) => {
          const value = process.env[name];
          return value === undefined ? [] : [[name, value]];
        }),
      ),
      ...env,
    },
  });
  const stderr: string[] = [];
  for (const stream of ['stdout', 'stderr'] as const) {
    const input = child[stream];
    if (!input) continue;
    eachLine(input, (line) => {
      if (stream === 'stderr' && stderr.push(line) > 60) stderr.shift();
      onLine?.(line, stream);
    });
  }
  const ended = new Promise<Awaited<Launched['ended']>>((resolve) => {
    child.on('error', (error) => {
      stderr.push(String(error));
      resolve({ code: 127, signal: null });
    });
    let gone: { code: number | null; signal: NodeJS.Signals | null } | undefined;
    child.on('exit', (code, signal) => {
      gone = { code, signal };
      // A grandchild may hold the pipes open: what has been written is read, but nobody waits for it.
      setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
        resolve(gone!);
      }, 200).unref();
    });
    child.on('close', (code, signal) => resolve(gone ?? { code, signal }));
  });
  return { child, ended, stderr };
}

/** Ends a process at once, as a crash would, and waits until it is gone. */
export async function kill(launched: Launched): Promise<void> {
  const { child } = launched;
  if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
    try {
      if (process.platform === 'win32') child.kill('SIGKILL');
      else process.kill(-child.pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
  await launched.ended;
}
