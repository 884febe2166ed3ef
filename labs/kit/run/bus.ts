import type { Journal } from '../wire/journal.ts';
import type { Address } from '../wire/mqtt-tap.ts';
import type { Broker } from './broker.ts';
import type { BusName, Network } from './network.ts';

interface BusParts {
  /** The primary: the one that serves unless it is dead. */
  broker: Broker;
  /** Makes the n-th standby of a lab that has one: each begins with nothing. */
  standby?: (n: number) => Broker;
  network: Network;
  journal: Journal;
  /** Leaves a broker that is not ours as if we had never been there. */
  clear: (address: Address) => Promise<void>;
  /** A broker of ours has stopped by itself. */
  onFailure: (why: string) => void;
}

/** The event bus of a running lab: which of its brokers serves, and over which taps. */
export class Bus {
  readonly #parts: BusParts;
  /** The standby that served last, and how many there were. */
  #standby: Broker | undefined;
  #standbys = 0;
  #serving: BusName | undefined;
  #since = 0;
  #failure: string | undefined;

  constructor(parts: BusParts) {
    this.#parts = parts;
  }

  /** Which one serves; undefined if none does. */
  get serving(): BusName | undefined {
    return this.#serving;
  }

  /** Where in the journal it came up last: its clients' sessions are younger. */
  get since(): number {
    return this.#since;
  }

  /** Why none serves, if one stopped by itself and nobody has mended it. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** Kills the broker that serves. Every connection to it breaks. */
  async break(): Promise<void> {
    const which = this.#serving;
    if (!which) return;
    this.#serving = undefined;
    await this.#brokerOf(which).kill();
    this.#parts.network.busAt(undefined, which);
    this.#note(which, 'killed');
  }

  /** The primary serves, again or for the first time. A standby that serves is killed before. */
  async mend(): Promise<void> {
    if (this.#serving === 'primary') return;
    await this.break();
    await this.#serve('primary');
  }

  /**
   * A standby serves, and has nothing of what the primary had: no session, no message. A primary that
   * serves is killed before.
   * @throws if the lab has none, or its broker is not ours
   */
  async failOver(): Promise<void> {
    if (this.#serving === 'standby') return;
    const { standby, broker } = this.#parts;
    if (!standby) throw new Error('[bus] no failover: got a lab with one bus, expected a second');
    if (!broker.ours)
      throw new Error(
        `[bus] no failover: got ${broker.name}, expected a broker that is ours to kill`,
      );
    await this.break();
    this.#standbys += 1;
    this.#standby = standby(this.#standbys);
    await this.#serve('standby');
  }

  /**
   * Ends what is ours; what is not is left as if we had never been there.
   * @throws if that one is gone
   */
  async stop(): Promise<void> {
    const { broker, network, clear } = this.#parts;
    const address = network.busAddress();
    if (broker.ours) await Promise.all([broker.kill(), this.#standby?.kill()]);
    else if (address) await clear(address);
  }

  async #serve(which: BusName): Promise<void> {
    const { network, journal, clear } = this.#parts;
    const broker = this.#brokerOf(which);
    const address = await broker.start(() => this.#crashed(which));
    if (!broker.ours) await clear(address);
    this.#serving = which;
    this.#failure = undefined;
    this.#since = journal.lines.length;
    network.busAt(address, which);
    this.#note(which, 'started');
  }

  #crashed(which: BusName): void {
    const { network, onFailure } = this.#parts;
    this.#serving = undefined;
    network.busAt(undefined, which);
    this.#note(which, 'crashed');
    const what = which === 'primary' ? 'broker' : 'standby broker';
    this.#failure = `${this.#brokerOf(which).name}, the lab’s ${what}, stopped by itself.`;
    onFailure(this.#failure);
  }

  #note(which: BusName, what: string): void {
    const { journal, standby } = this.#parts;
    const instance = standby ? { instance: which === 'primary' ? 1 : 2 } : {};
    journal.note('event-bus', what, this.#brokerOf(which).name, instance);
  }

  #brokerOf = (which: BusName): Broker =>
    which === 'primary' ? this.#parts.broker : this.#standby!;
}
