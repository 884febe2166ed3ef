import { EventEmitter } from 'node:events';
import { basename, relative } from 'node:path';
import { journalFor } from '../grade/kept.ts';
import type { Graded } from '../grade/load.ts';
import { learnerApps } from '../run/define.ts';
import { startLab, type RunningLab } from '../run/running-lab.ts';
import { learnerFolder, learnerSource, learnerFiles, solutionSource } from '../run/sources.ts';
import { Backlog } from './backlog.ts';
import { Controls } from './controls.ts';
import type { Command, LabInfo, LabLink, LiveEvent } from './events.ts';
import { contentsOf } from './files.ts';
import { missingSources } from './missing.ts';
import { Output } from './output.ts';
import { plain } from './plain.ts';
import { root } from '../run/paths.ts';

export interface HostOptions {
  startedBy: LabInfo['startedBy'];
  brokerUrl?: string | undefined;
  /** Services to start with Node's debugger. */
  inspect?: ReadonlySet<string>;
  /** Runs the solution in place of the learner's services: to be watched, not edited or graded. */
  finished?: boolean;
  /** Whether the quick checks run as soon as the lab is ready. */
  checkAtStart: boolean;
}

/** Runs one lab for everybody who follows it: starts it, does what is asked, tells what happens. */
export class LabHost implements LabLink {
  readonly ended: Promise<void>;
  readonly #graded: Graded;
  readonly #options: HostOptions;
  readonly #events = new EventEmitter<{ event: [LiveEvent] }>();
  readonly #backlog = new Backlog();
  readonly #end = Promise.withResolvers<void>();
  readonly #output = new Output((event) => this.#tell(event));
  #running: RunningLab | undefined;
  #controls: Controls | undefined;
  #stopping: Promise<void> | undefined;

  constructor(graded: Graded, options: HostOptions) {
    this.#graded = graded;
    this.#options = options;
    this.#events.setMaxListeners(0);
    this.ended = this.#end.promise;
  }

  /**
   * Starts the lab.
   * @throws if it can't be started; followers hear why
   */
  async start(): Promise<void> {
    const { lab } = this.#graded;
    const { brokerUrl, inspect, startedBy, checkAtStart, finished = false } = this.#options;
    this.#tell({ is: 'lab', state: 'starting' });
    const began = performance.now();
    try {
      if (!finished) missingSources(lab);
      const journalFile = journalFor(lab.slug);
      // What is saved while services start is a save: they may have read the file before it.
      const read = contentsOf(learnerFolder(lab), learnerFiles(lab));
      const running = await startLab(lab, {
        source: (finished ? solutionSource : learnerSource)(lab),
        brokerUrl,
        journalFile,
        ...(inspect && { inspect }),
        strangers: true,
        onLine: (component, text, stream) => this.#output.line(component, text, stream),
        onFailure: (why) => this.#tell({ is: 'said', error: true, text: why }),
        onCrash: ({ component, error, place }) =>
          this.#tell({ is: 'crash', component, error, ...(place !== undefined && { place }) }),
      });
      if (this.#stopping) return await running.stop();
      this.#running = running;
      const readyMs = Math.round(performance.now() - began);
      const journal = basename(journalFile);
      const info = { ...infoOf(running), startedBy, finished, journal, readyMs };
      this.#tell({ is: 'lab', state: 'ready', info });
      this.#controls = new Controls(
        this.#graded,
        running,
        (event) => this.#tell(event),
        // Nothing that the learner saves is part of a finished lab.
        finished ? undefined : read,
      );
      if (checkAtStart) this.#controls.quick();
    } catch (error) {
      if (this.#stopping) return;
      const why = error instanceof Error ? error.message : String(error);
      this.#tell({ is: 'lab', state: 'ended', why });
      this.#end.resolve();
      throw error;
    }
  }

  follow(listener: (event: LiveEvent) => void): () => void {
    for (const event of this.#backlog.all()) listener(event);
    this.#events.on('event', listener);
    return () => this.#events.off('event', listener);
  }

  do(command: Command): void {
    if (command.do === 'stop') void this.stop();
    else if (this.#controls) this.#controls.do(command);
    else this.#tell({ is: 'said', error: true, text: 'The lab is not ready yet.' });
  }

  /** Ends the lab and everything it started. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    this.#controls?.stop();
    await this.#running?.stop();
    this.#output.stop();
    this.#tell({ is: 'lab', state: 'ended' });
    this.#end.resolve();
  }

  #tell(said: LiveEvent): void {
    const event = plain(said);
    this.#backlog.add(event);
    this.#events.emit('event', event);
  }
}

function infoOf(
  running: RunningLab,
): Omit<LabInfo, 'startedBy' | 'finished' | 'journal' | 'readyMs'> {
  const { lab, network, broker } = running;
  const buses = lab.standby && broker.ours ? `${broker.name}, and one that stands by` : broker.name;
  const folder = relative(root, learnerFolder(lab)).replaceAll('\\', '/');
  const own = new Set(learnerApps(lab).map((app) => app.component));
  return {
    slug: lab.slug,
    title: lab.architecture.title,
    broker: broker.name,
    ownBroker: broker.ours,
    url: running.urlOf(),
    urls: Object.fromEntries(
      lab.actions.filter((a) => a.entrance).map((a) => [a.id, running.urlOf(a)]),
    ),
    token: lab.token,
    components: lab.architecture.components.map(({ id }) => {
      const app = lab.apps.find((a) => a.component === id);
      const addresses = network.http.filter((tap) => tap.to === id).map((tap) => tap.url.slice(7));
      const isBus = network.mqtt[0]?.to === id;
      return {
        id,
        file: app ? (own.has(id) ? `${folder}/${app.file}` : 'provided') : '',
        address: addresses.length > 0 ? addresses.join(', ') : isBus ? buses : '',
      };
    }),
  };
}
