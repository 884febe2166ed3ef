import { follower, type Follower } from '../flow/judge.ts';
import { nameOf } from '../flow/steps.ts';
import type { Flow, Hop } from '../flow/types.ts';
import type { RunningLab } from '../run/running-lab.ts';
import type { Run } from '../wire/runs.ts';
import type { LiveEvent } from './events.ts';

/** How long a late hop may take once nothing is wrong any more, in milliseconds × the lab's factor. */
const lateWithin = 4_000;

interface Over {
  /** When it was over, in milliseconds on the journal's clock. */
  at: number;
  /** What was over, in words: `the bus came back`. */
  what: string;
  /** Whether something else is still wrong: what has not come yet goes on waiting. */
  more: boolean;
}

/** Runs that something keeps from their end: what became of them is told once it is over. */
export class Waiting {
  readonly #running: RunningLab;
  readonly #tell: (event: LiveEvent) => void;
  #runs: { run: Run; flow: Flow; why: string }[] = [];

  constructor(running: RunningLab, tell: (event: LiveEvent) => void) {
    this.#running = running;
    this.#tell = tell;
  }

  /** Remembers a run, and tells which hop has not come, and why. */
  add(run: Run, flow: Flow, { hop, why }: { hop: Hop; why: string }): void {
    this.#runs.push({ run, flow, why });
    this.#tell({
      is: 'fate',
      run: run.key,
      fate: 'waits',
      text: `${hopName(hop)} has not come: ${why}`,
    });
  }

  /** Tells of each run what came late and what did not come. */
  async over({ at, what, more }: Over): Promise<void> {
    const runs = this.#runs;
    this.#runs = [];
    await Promise.all(runs.map(({ run, flow }) => this.#completion(run, flow)));
    for (const { run, flow, why } of runs) {
      const left = hopsLeft(run, flow);
      const last = run.hops.at(-1);
      if (more && left.length > 0) this.#runs.push({ run, flow, why });
      else if (hasLeft(run, flow)) {
        // A second delivery that was not expected, for one: neither late nor lost.
        const text = `${flow.title} ${run.id} went another way than its flow: Replay shows where.`;
        this.#tell({ is: 'said', text });
      } else if (left.length === 0 && last) {
        const late = Math.max(0, Math.round(last.at - at));
        const text = `${flow.title} ${run.id} was complete ${late} ms after ${what}`;
        this.#tell({ is: 'fate', run: run.key, fate: 'late', text });
      } else {
        const text = `${run.id}: ${left.map(hopName).join(', ')} did not come. ${this.#whose(left[0]!, run, why)}`;
        this.#tell({ is: 'fate', run: run.key, fate: 'lost', text });
      }
    }
  }

  /** Who held what got lost, from the first hop that did not come, and why it came no further. */
  #whose({ from }: Hop, { startAt }: Run, why: string): string {
    const { architecture, standby } = this.#running.lab;
    const component = architecture.components.find((c) => c.id === from);
    const name = nameOf(architecture, from);
    if (component?.type !== 'message_queue')
      return `${name} held it in memory. Did it restart meanwhile?`;
    const wasKilled = this.#running.journal.lines.some(
      (line) =>
        line.type === 'note' &&
        line.component === from &&
        line.what === 'killed' &&
        line.at >= startAt,
    );
    if (!wasKilled && standby)
      return `${name} had taken the event over, and it got lost on its way: ${why}.`;
    return standby
      ? `${name} had taken the event over: what one of the two buses holds, and who has subscribed there, the other does not know.`
      : `${name} had taken the event over, and had nobody to keep it for: subscribers that are away are forgotten, unless it has stored their sessions.`;
  }

  /** Resolves when a run is complete, has left its flow, or has had its time. */
  async #completion(run: Run, flow: Flow): Promise<void> {
    const done = (): boolean => hopsLeft(run, flow).length === 0;
    if (done()) return;
    const { journal, factor } = this.#running;
    await journal.waitFor((line) => line.type === 'hop' && line.run === run.key && done(), {
      timeout: lateWithin * factor,
      since: journal.lines.length,
    });
  }
}

const hopName = ({ n, label }: Hop): string => (n === undefined ? label : `hop ${n}`);

function followed(run: Run, flow: Flow): Follower {
  const follow = follower(flow);
  for (const hop of run.hops) follow.push(hop);
  return follow;
}

/** The hops that a run still waits for, whatever the time; none if it left its flow. */
export function hopsLeft(run: Run, flow: Flow): readonly Hop[] {
  const { state, expected: hops } = followed(run, flow);
  return state === 'running' ? hops : [];
}

const hasLeft = (run: Run, flow: Flow): boolean => followed(run, flow).state === 'unexpected';
