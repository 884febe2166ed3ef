import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Journal } from '../wire/journal.ts';
import { membership } from '../wire/membership.ts';
import { Looks } from '../wire/look.ts';
import { Runs, type Run } from '../wire/runs.ts';
import { Witness, type Sighting } from '../wire/witness.ts';
import type { Acted, ActOptions } from './acted.ts';
import { Apps } from './apps.ts';
import { brokerFor, type Broker } from './broker.ts';
import { Bus } from './bus.ts';
import { clearBroker } from './bus-client.ts';
import { calibrate } from './calibrate.ts';
import { Databases } from './databases.ts';
import { recognise, type Action, type ActionParams, type Lab } from './define.ts';
import { environmentOf } from './environment.ts';
import { headerOf } from './header.ts';
import { Network } from './network.ts';
import { runsFolder } from './paths.ts';
import { areReady, haveLeft } from './ready.ts';
import { Series } from './series.ts';
import { readyWithin, startWithin, type StartOptions } from './start-options.ts';
import { send, type NoReply } from './user.ts';

/** A lab that runs: its processes, its network, its journal. Start it with `startLab`. */
export class RunningLab {
  readonly lab: Lab;
  /** The file that runs as a learner's service, from its file name. */
  readonly source: (file: string) => string;
  readonly seed: string;
  readonly factor: number;
  readonly journal: Journal;
  readonly witness: Witness;
  readonly network: Network;
  readonly databases: Databases;
  readonly apps: Apps;
  readonly broker: Broker;
  /** What stands in the components' databases. */
  readonly looks: Looks;
  readonly #folder: string;
  readonly #runId: string;
  readonly #series: Series;
  readonly #bus: Bus;
  /** Why what the lab provides no longer runs. */
  #providedEnd: string | undefined;
  /** The bus whose clients have been waited for, by where in the journal it came up. */
  #readyAsked: number | undefined;

