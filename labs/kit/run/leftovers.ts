import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runsFolder } from './paths.ts';

/** Removes folders of labs whose process is gone: `kill -9` leaves no time to tidy up. */
export function removeLeftovers(): void {
  const folder = join(runsFolder, 'tmp');
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const pid = Number(/-(\d+)-[0-9a-f]{8}$/.exec(name)?.[1]);
    if (pid && !isAlive(pid)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/** Whether a process runs, ours or another's. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
