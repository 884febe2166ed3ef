import { relative } from 'node:path';
import type { Graded } from '../grade/load.ts';
import type { RunningLab } from '../run/running-lab.ts';
import { learnerApps } from '../run/define.ts';
import { learnerFolder, resetSources, learnerFiles } from '../run/sources.ts';
import { root } from '../run/paths.ts';
import type { Command, LiveEvent } from './events.ts';
import { watchFiles } from './files.ts';
import { Session } from './session.ts';

/** More than a person can mean at once. */
const mostWaiting = 12;

/**
 * Turns commands and saves into what a session does. One thing runs at a time, in the order in which
 * it was asked for. What a user does goes between two checks; a save and a broken bus stop the checks,
 * since they judge what is no longer there.
 */
export class Controls {
  readonly #graded: Graded;
  readonly #running: RunningLab;
  readonly #tell: (event: LiveEvent) => void;
  readonly #session: Session;
  readonly #stopFiles: () => void;
  readonly #isLearners: boolean;
  #queue: Promise<void> = Promise.resolve();
  #acts: (() => Promise<void>)[] = [];
  #waiting = 0;
  #checking = new AbortController();

  /**
   * @param read what the services' files held when they were started; without it the lab is not the
   * learner's: no file is watched and nothing is checked
   */
  constructor(
    graded: Graded,
    running: RunningLab,
    tell: (event: LiveEvent) => void,
    read: ReadonlyMap<string, string> | undefined,
  ) {
    this.#graded = graded;
    this.#running = running;
    this.#tell = tell;
    this.#session = new Session(graded, running, tell);
    const { lab } = graded;
    const watching = {
      onSave: (files: string[]) => this.#saved(files),
      onGone: (file: string) => tell({ is: 'gone', file }),
      restarts: (file: string) =>
        lab.apps.some((a) => a.file === file && running.apps.down().includes(a.component)),
    };
    this.#isLearners = read !== undefined;
    this.#stopFiles = read
      ? watchFiles(learnerFolder(lab), learnerFiles(lab), watching, read)
      : () => undefined;
  }

  /** Carries a command out; what comes of it is told. */
  do(command: Exclude<Command, { do: 'stop' }>): void {
    if (this.#waiting >= mostWaiting)
      return this.#tell({ is: 'said', error: true, text: 'Too much at once: wait a moment.' });
    if (command.do === 'act') return this.#act(command.action);
    if (!this.#isLearners && (command.do === 'check' || command.do === 'reset'))
      return this.#tell({
        is: 'said',
        error: true,
        text: 'This is the finished lab, not yours: stop it and run your own.',
      });
    if (command.do === 'check') return command.all ? this.#check(true) : this.quick();
    if (command.do === 'reset') return this.#reset();
    if (command.do === 'trouble') return this.#toWire(() => this.#session.trouble(command.trouble));
    if (command.do === 'break') return this.#toWire(() => this.#session.breakBus());
    if (command.do === 'fail-over') return this.#toWire(() => this.#session.failOver());
    if (command.do === 'mend') return this.#toWire(() => this.#session.mendBus());
    // Anything else is another version's: it is left alone.
  }

  /** The quick checks; first those of the task whose file was saved. */
  quick(saved: readonly string[] = []): void {
    const { checks, tasks } = this.#graded;
    const isSaved = (file: string): boolean => saved.includes(file);
    const first = new Set(tasks.filter((t) => t.files.some(isSaved)).map((t) => t.n));
    const quick = checks.filter((c) => c.quick);
    this.#check(false, [
      ...quick.filter((c) => first.has(c.task)),
      ...quick.filter((c) => !first.has(c.task)),
    ]);
  }

  /** Hears and does no more; what runs is left to end by itself. */
  stop(): void {
    this.#stopFiles();
    this.#checking.abort();
    this.#acts = [];
  }

  #toWire(work: () => Promise<void>): void {
    this.#checking.abort();
    this.#do(work);
  }

  #act(id: string): void {
    if (!this.#running.lab.actions.some((a) => a.id === id))
      return this.#tell({ is: 'said', error: true, text: `No such action: ${id}` });
    this.#acts.push(() => this.#session.act(id));
    this.#do(() => this.#drain());
  }

  /** Does what users were asked to do meanwhile. */
  async #drain(): Promise<void> {
    for (let act = this.#acts.shift(); act; act = this.#acts.shift()) await act();
  }

  #saved(files: readonly string[]): void {
    const components = learnerApps(this.#graded.lab)
      .filter((app) => files.includes(app.file))
      .map((app) => app.component);
    this.#tell({ is: 'saved', files });
    this.#checking.abort();
    this.#do(async () => {
      // A record restarts nothing: it is read by the checks.
      if (components.length === 0 || (await this.#session.saved(components))) this.quick(files);
    });
  }

  #check(all: boolean, checks = this.#graded.checks): void {
    this.#checking.abort();
    const checking = new AbortController();
    this.#checking = checking;
    const { signal } = checking;
    this.#do(() => this.#session.check(checks, { all, signal, between: () => this.#drain() }));
  }

  #reset(): void {
    const backup = resetSources(this.#graded.lab);
    const kept = backup && relative(root, backup).replaceAll('\\', '/');
    const text = kept
      ? `The starter is back. What you had is in ${kept}`
      : 'It is the starter already.';
    this.#tell({ is: 'said', text });
  }

  #do(work: () => Promise<void>): void {
    this.#waiting += 1;
    this.#queue = this.#queue
      .then(work)
      .catch((error: unknown) => {
        const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
        this.#tell({ is: 'said', error: true, text });
      })
      .finally(() => (this.#waiting -= 1));
  }
}