  private constructor(lab: Lab, options: StartOptions, factor: number) {
    this.lab = lab;
    this.source = options.source;
    this.seed = options.seed ?? randomBytes(4).toString('hex');
    this.#series = new Series(this.seed);
    this.factor = factor;
    this.#runId = randomBytes(4).toString('hex');
    this.#folder = join(runsFolder, 'tmp', `${lab.slug}-${process.pid}-${this.#runId}`);
    this.broker = brokerFor(options.brokerUrl, join(this.#folder, 'broker'));
    this.journal = new Journal(headerOf(this), options.journalFile);
    this.databases = new Databases(lab, this.#folder);
    this.looks = new Looks(this.databases.file);
    const { journal, looks } = this;
    const stranger = options.strangers ? (s: Sighting) => this.#stranger(s) : undefined;
    const [runs, crossed] = [new Runs(), options.onBytes];
    this.witness = new Witness({ ...lab, journal, runs, looks, stranger, crossed });
    this.network = new Network(lab);
    this.#bus = new Bus({
      broker: this.broker,
      ...(lab.standby && {
        standby: (n) => brokerFor(options.brokerUrl, join(this.#folder, `standby-${n}`)),
      }),
      network: this.network,
      journal,
      clear: (address) => clearBroker(address, this.#clientIds(), this.#topics()),
      onFailure: (why) => options.onFailure?.(why),
    });
    this.apps = new Apps({
      lab,
      source: options.source,
      environment: (component, instance) => {
        const { network, databases } = this;
        const clientId = this.clientId(component);
        return environmentOf({ lab, network, databases }, { component, instance, clientId });
      },
      onPort: (app, instance, port) => this.network.serves(app, instance, port),
      onLine: (component, line, stream) => options.onLine?.(component, line, stream),
      onCrash: (crash) => {
        this.journal.note(crash.component, 'crashed', crash.error);
        options.onCrash?.(crash);
      },
      onProvidedEnd: (why) => {
        this.journal.note(lab.entrance, 'crashed', why);
        this.#providedEnd = why;
        options.onFailure?.(why);
      },
      startWithin: startWithin * factor,
      ...(options.inspect && { inspect: options.inspect }),
    });
  }

  /** Starts everything and warms every edge up. Ends what it started if it fails. */
  static async start(lab: Lab, options: StartOptions): Promise<RunningLab> {
    const factor = options.factor ?? (await calibrate());
    mkdirSync(runsFolder, { recursive: true });
    const running = new RunningLab(lab, options, factor);
    try {
      running.databases.create();
      await running.network.open(running.witness);
      await Promise.all([running.mendBus(), running.apps.start()]);
      await running.ready();
      await running.#warmUp();
      return running;
    } catch (error) {
      await running.stop();
      throw error;
    }
  }

  /** The address that users call: the lab's entrance, or an action's own. */
  urlOf({
    entrance = this.lab.entrance,
    actor = 'user',
  }: Pick<Action, 'entrance' | 'actor'> = {}): string {
    return this.network.edge(actor, entrance)[0]!.url;
  }

  get busUp(): boolean {
    return this.#bus.serving !== undefined;
  }
  /** What of the lab's own has stopped by itself: what comes of that is nobody's work. */
  get failure(): string | undefined {
    return this.#providedEnd ?? this.#bus.failure;
  }

  /** The id of a component on the bus, unique to this run: its variable `MQTT_CLIENT_ID`. */
  clientId = (component: string): string => `${component}-${this.#runId}`;

  /** Begins a new series of random values. See `Series`. */
  scope(name: string): void {
    this.#series.scope(name);
  }

  /** A random value that only this run of the lab knows; the same for the same seed and position. */
  random(prefix: string): string {
    return this.#series.next(prefix);
  }

  action(id: string): Action {
    const action = this.lab.actions.find((a) => a.id === id);
    if (!action) throw new Error(`[lab] no such action: got ${id}`);
    return action;
  }

  /** Does what a user does and waits for the reply; what follows later is in `run.hops`. */
  async act(
    id: string,
    params: ActionParams,
    { value, timeout = 3_000, token = this.lab.token, crowd, onRun }: ActOptions = {},
  ): Promise<Acted> {
    const run = this.beginRun(id, params.id, { ...(value && { value }), ...(crowd && { crowd }) });
    onRun?.(run);
    const action = this.action(id);
    const request = action.request(params);
    try {
      const user = { token, timeout: timeout * this.factor };
      return { run, reply: await send(this.urlOf(action), request, user) };
    } catch (error) {
      return { run, noReply: error as NoReply };
    }
  }

  /** Begins a run whose stimulus somebody else sends. */
  beginRun(action: string, id: string, more: Pick<Run, 'value' | 'crowd'> = {}): Run {
    const startAt = this.journal.now();
    const run = this.witness.runs.begin({ action, id, startAt, ...more });
    if (!run.crowd) this.journal.mark('run', { run: run.key, action, id });
    return run;
  }

  /** How many rows a look into a database counts for an id. */
  rows(database: string, sql: string, id: string): number {
    return this.looks.count(database, sql, id);
  }

  /** Ends a learner's service at once, as a crash would. */
  async kill(component: string): Promise<void> {
    await this.apps.kill(component);
    this.network.cutOff(component);
    this.journal.note(component, 'killed');
  }

  /**
   * Starts a learner's service again; false if it ended at once. `forget`: the bus forgets its
   * session too, since an edited service may subscribe to something else, and a database that the lab
   * wants anew is emptied.
   */
  async restart(component: string, { forget = false } = {}): Promise<boolean> {
    if (!this.apps.down().includes(component)) await this.kill(component);
    const address = this.network.busAddress(component);
    if (forget && address) await clearBroker(address, [this.clientId(component)], []);
    if (forget) this.databases.empty();
    const since = this.journal.lines.length;
    const started = await this.apps.startOne(component);
    if (started) {
      this.journal.note(component, 'started');
      await this.ready([component], since);
    }
    return started;
  }

  /** Kills the broker that serves. Every connection to it breaks. */
  breakBus(): Promise<void> {
    return this.#bus.break();
  }

  /** Starts the broker, again or for the first time. A standby that serves is killed before. */
  mendBus(): Promise<void> {
    return this.#bus.mend();
  }

  /**
   * Kills the broker, if it still serves, and starts the standby, which knows nothing of it: what the
   * broker had not delivered is not there, nor who had subscribed.
   * @throws if the lab has no standby, or its broker is not ours
   */
  failOver(): Promise<void> {
    return this.#bus.failOver();
  }

  /**
   * Back to a healthy lab: no faults, the bus up and no standby in its place, every service running
   * and subscribed. With `crashed` false a service that ended by itself is left as it is, with
   * `faults` true each fault.
   */
  async calm({ crashed = true, faults = false } = {}): Promise<void> {
    if (!faults) this.network.clearFaults();
    await this.mendBus();
    const down = this.apps.down().filter((c) => crashed || !this.apps.crashes.has(c));
    await Promise.all(down.map((component) => this.restart(component)));
    if (this.#readyAsked === this.#bus.since) return;
    // A publisher is often back before the consumer has subscribed again: wait for both, once.
    this.#readyAsked = this.#bus.since;
    await this.ready(undefined, this.#readyAsked);
  }

  /**
   * Waits until the bus's clients are connected and consumers have subscribed, as far as they do so
   * in time; a service that never does is for a check to tell.
   */
  async ready(
    components: readonly string[] = this.network.mqtt.map((t) => t.from),
    since = 0,
  ): Promise<boolean> {
    const [{ crashes }, { consumers }] = [this.apps, this.lab];
    const left = haveLeft(this.lab, this.journal.lines);
    const clients = this.network.mqtt.flatMap(({ from }) =>
      components.includes(from) && !crashes.has(from) && !left.has(from) ? [from] : [],
    );
    const timeout = readyWithin * this.factor;
    return areReady(this.journal, clients, { consumers, clientId: this.clientId, timeout, since });
  }

  /** Clients of the bus that have subscribed and not left since, as the taps saw it. */
  listening(): Set<string> {
    return membership(this.journal.lines).listening;
  }

  /** Ends every process, closes every port and file; keeps only the journal. */
  async stop(): Promise<void> {
    await this.apps.stop();
    await this.network.close();
    // A bus that is not ours may be gone: that is told, once all of ours is tidied up.
    await this.#bus.stop().finally(() => {
      this.looks.close();
      this.journal.close();
      rmSync(this.#folder, { recursive: true, force: true });
    });
  }

  /** A request that somebody sent by hand, `curl` for one, begins a run of its own. */
  #stranger({ from, to, text, detail = '' }: Sighting): Run | undefined {
    const known = recognise(this.lab, detail, text, { from, to });
    return known ? this.beginRun(known.action, known.id) : undefined;
  }

  async #warmUp(): Promise<void> {
    for (const { action, params } of this.lab.warmUp) {
      const { run } = await this.act(action, params, { timeout: 1_000 });
      this.witness.runs.end(run);
    }
  }

  #clientIds = (): string[] => this.network.mqtt.map((tap) => this.clientId(tap.from));
  #topics = (): string[] => this.lab.consumers.map((c) => c.topic);
}

/** Starts a lab. See `RunningLab.start`. */
export const startLab = (lab: Lab, options: StartOptions): Promise<RunningLab> =>
  RunningLab.start(lab, options);
