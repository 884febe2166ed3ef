import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** No build takes this long: a lock that is older belongs to a process id that was used again. */
const tooOld = 5 * 60_000;

/**
 * Runs `work` while no other process that uses the same lock file does. A lock whose owner has died
 * is taken over, so nothing has to be cleaned up after a `kill -9`.
 */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(file), { recursive: true });
  while (!take(file)) {
    if (isAbandoned(file)) rmSync(file, { force: true });
    else await wait(50);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function isAbandoned(file: string): boolean {
  try {
    const age = Date.now() - statSync(file).mtimeMs;
    const owner = Number(readFileSync(file, 'utf8'));
    // Between its creation and its content a lock is empty for a moment; its owner is alive then.
    if (!owner) return age > 1_000;
    return age > tooOld || !isAlive(owner);
  } catch {
    // It went away while we looked: the next attempt to take it decides.
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: there is such a process, and it is somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
