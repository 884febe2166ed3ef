import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const windows = process.platform === 'win32';

// Debian puts it where only root's PATH looks, Homebrew where a script's PATH may not.
const beyondPath = windows
  ? ['C:\\Program Files\\mosquitto']
  : ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/sbin'];

const installLines: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'brew install mosquitto',
  linux: 'sudo apt-get install --no-install-recommends mosquitto',
  win32: 'winget install EclipseFoundation.Mosquitto',
};

/** The line that installs Mosquitto on this platform, for messages that miss it. */
export const mosquittoMissing: string =
  installLines[process.platform] ?? 'see https://mosquitto.org/download';

/**
 * Finds the Mosquitto broker on the PATH or where packages put it.
 * @returns its absolute path, or undefined if there is none
 */
export function findMosquitto(): string | undefined {
  const onPath = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const name = windows ? 'mosquitto.exe' : 'mosquitto';
  return [...onPath, ...beyondPath].map((folder) => join(folder, name)).find(isExecutable);
}

/**
 * Which Mosquitto it is.
 * @returns `2.0.11`, `unknown` if it doesn’t say, or undefined if there is none
 */
export function mosquittoVersion(): string | undefined {
  const program = findMosquitto();
  if (!program) return undefined;
  // It prints its help and ends as if that were an error.
  const { stdout } = spawnSync(program, ['-h'], { encoding: 'utf8', timeout: 5_000 });
  return /version (\d[\w.]*)/.exec(stdout ?? '')?.[1] ?? 'unknown';
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
