/** Starts lab 01 from its solution, tells its parent what runs and where, and goes on until killed. */
import lab from '../../../01-nine-hops/lab.ts';
import { startLab } from '../running-lab.ts';
import { solutionSource } from '../sources.ts';
import { childrenOf, portsOf } from './processes.ts';

export interface Told {
  pids: number[];
  ports: number[];
}

const running = await startLab(lab, { source: solutionSource(lab), factor: 3 });
const told: Told = { pids: childrenOf(process.pid), ports: portsOf(running) };
process.send!(told);
