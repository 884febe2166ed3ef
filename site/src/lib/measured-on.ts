import type { Circumstances } from '../../../labs/kit/record/circumstances.ts';

/** When and on what something was measured, as a text says it: `1 December 2026`, `2 cores, Node.js …`. */
export function measuredOn({ date, machine, versions }: Circumstances): {
  day: string;
  machine: string;
} {
  const packages = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return {
    day: new Date(date).toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' }),
    machine: [`${machine.cores} cores`, `Node.js ${machine.node}`, ...packages].join(', '),
  };
}
