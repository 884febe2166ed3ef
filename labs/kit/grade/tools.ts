import { nameOf } from '../flow/steps.ts';
import type { SeenHop } from '../flow/types.ts';
import { milliseconds } from '../flow/words.ts';
import type { ActionParams, Reply } from '../run/define.ts';
import { publishOnce } from '../run/bus-client.ts';
import type { Acted, ActOptions } from '../run/acted.ts';
import { isSecond } from '../run/ready.ts';
import type { RunningLab } from '../run/running-lab.ts';
import type { Injected } from '../wire/faults.ts';
import type { HopLine, Line } from '../wire/journal.ts';
import type { InjectedRule } from '../wire/mqtt-rules.ts';
import type { Run } from '../wire/runs.ts';
import { Inconclusive, LabFailed, NotAsExpected } from './errors.ts';
import { expect, type RunOf } from './expect.ts';
import type { Measurement } from './results.ts';

/** What a check works with: the running lab, and assertions that a learner can read. */
export class Tools {
  readonly lab: RunningLab;
  readonly expect = expect;
  /** What the check has measured so far. */
  readonly measured: Measurement[] = [];

  constructor(lab: RunningLab) {
    this.lab = lab;
  }

  /** Does what a user does. Pass the result to `expect(…).toFollow(flow)`, or to `replied`. */
  async act(action: string, params: ActionParams, options?: ActOptions): Promise<Acted & RunOf> {
    const acted = await this.lab.act(action, params, options);
    // The first tap is ours: a request that it never saw says nothing about anybody's work.
    if (acted.run.hops.length === 0)
      throw new LabFailed(
        `the request never reached the first tap: ${acted.noReply?.message ?? `reply ${acted.reply?.status}`}`,
      );
    return { ...acted, lab: this.lab };
  }

  /** The reply, which must have come and have this status. */
  replied(acted: Acted, status: number, during: string): Reply {
    const { reply, noReply } = acted;
    if (reply?.status === status) return reply;
    throw new NotAsExpected({
      headline: `The ${nameOf(this.lab.lab.architecture, 'user').toLowerCase()}’s reply ${during}`,
      expected: `reply ${status}`,
      observed: reply ? `reply ${reply.status}` : `none: ${noReply?.message ?? 'unknown'}`,
    });
  }

  /** Publishes an event as the grader does, straight to the bus that serves, and follows what it causes. */
  async publish(topic: string, id: string, event: unknown): Promise<RunOf> {
    const run = this.lab.beginRun('publish', id);
    await this.publishAgain(topic, event);
    return { lab: this.lab, run };
  }

  /** Publishes without beginning a run: what it causes belongs to the run whose id it carries. */
  publishAgain(topic: string, event: unknown): Promise<void> {
    return this.publishText(topic, JSON.stringify(event));
  }

  /** The same with a payload that need not be JSON. */
  async publishText(topic: string, payload: string): Promise<void> {
    const address = this.lab.network.busAddress();
    if (!address) throw new Inconclusive('the bus is down');
    await publishOnce(address, topic, payload);
  }

  /** Waits for a hop of a run; fails, in the learner's words, if it does not come in time. */
  async hop(
    run: Run,
    matches: (hop: HopLine) => boolean,
    { what, within, since = 0 }: { what: string; within: number; since?: number },
  ): Promise<SeenHop> {
    const found = await this.seen(run, matches, within, since);
    return found ?? this.#missing(what, within);
  }

  /** Waits for a hop of a run, `within` milliseconds × the lab's factor; undefined if none came. */
  seen(
    run: Run,
    matches: (hop: HopLine) => boolean,
    within: number,
    since = 0,
  ): Promise<HopLine | undefined> {
    const ofRun = (line: Line): boolean =>
      line.type === 'hop' && line.run === run.key && matches(line);
    return this.lab.journal.waitFor<HopLine>(ofRun, { timeout: within * this.lab.factor, since });
  }

  /**
   * Waits for something that is no hop; fails, in the learner's words, if it does not come in time. What
   * happens to a second client of the component, beside its own, does not count.
   */
  async note(
    component: string,
    happened: string,
    { what, within, since }: { what: string; within: number; since: number },
  ): Promise<void> {
    const matches = (line: Line): boolean =>
      line.type === 'note' &&
      line.component === component &&
      line.what === happened &&
      !isSecond(line, this.lab.clientId(component));
    const timeout = within * this.lab.factor;
    if (!(await this.lab.journal.waitFor(matches, { timeout, since }))) this.#missing(what, within);
  }

