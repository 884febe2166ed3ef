import type { Flow } from '../flow/types.ts';
import type { RunningLab } from '../run/running-lab.ts';
import type { Run } from '../wire/runs.ts';
import type { LiveEvent } from './events.ts';
import { hopsLeft, type Waiting } from './waiting.ts';

/**
 * The failure scenario by hand: the bus dies, users go on, the bus comes back. In a lab with a second
 * bus that one may serve meanwhile.
 */
export class BusBreak {
  readonly #running: RunningLab;
  readonly #waiting: Waiting;
  readonly #tell: (event: LiveEvent) => void;
  #state: 'up' | 'down' | 'standby' = 'up';

  constructor(running: RunningLab, waiting: Waiting, tell: (event: LiveEvent) => void) {
    this.#running = running;
    this.#waiting = waiting;
    this.#tell = tell;
  }

  /** Whether nobody serves. */
  get down(): boolean {
    return this.#state === 'down';
  }

  /** What is wrong with the bus, in words; undefined while the first one serves. */
  get why(): string | undefined {
    if (this.#state === 'up') return undefined;
    return this.down ? 'the bus is down' : 'the standby serves';
  }

  /** Kills the broker that serves. */
  async break(): Promise<void> {
    if (this.down || !this.#mayKill()) return;
    await this.#running.breakBus();
    this.#state = 'down';
    this.#tell({ is: 'bus', up: false });
  }

  /** Lets the standby serve; tells of each run that waited what came late, and goes on with the rest. */
  async failOver(): Promise<void> {
    if (this.#state === 'standby' || !this.#mayKill()) return;
    if (!this.#running.lab.standby)
      return this.#tell({ is: 'said', error: true, text: 'This lab has no standby.' });
    const at = this.#running.journal.now();
    await this.#running.failOver();
    this.#state = 'standby';
    this.#tell({ is: 'bus', up: true, standby: true });
    await this.#waiting.over({ at, what: 'the standby took over', more: true });
  }

  /** Remembers what was done meanwhile; false if all is well, or it waits for nothing from the bus. */
  placed(run: Run, flow: Flow): boolean {
    const { why } = this;
    if (why === undefined) return false;
    const { components } = this.#running.lab.architecture;
    const isBus = (id: string): boolean =>
      components.some((c) => c.id === id && c.type === 'message_queue');
    const hop = hopsLeft(run, flow).find(({ from, to }) => isBus(from) || isBus(to));
    // What is complete, or never got as far as a saved order.
    const isSaved = run.hops.some(({ via, kind }) => via === 'store' && kind === 'write');
    if (!hop || !isSaved) return false;
    this.#waiting.add(run, flow, { hop, why });
    return true;
  }

  /**
   * Brings the broker back; tells of each run what came late and what did not come.
   * @param more whether something else is still wrong: it stays so
   */
  async mend(more: boolean): Promise<void> {
    if (this.#state === 'up') return;
    const at = this.#running.journal.now();
    await this.#running.mendBus();
    this.#state = 'up';
    this.#tell({ is: 'bus', up: true });
    await this.#running.calm({ faults: more });
    await this.#waiting.over({ at, what: 'the bus came back', more });
  }

  #mayKill(): boolean {
    const { ours } = this.#running.broker;
    if (!ours)
      this.#tell({
        is: 'said',
        text: 'BROKER_URL names a broker that is not ours to kill. Stop it yourself.',
      });
    return ours;
  }
}
