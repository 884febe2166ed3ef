import { spawn, type ChildProcess } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const bootstrapFolder = fileURLToPath(new URL('..', import.meta.url));

/** How a bootstrap ended. */
export interface BootstrapEnd {
  code: number | null;
  output: string;
}

/** A run of the bootstrap: its process, and how it ends. */
export interface BootstrapRun {
  child: ChildProcess;
  ended: Promise<BootstrapEnd>;
  /** Resolves once its output contains the text; rejects if it ends before. */
  says(text: string): Promise<void>;
}

/** What the fake npm does, and the version that Node.js pretends to have. */
export interface BootstrapOptions {
  npm?: 'works' | 'offline' | 'stale-lock' | 'hangs' | 'waits';
  node?: string;
}

/** A little project in a temporary folder with our bootstrap and a fake npm. */
export class TemporaryClone {
  readonly folder = mkdtempSync(join(tmpdir(), 'nine-hops-set-up-'));
  readonly #calls = join(this.folder, 'calls');
  readonly #npm = join(this.folder, 'npm', 'npm-cli.js');

  constructor() {
    cpSync(bootstrapFolder, this.path('.setup/bootstrap'), { recursive: true });
    copyFileSync(join(bootstrapFolder, '..', 'bootstrap.mjs'), this.path('.setup/bootstrap.mjs'));
    mkdirSync(this.path('.setup/runtime'));
    mkdirSync(this.path('npm'));
    copyFileSync(join(bootstrapFolder, 'testing', 'fake-npm.cjs'), this.#npm);
    for (const folder of ['.', '.setup/runtime']) this.writeLock('{}', folder);
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** A change of a lock file is what makes an install old. */
  writeLock(text: string, folder = '.'): void {
    writeFileSync(this.path(join(folder, 'package-lock.json')), text);
  }

  /** The folders in which npm was called, in order. */
  npmCalls(): string[] {
    return this.#lines().filter((line) => !line.startsWith('pid '));
  }

  /** The process id of an npm that hangs. */
  npmPid(): number | undefined {
    const line = this.#lines().find((text) => text.startsWith('pid '));
    return line === undefined ? undefined : Number(line.slice(4));
  }

  /** Lets an npm that waits go on. */
  letNpmGo(): void {
    writeFileSync(`${this.#calls}.go`, '');
  }

  start({ npm = 'works', node = '26.0.0' }: BootstrapOptions = {}): BootstrapRun {
    const versions = `{...process.versions,node:'${node}'}`;
    const pretend = `Object.defineProperty(process,'versions',{value:${versions}})`;
    const args = ['--import', `data:text/javascript,${pretend}`, this.path('.setup/bootstrap.mjs')];
    const child = spawn(process.execPath, args, {
      env: {
        ...process.env,
        npm_execpath: this.#npm,
        FAKE_NPM: npm,
        FAKE_NPM_CALLS: this.#calls,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return watch(child);
  }

  run(options?: BootstrapOptions): Promise<BootstrapEnd> {
    return this.start(options).ended;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #lines(): string[] {
    if (!existsSync(this.#calls)) return [];
    return readFileSync(this.#calls, 'utf8').trim().split('\n');
  }
}

function watch(child: ChildProcess): BootstrapRun {
  let output = '';
  const keep = (chunk: Buffer): void => {
    output += chunk.toString();
    child.emit('printed');
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const ended = new Promise<BootstrapEnd>((resolve) => {
    child.once('close', (code) => resolve({ code, output }));
  });
  const says = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (output.includes(text)) resolve();
      };
      child.on('printed', look);
      child.once('close', () => reject(new Error(`never said "${text}", but:\n${output}`)));
      look();
    });
  return { child, ended, says };
}
