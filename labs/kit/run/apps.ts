import { join } from 'node:path';
import { readCrash, type Crash } from './crash.ts';
import type { AppComponent, Lab } from './define.ts';
import { kill, launchNode, type Launched } from './launch.ts';
import { labFolder } from './paths.ts';

/** One app to run: a component's instance and its environment. */
interface Instance {
  app: AppComponent;
  instance: number;
  env: Record<string, string>;
}

export interface AppsOptions {
  lab: Lab;
  /** The file that runs as a learner's service. */
  source: (file: string) => string;
  environment: (component: string, instance: number) => Record<string, string>;
  /** An instance listens now, or (undefined) no longer does. */
  onPort: (app: AppComponent, instance: number, port: number | undefined) => void;
  onLine: (component: string, line: string, stream: 'stdout' | 'stderr') => void;
  onCrash: (crash: Crash) => void;
  /** What the lab provides has ended by itself: nobody's fault but the lab's. */
  onProvidedEnd: (why: string) => void;
  /** Milliseconds that an app may take to listen. */
  startWithin: number;
  /** Components to start with `--inspect`. */
  inspect?: ReadonlySet<string>;
}

/**
 * The Hono apps of a running lab. Each of the learner's has a process of its own; those that the lab
 * provides share one.
 */
export class Apps {
  readonly #options: AppsOptions;
  #own = new Map<string, Launched>();
  #provided: Launched | undefined;
  readonly crashes = new Map<string, Crash>();

  constructor(options: AppsOptions) {
    this.#options = options;
  }

  /** Starts all of them. A learner's app that ends at once is a crash, not an error of ours. */
  async start(): Promise<void> {
    const { apps } = this.#options.lab;
    await Promise.all([
      this.#startProvided(),
      ...apps.filter((a) => a.learner).map((a) => this.startOne(a.component)),
    ]);
  }

  /** Starts a learner's app and waits until it listens; false if it ended instead. */
  async startOne(component: string): Promise<boolean> {
    const app = this.#find(component);
    this.crashes.delete(component);
    const { inspect, source } = this.#options;
    const launched = this.#launch(
      [{ app, instance: 1, env: this.#env(app, 1) }],
      component,
      source(app.file),
      {
        nodeFlags: inspect?.has(component) ? [this.#inspectFlag(component)] : [],
      },
    );
    this.#own.set(component, launched);
    void launched.ended.then(({ code }) => this.#ended(component, launched, code));
    return this.#listening(launched, [{ app, instance: 1, env: {} }]);
  }

  /** Ends a learner's app at once, as a crash would, and waits until it is gone. */
  async kill(component: string): Promise<void> {
    const launched = this.#own.get(component);
    this.#own.delete(component);
    if (launched) await kill(launched);
    this.#options.onPort(this.#find(component), 1, undefined);
  }

  /** Learners' apps that do not run now. */
  down(): string[] {
    return this.#options.lab.apps
      .filter((a) => a.learner && !this.#own.has(a.component))
      .map((a) => a.component);
  }

  async stop(): Promise<void> {
    const all = [...this.#own.values(), ...(this.#provided ? [this.#provided] : [])];
    this.#own.clear();
    this.#provided = undefined;
    await Promise.all(all.map(kill));
  }

  async #startProvided(): Promise<void> {
    const instances = this.#options.lab.apps
      .filter((a) => !a.learner)
      .flatMap((app) =>
        Array.from({ length: app.instances ?? 1 }, (_, i) => ({
          app,
          instance: i + 1,
          env: this.#env(app, i + 1),
        })),
      );
    // A process without apps would never say that it listens.
    if (instances.length === 0) return;
    const folder = join(labFolder(this.#options.lab.slug), 'provided');
    const launched = this.#launch(instances, 'provided', folder);
    this.#provided = launched;
    if (!(await this.#listening(launched, instances)))
      throw new Error(`[lab] a provided part did not start:\n${launched.stderr.join('\n')}`);
    const names = [...new Set(instances.map(({ app }) => app.component))].join(', ');
    void launched.ended.finally(() => {
      if (this.#provided === launched)
        this.#options.onProvidedEnd(`${names} stopped: they are the lab’s own. Start it again.`);
    });
  }

  #launch(
    instances: readonly Instance[],
    name: string,
    path: string,
    extra: { nodeFlags?: string[] } = {},
  ): Launched {
    const list = instances.map(({ app, instance, env }) => ({
      name: `${app.component}#${instance}`,
      file: app.learner ? path : join(path, app.file),
      env,
    }));
    const { onLine } = this.#options;
    return launchNode(join(import.meta.dirname, 'apps-process.ts'), [JSON.stringify(list)], {
      ...extra,
      onLine: (line, stream) => onLine(name, line, stream),
    });
  }

  /** Resolves when every instance has told its port; with false if the process ended first. */
  #listening(launched: Launched, instances: readonly Instance[]): Promise<boolean> {
    const waiting = new Map(instances.map((i) => [`${i.app.component}#${i.instance}`, i]));
    return new Promise((resolve) => {
      // An import that never ends is a crash that does not happen by itself.
      const { startWithin } = this.#options;
      const limit = setTimeout(() => {
        const seconds = Math.round(startWithin / 1000);
        launched.stderr.push(`Error: it did not listen within ${seconds} s. An endless loop?`);
        void kill(launched);
      }, startWithin);
      launched.child.on('message', (message: unknown) => {
        // The learner's code can send messages too: only a port that is waited for counts.
        const { name, port } = (message ?? {}) as { name?: string; port?: unknown };
        const instance = waiting.get(name ?? '');
        if (!instance || typeof port !== 'number') return;
        this.#options.onPort(instance.app, instance.instance, port);
        waiting.delete(name!);
        if (waiting.size > 0) return;
        clearTimeout(limit);
        resolve(true);
      });
      void launched.ended.finally(() => {
        clearTimeout(limit);
        resolve(false);
      });
    });
  }

  #ended(component: string, launched: Launched, code: number | null): void {
    if (this.#own.get(component) !== launched) return;
    this.#own.delete(component);
    this.#options.onPort(this.#find(component), 1, undefined);
    const crash = readCrash(component, launched.stderr, code);
    this.crashes.set(component, crash);
    this.#options.onCrash(crash);
  }

  /** 9229, where debuggers look first, then the ports after it. */
  #inspectFlag(component: string): string {
    const index = [...(this.#options.inspect ?? [])].indexOf(component);
    return `--inspect=127.0.0.1:${9229 + index}`;
  }

  #env(app: AppComponent, instance: number): Record<string, string> {
    return { ...app.env, ...this.#options.environment(app.component, instance) };
  }

  #find(component: string): AppComponent {
    const app = this.#options.lab.apps.find((a) => a.component === component);
    if (!app) throw new Error(`[lab] no such component: got ${component}`);
    return app;
  }
}
