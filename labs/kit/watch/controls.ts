import type { Graded } from '../grade/load.ts';
import type { Crash } from '../run/crash.ts';
import { labFolder } from '../run/paths.ts';
import { learnerApps, type RunningLab } from '../run/running-lab.ts';
import { resetSources, serviceFiles } from '../run/sources.ts';
import { join } from 'node:path';
import { watchFiles } from './files.ts';
import { readKeys } from './keys.ts';
import { Session } from './session.ts';
import { solutionPages } from './solution.ts';
import { bold } from './style.ts';
import { crashView, keysView } from './views.ts';

/**
 * Turns keys and saves into what a session does. One thing runs at a time, in the order in which it
 * was asked for; a save stops the checks that run, since they judge what is no longer there.
 */
export class Controls {
  readonly #graded: Graded;
  readonly #say: (text: string) => void;
  #session: Session | undefined;
  #queue: Promise<void> = Promise.resolve();
  #checking = new AbortController();
  #resetAsked = false;
  #page = 0;

  constructor(graded: Graded, say: (text: string) => void) {
    this.#graded = graded;
    this.#say = say;
  }

  /** A service ended by itself, perhaps while the lab was still starting: says where it is wrong. */
  crashed(crash: Crash): void {
    this.#say(crashView(crash));
  }

  /** Runs until q, Ctrl-C or SIGTERM; resolves with the exit code. Without a terminal only saves count. */
  async run(running: RunningLab): Promise<number> {
    const session = new Session(this.#graded, running, this.#say);
    this.#session = session;
    const { lab } = this.#graded;
    const { promise, resolve } = Promise.withResolvers<number>();
    const interrupted = (): void => resolve(130);
    process.on('SIGINT', interrupted).on('SIGTERM', interrupted);
    const stopKeys = readKeys((key) =>
      quits(key) ? resolve(key === 'q' ? 0 : 130) : this.#key(key),
    );
    const folder = join(labFolder(lab.slug), 'src');
    const stopFiles = watchFiles(folder, serviceFiles(lab), {
      onSave: (files) => this.#saved(files),
      onGone: (file) =>
        this.#say(
          `\n${bold(`gone: ${file}`)}. What ran goes on running. Save it again, or press r.`,
        ),
      restarts: (file) =>
        lab.apps.some((a) => a.file === file && running.apps.down().includes(a.component)),
    });
    this.#quick();
    const code = await promise;
    stopKeys();
    stopFiles();
    this.#checking.abort();
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
    return code;
  }

  #key(key: string): void {
    const session = this.#session;
    if (!session) return;
    const wasAsked = this.#resetAsked;
    this.#resetAsked = false;
    if (/^[1-9]$/.test(key)) return this.#do(() => session.act(Number(key) - 1));
    const actions: Record<string, () => void> = {
      h: () => session.hint(),
      l: () => session.list(),
      n: () => session.next(),
      j: () => session.follow(),
      c: () => session.curl(),
      a: () => this.#check(this.#graded.checks),
      b: () => this.#do(() => session.breakOrMend()),
      r: () => this.#reset(wasAsked),
      s: () => this.#solution(session.allPass),
      '?': () => this.#say(keysView()),
    };
    actions[key]?.();
  }

  #saved(files: readonly string[]): void {
    const session = this.#session!;
    const components = learnerApps(this.#graded.lab)
      .filter((app) => files.includes(app.file))
      .map((app) => app.component);
    this.#say(`\n${bold(`saved: ${files.join(', ')}`)}`);
    this.#checking.abort();
    this.#do(async () => {
      if (await session.saved(components)) this.#quick(components);
    });
  }

  /** The quick checks; first those of the task whose file was saved. */
  #quick(components: readonly string[] = []): void {
    const { checks, tasks, lab } = this.#graded;
    const isSaved = (file: string): boolean =>
      lab.apps.some((app) => app.file === file && components.includes(app.component));
    const first = new Set(tasks.filter((t) => isSaved(t.file)).map((t) => t.n));
    const quick = checks.filter((c) => c.quick);
    this.#check([
      ...quick.filter((c) => first.has(c.task)),
      ...quick.filter((c) => !first.has(c.task)),
    ]);
  }

  #check(checks: Graded['checks']): void {
    this.#checking.abort();
    const checking = new AbortController();
    this.#checking = checking;
    this.#do(() => this.#session!.check(checks, checking.signal));
  }

  #reset(sure: boolean): void {
    if (!sure) {
      this.#resetAsked = true;
      return this.#say(
        'Reset src/ to the starter? Press r again. What you have is kept in .runs/.',
      );
    }
    const backup = resetSources(this.#graded.lab);
    this.#say(backup ? 'The starter is back.' : 'It is the starter already.');
  }

  #solution(open: boolean): void {
    if (!open) return this.#say('The solution opens once all checks pass: press a to grade all.');
    const pages = solutionPages(this.#graded.lab);
    const page = pages[this.#page % pages.length]!;
    this.#page += 1;
    this.#say(
      `${bold(page.title)}\n\n${page.text}\n${this.#page} of ${pages.length}; s shows the next.`,
    );
  }

  #do(work: () => Promise<void>): void {
    this.#queue = this.#queue.then(work).catch((error: unknown) => {
      this.#say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    });
  }
}

const quits = (key: string): boolean => key === 'q' || key === 'ctrl-c' || key === 'ctrl-d';
