import { readFileSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import type { RunningLab } from '../running-lab.ts';

/** The state and the parent of a process, from Linux' /proc; undefined if there is none. */
function stat(pid: number): { state: string; parent: number } | undefined {
  try {
    // The name, in parentheses, may hold anything.
    const [, rest = ''] = /^.*\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    const [state = '', parent] = rest.split(' ');
    return { state, parent: Number(parent) };
  } catch {
    return undefined;
  }
}

/** Whether a process runs. One that has ended but that nobody has asked about yet does not. */
export const runs = (pid: number): boolean => !['Z', 'X', undefined].includes(stat(pid)?.state);

export const childrenOf = (pid: number): number[] =>
  readdirSync('/proc')
    .map(Number)
    .filter((other) => other > 0 && stat(other)?.parent === pid);

/** Whether somebody listens on a loopback port. */
export const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port }, () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });

/** Every port of a running lab: those of its taps, of its apps, of its broker. */
export function portsOf({ network }: RunningLab): number[] {
  const all = [...network.http, ...network.mqtt, ...network.standby];
  const taps = all.map((tap) => Number(new URL(tap.url).port));
  const apps = network.http.map((tap) => tap.upstream);
  const bus = network.busAddress()?.port;
  return [...new Set([...taps, ...apps, bus])].filter((port) => port !== undefined);
}

/** Asks until it is so; throws after ten seconds. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const giveUp = performance.now() + 10_000;
  while (!(await isSo())) {
    if (performance.now() > giveUp) throw new Error(`not in ten seconds: ${what}`);
    // The end of a process that is not our child is no event: it can only be asked for.
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