  /**
   * Does `work` while nobody can write to a database, until a message that claims something is stored
   * there crosses, or a moment has passed. A claim that crosses meanwhile can't be true, however fast
   * the row would have followed; an honest service waits for its database and claims afterwards.
   */
  async whileLocked<T>(
    database: string,
    claims: (hop: HopLine) => boolean,
    work: () => Promise<T>,
  ): Promise<T> {
    const since = this.lab.journal.lines.length;
    const release = this.lock(database);
    const working = work();
    // Its error is for whoever awaits the result, not for nobody while we wait here.
    working.catch(() => undefined);
    try {
      // Well below the second that a service waits for its database.
      const timeout = Math.min(80 * this.lab.factor, 400);
      const claimed = (line: Line): boolean => line.type === 'hop' && claims(line);
      await this.lab.journal.waitFor(claimed, { timeout, since });
    } finally {
      release();
    }
    return working;
  }

  /** Writes to a database as the lab; a transaction that a service left open is a finding. */
  write(database: string, sql: string, values: readonly (string | number)[]): void {
    this.#unlocked(database, () => this.lab.databases.write(database, sql, values));
  }

  /**
   * Keeps everyone from writing to a database until the function that it returns is called; a
   * transaction that a service left open is a finding.
   */
  lock(database: string): () => void {
    return this.#unlocked(database, () => this.lab.databases.lock(database));
  }

  #unlocked<T>(database: string, work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (!/locked/.test((error as Error).message)) throw error;
      const { owner } = this.lab.lab.databases[database]!;
      throw new NotAsExpected({
        headline: `${owner} keeps ${database} to itself`,
        expected: 'no transaction is left open between requests',
        observed: (error as Error).message,
      });
    }
  }

  /** A value that must be a text, and no empty one; whatever else it is, is a finding. */
  text(value: unknown, what: string): void {
    if (typeof value === 'string' && value !== '') return;
    throw new NotAsExpected({
      headline: what,
      expected: 'a text that is not empty',
      observed: JSON.stringify(value) ?? 'nothing',
    });
  }

  /** Keeps a table of what was measured, to be shown beside the verdict. */
  measure(measurement: Measurement): void {
    this.measured.push(measurement);
  }

  /** A fault must bite: if it hit nothing, the check says nothing about anybody's work. */
  mustHaveBitten(injected: Injected | InjectedRule, what: string): void {
    if (injected.hits === 0) throw new Inconclusive(`the fault hit nothing: ${what}`);
  }

  /** Inconclusive where the broker is not ours to kill. */
  mayKillBus(): void {
    if (!this.lab.broker.ours)
      throw new Inconclusive(`BROKER_URL names a broker that is not ours to kill`);
  }

  /** Kills the broker that serves; inconclusive where it is not ours to kill. */
  async breakBus(): Promise<void> {
    this.mayKillBus();
    await this.lab.breakBus();
  }

  /** Kills the broker and starts the standby; inconclusive where the broker is not ours to kill. */
  async failOver(): Promise<void> {
    this.mayKillBus();
    await this.lab.failOver();
  }

  /** How many rows of a run's id there are; a table that can't be read is a finding. */
  rows(database: string, sql: string, id: string): number {
    return this.#readable(database, () => this.lab.rows(database, sql, id));
  }

  /** Counts by id, from rows of an id and a count; a table that can't be read is a finding. */
  tally(database: string, sql: string): Map<string, number> {
    return this.#readable(database, () => this.lab.looks.tally(database, sql));
  }

  #readable<T>(database: string, work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw new NotAsExpected({
        headline: `A table of ${database} can’t be read`,
        expected: 'the tables as schema/ has them: services don’t create, change or drop any',
        observed: (error as Error).message,
      });
    }
  }

  /** A limit in words: milliseconds, and the factor by which this machine may take longer. */
  scaled(within: number): string {
    const { factor } = this.lab;
    return milliseconds(within) + (factor === 1 ? '' : ` × ${factor}`);
  }

  #missing(what: string, within: number): never {
    throw new NotAsExpected({
      headline: `${what} did not come`,
      expected: `${what}, within ${this.scaled(within)}`,
      observed: 'it did not come',
    });
  }
}
