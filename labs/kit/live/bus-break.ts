import type { Flow } from '../flow/types.ts';
import type { RunningLab } from '../run/running-lab.ts';
import type { Run } from '../wire/runs.ts';
import type { LiveEvent } from './events.ts';
import { hopsLeft, type Waiting } from './waiting.ts';

/** The failure scenario by hand: the bus dies, users go on, the bus comes back. */
export class BusBreak {
  readonly #running: RunningLab;
  readonly #waiting: Waiting;
  readonly #tell: (event: LiveEvent) => void;
  down = false;

  constructor(running: RunningLab, waiting: Waiting, tell: (event: LiveEvent) => void) {
    this.#running = running;
    this.#waiting = waiting;
    this.#tell = tell;
  }

  /** Kills the broker. */
  async break(): Promise<void> {
    if (this.down) return;
    if (!this.#running.broker.ours)
      return this.#tell({
        is: 'said',
        text: 'BROKER_URL names a broker that is not ours to kill. Stop it yourself.',
      });
    await this.#running.breakBus();
    this.down = true;
    this.#tell({ is: 'bus', up: false });
  }

  /** Remembers what was done while the bus was down; false if it waits for nothing from there. */
  placed(run: Run, flow: Flow): boolean {
    const { components } = this.#running.lab.architecture;
    const isBus = (id: string): boolean =>
      components.some((c) => c.id === id && c.type === 'message_queue');
    const hop = hopsLeft(run, flow).find(({ from, to }) => isBus(from) || isBus(to));
    // What is complete, or never got as far as a saved order.
    const isSaved = run.hops.some(({ via, kind }) => via === 'store' && kind === 'write');
    if (!hop || !isSaved) return false;
    this.#waiting.add(run, flow, { hop, why: 'the bus is down' });
    return true;
  }

  /**
   * Brings the broker back; tells of each run what came late and what did not come.
   * @param more whether something else is still wrong
   */
  async mend(more: boolean): Promise<void> {
    if (!this.down) return;
    const at = this.#running.journal.now();
    await this.#running.mendBus();
    this.down = false;
    this.#tell({ is: 'bus', up: true });
    await this.#running.calm();
    await this.#waiting.over({ at, what: 'the bus came back', more });
  }
}
