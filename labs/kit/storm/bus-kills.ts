import { LabFailed } from '../grade/errors.ts';
import type { Tools } from '../grade/tools.ts';
import type { StormPlan } from './plan.ts';

/** Kills the bus and brings it back as a plan says, while orders go on. */
export class BusKills {
  readonly #tools: Tools;
  readonly #plan: StormPlan;
  /** Who listens to the bus: whoever does when the storm begins is waited for when the bus is back. */
  readonly #listeners: readonly string[];
  /** Where in the journal the bus came back last. */
  #since = 0;
  /** Whoever is about to place an order waits for it. */
  #gate: Promise<unknown> = Promise.resolve();
  /** Resolves when the bus is killed, and is resolved while it is dead. */
  #death = Promise.withResolvers<void>();
  /** What is being done to the bus, one thing after the other. */
  #doing: Promise<void> = Promise.resolve();

  constructor(tools: Tools, plan: StormPlan) {
    this.#tools = tools;
    this.#plan = plan;
    this.#listeners = [...tools.lab.listening()];
  }

  /** Whether the bus is killed while an order is placed. */
  killsAt = (n: number): boolean => this.#plan.kills.some(({ dead }) => dead === n);

  /**
   * What has to happen before an order is placed; orders have to ask in the order of their numbers. A
   * kill is begun, and not waited for: the orders of that moment are what a storm is about.
   */
  async before(n: number): Promise<void> {
    const { kills } = this.#plan;
    if (kills.some(({ ready }) => ready === n)) this.#gate = this.over();
    await this.#gate;
    if (this.killsAt(n)) this.#then(() => this.#kill());
    if (kills.some(({ back }) => back === n)) this.#then(() => this.#bringBack());
  }

  /** Waits for something that a dead bus may keep from happening: no longer than until it is dead. */
  async whileUp(work: Promise<unknown>): Promise<void> {
    await Promise.race([work, this.#death.promise]);
  }

  /**
   * Waits until the bus is up and its listeners are back, as far as they come in time.
   * @throws LabFailed if the bus, or another part of the lab’s own, has stopped by itself
   */
  async over(): Promise<void> {
    await this.#doing;
    // The order that it was to come back with was not placed, as too many were not accepted.
    if (!this.#tools.lab.busUp) await this.#bringBack();
    await this.#tools.lab.ready(this.#listeners, this.#since);
  }

  async #kill(): Promise<void> {
    this.#death.resolve();
    this.#mustNotHaveFailed();
    await this.#tools.lab.breakBus();
  }

  async #bringBack(): Promise<void> {
    const { lab } = this.#tools;
    this.#mustNotHaveFailed();
    this.#since = lab.journal.lines.length;
    await lab.mendBus();
    this.#death = Promise.withResolvers();
  }

  /** A bus that died by itself was not killed, and to bring it back would hide that. */
  #mustNotHaveFailed(): void {
    const { failure } = this.#tools.lab;
    if (failure !== undefined) throw new LabFailed(failure);
  }

  #then(work: () => Promise<void>): void {
    this.#doing = this.#doing.then(work);
    // Whoever waits for it hears of an error; nobody may do so for a while.
    this.#doing.catch(() => undefined);
  }
}
