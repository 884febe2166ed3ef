import { mkdirSync, watch, type FSWatcher } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { basename, dirname } from 'node:path';
import { Backlog } from '../../../labs/kit/live/backlog.ts';
import type { Command, LabInfo, LiveEvent } from '../../../labs/kit/live/events.ts';
import { findLab } from '../../../labs/kit/live/open.ts';
import type { RemoteLab } from '../../../labs/kit/live/wire.ts';
import { kill, launchNode, type Launched } from '../../../labs/kit/run/launch.ts';
import { lockFile } from '../../../labs/kit/run/lock.ts';

const cli = fileURLToPath(new URL('../../../labs/kit/cli.ts', import.meta.url));

/** What a lab's process needs to know that the course server was told. */
const handedOn = ['BROKER_URL', 'NINE_HOPS_RUNS', 'NINE_HOPS_SRC'];

type Listener = (event: LiveEvent) => void;

/**
 * One lab for the course's pages: shows the one that runs, whoever started it, and starts it in a
 * process of its own if none does.
 */
export class LabDesk {
  readonly #slug: string;
  readonly #listeners = new Set<Listener>();
  #backlog = new Backlog();
  #link: RemoteLab | undefined;
  #child: Launched | undefined;
  #starting: Promise<void> | undefined;
  #watcher: FSWatcher | undefined;
  #looking: Promise<void> = Promise.resolve();
  #hasEnded = true;
  /** Whether a page has asked for its end. */
  #isEnding = false;
  #info: LabInfo | undefined;

  constructor(slug: string) {
    this.#slug = slug;
    this.#backlog.add({ is: 'lab', state: 'ended' });
  }

  /** Tells what was, then what happens, here or in a terminal; returns the function that ends it. */
  follow(listener: Listener): () => void {
    for (const event of this.#backlog.all()) listener(event);
    this.#listeners.add(listener);
    this.#watch();
    this.#look();
    return () => this.#listeners.delete(listener);
  }

  /**
   * Starts the lab unless it runs: with the learner's services, or `finished`, with the solution. Resolves as soon as it can be followed.
   * @throws if its process ends before that
   */
  run({ finished = false } = {}): Promise<void> {
    this.#starting ??= this.#start(finished).finally(() => (this.#starting = undefined));
    return this.#starting;
  }

  /** Asks something of the lab; false if none runs. */
  do(command: Command): boolean {
    this.#link?.do(command);
    this.#isEnding ||= command.do === 'stop';
    return this.#link !== undefined;
  }

  /** Whether the lab that runs is a page's to end; it may be a page of another course server. */
  get isOurs(): boolean {
    return this.#child !== undefined || this.#info?.startedBy === 'page';
  }

  /** The file name of the journal that the lab writes; undefined if none runs, or not yet. */
  get journal(): string | undefined {
    return this.#info?.journal;
  }

  /** Lets go of a lab that a terminal runs; ends one that was started here. */
  async close(): Promise<void> {
    this.#watcher?.close();
    this.#link?.close();
    const child = this.#child;
    if (!child) return;
    child.child.kill('SIGTERM');
    const late = setTimeout(() => void kill(child), 3_000);
    await child.ended;
    clearTimeout(late);
  }

  async #start(finished: boolean): Promise<void> {
    this.#look();
    await this.#looking;
    // One that has ended is still there for a moment.
    if (this.#link && (this.#hasEnded || this.#isEnding)) await this.#link.ended;
    if (this.#link) return;
    await this.#child?.ended;
    const env = Object.fromEntries(
      handedOn.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
    );
    const child = launchNode(cli, ['host', this.#slug, ...(finished ? ['finished'] : [])], { env });
    this.#child = child;
    void child.ended.finally(() => (this.#child = undefined));
    const opened = new Promise<boolean>((resolve) => {
      child.child.once('message', () => resolve(true));
      void child.ended.then(() => resolve(false));
    });
    const isOpen = await opened;
    this.#look();
    await this.#looking;
    // Somebody else may have been quicker: then theirs is followed.
    if (!isOpen && !this.#link) throw new Error(child.stderr.join('\n') || 'the lab ended at once');
  }

  /** Follows the lab that runs, if one does. One look at a time. */
  #look(): void {
    const before = this.#looking;
    this.#looking = (async () => {
      await before;
      const link = this.#link ? undefined : await findLab(this.#slug);
      if (!link) return;
      this.#link = link;
      this.#hasEnded = this.#isEnding = false;
      await new Promise<void>((resolve) => {
        link.follow((event) => {
          this.#hear(event);
          if (event.is === 'live') resolve();
        });
        void link.ended.then(() => this.#lost()).then(resolve);
      });
    })();
  }

  #hear(event: LiveEvent): void {
    if (event.is === 'begin') this.#backlog = new Backlog();
    if (event.is === 'lab') this.#hasEnded = event.state === 'ended';
    if (event.is === 'lab') this.#info = event.state === 'ready' ? event.info : undefined;
    this.#backlog.add(event);
    this.#tell(event);
  }

  #lost(): void {
    this.#link = this.#info = undefined;
    if (!this.#hasEnded)
      this.#hear({
        is: 'lab',
        state: 'ended',
        why: 'The lab’s process is gone. Run starts it again.',
      });
    this.#look();
  }

  #tell(event: LiveEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** Hears when a terminal starts the lab: its lock appears. */
  #watch(): void {
    if (this.#watcher) return;
    const file = lockFile(this.#slug, 'watching');
    mkdirSync(dirname(file), { recursive: true });
    const watcher = watch(dirname(file), (_, name) => name === basename(file) && this.#look());
    // Somebody took the folder away: the next page that follows makes it again.
    this.#watcher = watcher.on('error', () => (this.#watcher = undefined));
  }
}
