import { follower, type Follower } from '../flow/judge.ts';
import { nameOf } from '../flow/steps.ts';
import type { Flow, Hop } from '../flow/types.ts';
import type { RunningLab } from '../run/running-lab.ts';
import type { Run } from '../wire/runs.ts';
import type { LiveEvent } from './events.ts';

/** How long after the bus is back a late event may take, in milliseconds × the lab's factor. */
const lateWithin = 4_000;

/** The failure scenario by hand: the bus dies, users go on, the bus comes back. */
export class BusBreak {
  readonly #running: RunningLab;
  readonly #tell: (event: LiveEvent) => void;
  #placed: { run: Run; flow: Flow }[] = [];
  down = false;

  constructor(running: RunningLab, tell: (event: LiveEvent) => void) {
    this.#running = running;
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
    this.#placed = [];
    this.#tell({ is: 'bus', up: false });
  }

  /** Remembers what was done while the bus was down; false if it waits for nothing. */
  placed(run: Run, flow: Flow): boolean {
    const waits = expected(run, flow)[0];
    // What is complete, or never got as far as a saved order.
    if (!waits || !run.hops.some((hop) => hop.via === 'store' && hop.kind === 'write'))
      return false;
    this.#placed.push({ run, flow });
    const text = `${hopName(waits)} waits, since the bus is down`;
    this.#tell({ is: 'fate', run: run.key, fate: 'waits', text });
    return true;
  }

  /** Brings the broker back; tells of each run what came late and what did not come. */
  async mend(): Promise<void> {
    if (!this.down) return;
    const running = this.#running;
    const began = running.journal.now();
    await running.mendBus();
    this.down = false;
    this.#tell({ is: 'bus', up: true });
    await running.calm();
    await Promise.all(this.#placed.map((p) => this.#completion(p.run, p.flow)));
    for (const { run, flow } of this.#placed) {
      const left = expected(run, flow);
      const last = run.hops.at(-1);
      if (hasLeft(run, flow)) {
        // A second delivery that was not expected, for one: neither late nor lost.
        const text = `${flow.title} ${run.id} went another way than its flow: Replay shows where.`;
        this.#tell({ is: 'said', text });
      } else if (left.length === 0 && last) {
        const text = `${flow.title} ${run.id} was complete ${Math.round(last.at - began)} ms after the bus came back`;
        this.#tell({ is: 'fate', run: run.key, fate: 'late', text });
      } else {
        const text = `${run.id}: ${left.map(hopName).join(', ')} did not come. ${this.#why(left[0]!)}`;
        this.#tell({ is: 'fate', run: run.key, fate: 'lost', text });
      }
    }
    this.#placed = [];
  }

  /** Who held the event when it got lost, from the first hop that did not come. */
  #why({ from }: Hop): string {
    const { architecture } = this.#running.lab;
    const component = architecture.components.find((c) => c.id === from);
    const name = nameOf(architecture, from);
    return component?.type === 'message_queue'
      ? `${name} had taken the event over, but had forgotten its subscribers: they went with its memory, and the event was there before they came back.`
      : `${name} held the event in memory. Did it restart meanwhile?`;
  }

  /** Resolves when a run is complete, has left its flow, or has had its time. */
  async #completion(run: Run, flow: Flow): Promise<void> {
    const done = (): boolean => expected(run, flow).length === 0;
    if (done()) return;
    await this.#running.journal.waitFor(
      (line) => line.type === 'hop' && line.run === run.key && done(),
      {
        timeout: lateWithin * this.#running.factor,
        since: this.#running.journal.lines.length,
      },
    );
  }
}

const hopName = ({ n, label }: Hop): string => (n === undefined ? label : `hop ${n}`);

function followed(run: Run, flow: Flow): Follower {
  const follow = follower(flow);
  for (const hop of run.hops) follow.push(hop);
  return follow;
}

/** The hops that a run still waits for, whatever the time. */
function expected(run: Run, flow: Flow): readonly Hop[] {
  const { state, expected: hops } = followed(run, flow);
  return state === 'running' ? hops : [];
}

const hasLeft = (run: Run, flow: Flow): boolean => followed(run, flow).state === 'unexpected';
