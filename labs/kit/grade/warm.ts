import type { Source } from '../run/sources.ts';
import { startLab, type RunningLab } from '../run/running-lab.ts';
import type { StartOptions } from '../run/start-options.ts';
import type { Check } from './check.ts';
import type { CheckResult } from './results.ts';
import type { Graded } from './load.ts';
import { runCheck } from './run-check.ts';

/** A lab that stays up while services change under it: each change restarts only what changed. */
export class WarmLab {
  readonly graded: Graded;
  readonly running: RunningLab;
  #current: Map<string, string>;
  #source: { of: Source };

  private constructor(graded: Graded, running: RunningLab, source: { of: Source }) {
    this.graded = graded;
    this.running = running;
    this.#source = source;
    this.#current = this.#files();
  }

  static async start(
    graded: Graded,
    source: Source,
    options: Omit<StartOptions, 'source'> = {},
  ): Promise<WarmLab> {
    const now = { of: source };
    const running = await startLab(graded.lab, { ...options, source: (file) => now.of(file) });
    return new WarmLab(graded, running, now);
  }

  /** Runs other sources from now on; restarts the services whose files are others. */
  async use(source: Source): Promise<void> {
    this.#source.of = source;
    const before = this.#current;
    this.#current = this.#files();
    const changed = [...this.#current].filter(
      ([component, file]) => before.get(component) !== file,
    );
    // One after the other, in the lab's order: who asks at once finds somebody there.
    for (const [component] of changed) await this.running.restart(component, { forget: true });
  }

  /**
   * Runs checks in order.
   * @param onResult called after each, for progress
   * @param untilFailure stop after the first that does not pass
   */
  async run(
    checks: readonly Check[] = this.graded.checks,
    { onResult, untilFailure = false, signal }: RunOptions = {},
  ): Promise<CheckResult[]> {
    const results: CheckResult[] = [];
    for (const check of checks) {
      if (signal?.aborted) break;
      const result = await runCheck(this.running, check);
      results.push(result);
      onResult?.(result);
      if (untilFailure && result.outcome !== 'pass') break;
    }
    return results;
  }

  stop(): Promise<void> {
    return this.running.stop();
  }

  #files(): Map<string, string> {
    const own = this.graded.lab.apps.filter((app) => app.learner);
    return new Map(own.map((app) => [app.component, this.#source.of(app.file)]));
  }
}

export interface RunOptions {
  onResult?: (result: CheckResult) => void;
  untilFailure?: boolean;
  signal?: AbortSignal;
}
