import { join } from 'node:path';
import { kill, launchNode } from '../run/launch.ts';

/** Starts processes that do nothing but keep a core busy each; returns what ends them. */
export function busyLoops(count: number): { pids: number[]; stop: () => Promise<void> } {
  const file = join(import.meta.dirname, 'busy-process.ts');
  const loops = Array.from({ length: count }, () => launchNode(file, []));
  return {
    pids: loops.map(({ child }) => child.pid ?? 0),
    stop: async () => void (await Promise.all(loops.map(kill))),
  };
}
