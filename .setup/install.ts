import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Whether packages can be installed without asking anyone: root, on Debian or one of its children. */
export function canInstall(): boolean {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

/**
 * Installs Debian packages quietly. The caller looks for the program afterwards: that it is there
 * is the only proof that counts.
 * @param packages Debian's names
 * @returns what apt-get said, for a message if the program is still missing
 */
export async function aptInstall(packages: readonly string[]): Promise<string> {
  const update = await run(['update', '-q']);
  const install = await run(['install', '-y', '-q', '--no-install-recommends', ...packages]);
  return `${update}${install}`;
}

/** Downloads Playwright's own Chromium; needs its download host. Returns what it said. */
export function playwrightInstall(): Promise<string> {
  const cli = new URL('../node_modules/@playwright/test/cli.js', import.meta.url).pathname;
  return collect(process.execPath, [cli, 'install', 'chromium']);
}

const run = (args: string[]): Promise<string> => collect('apt-get', args);

function collect(program: string, args: string[]): Promise<string> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return new Promise((resolve) => {
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => resolve(`${output}${error.message}\n`));
    child.once('close', () => resolve(output));
  });
}
