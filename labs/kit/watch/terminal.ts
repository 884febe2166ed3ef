import { fitted } from '../grade/fitted.ts';
import type { Graded } from '../grade/load.ts';
import type { CheckResult } from '../grade/results.ts';
import { measuredLines } from '../grade/text.ts';
import type { LabInfo, LabLink, LiveEvent } from '../live/events.ts';
import { nextOfBus, type BusEvent } from '../live/next-of-bus.ts';
import { busNow } from './bus-view.ts';
import { readKeys } from './keys.ts';
import { Desk } from './desk.ts';
import { eventView } from './event-view.ts';
import { bold, dim, green, red } from './style.ts';
import { componentsView, findingView, keysView, resultView } from './views.ts';

const ending = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A lab in a terminal: keys are what a person asks for, events are what is printed. */
export class Terminal {
  readonly #graded: Graded;
  readonly #link: LabLink;
  readonly #hosts: boolean;
  readonly #say: (text: string) => void;
  readonly #desk: Desk;
  readonly #done = Promise.withResolvers<number>();
  #info: LabInfo | undefined;
  #bus: BusEvent = { is: 'bus', up: true };
  readonly #troubles = new Set<string>();
  /** Whether the trouble that is taken back is followed by none. */
  #isLastTrouble = false;
  #following = false;
  #resetAsked = false;
  /** While what was before is told, it is remembered and not printed. */
  #isPast = false;
  #round: CheckResult[] = [];
  /** Whether the slow checks were asked for too. */
  #isAll = false;
  #stop: () => void = () => undefined;

  /** @param options `hosts`: whether the lab runs in this process and ends with it */
  constructor(
    graded: Graded,
    link: LabLink,
    {
      hosts,
      say = (text) => console.log(fitted(text)),
    }: { hosts: boolean; say?: (text: string) => void },
  ) {
    this.#graded = graded;
    this.#link = link;
    this.#hosts = hosts;
    this.#say = say;
    this.#desk = new Desk(graded, say);
  }

  /** Runs until q, Ctrl-C, SIGTERM, a closed window or the lab's end; resolves with the exit code. */
  async run(): Promise<number> {
    const interrupted = (): void => this.#done.resolve(130);
    for (const signal of ending) process.on(signal, interrupted);
    const stopKeys = readKeys((key) => this.#key(key));
    const stopFollowing = this.#link.follow((event) => this.#event(event));
    this.#stop = () => {
      stopKeys();
      stopFollowing();
      for (const signal of ending) process.off(signal, interrupted);
    };
    void this.#link.ended.then(() => this.#gone());
    const code = await this.#done.promise;
    this.close();
    return code;
  }

  /** Gives the terminal back. */
  close(): void {
    this.#stop();
    this.#stop = () => undefined;
    this.#done.resolve(0);
  }

  /** The lab has ended, or the process that ran it has. */
  #gone(): void {
    if (!this.#hosts)
      this.#say(
        `${bold('The lab has ended')} where it was started. npm run lab ${this.#number} starts it here.`,
      );
    this.#done.resolve(0);
  }

  /** Whether a second bus stands by. */
  get #isPair(): boolean {
    return this.#graded.lab.standby ?? false;
  }

  get #number(): string {
    return this.#graded.lab.slug.slice(0, 2);
  }

  #key(key: string): void {
    const wasAsked = this.#resetAsked;
    this.#resetAsked = false;
    if (key === 'q') return this.#done.resolve(0);
    if (key === 'ctrl-c' || key === 'ctrl-d') return this.#done.resolve(130);
    const action = /^[1-9]$/.test(key) ? this.#graded.lab.actions[Number(key) - 1] : undefined;
    if (action) return this.#link.do({ do: 'act', action: action.id });
    const keys: Record<string, () => void> = {
      h: () => this.#desk.hint(),
      l: () => this.#desk.list(),
      n: () => this.#desk.next(),
      j: () => this.#follow(),
      c: () => this.#desk.curl(this.#info),
      m: () => this.#desk.map(this.#info),
      a: () => this.#link.do({ do: 'check', all: true }),
      b: () => this.#link.do({ do: nextOfBus(this.#bus, this.#isPair) }),
      t: () => this.#trouble(),
      r: () => this.#reset(wasAsked),
      s: () => this.#desk.solution(),
      '?': () => this.#say(keysView(this.#graded.lab)),
    };
    keys[key]?.();
  }

  /** Takes the trouble that is in place back and puts the next one in place; after the last none. */
  #trouble(): void {
    const all = (this.#graded.lab.troubles ?? []).map(({ id }) => id);
    const now = all.findLastIndex((id) => this.#troubles.has(id));
    for (const id of this.#troubles) this.#link.do({ do: 'trouble', trouble: id });
    const next = all[now + 1];
    this.#isLastTrouble = next === undefined;
    if (next !== undefined) this.#link.do({ do: 'trouble', trouble: next });
  }

  #follow(): void {
    this.#following = !this.#following;
    this.#say(this.#following ? 'Following the journal. Press j to stop.' : 'No longer following.');
  }

  #reset(sure: boolean): void {
    if (sure) return this.#link.do({ do: 'reset' });
    this.#resetAsked = true;
    this.#say('Reset src/ to the starter? Press r again. What you have is kept in .runs/.');
  }

  #event(event: LiveEvent): void {
    this.#remember(event);
    if (event.is === 'begin') this.#isPast = true;
    if (event.is === 'live') this.#live();
    if (this.#isPast) return;
    if (event.is === 'lab' && event.state === 'ready') return this.#ready(event.info);
    // Who starts a lab in this process gets it as an error.
    if (event.is === 'lab' && event.state === 'ended' && event.why && !this.#hosts)
      return this.#say(red(event.why));
    if (event.is === 'result') return this.#result(event.result);
    if (event.is === 'checked' && !event.stopped) return this.#checked(event);
    const text = eventView(this.#graded, event, { following: this.#following });
    if (text !== undefined) this.#say(text);
    const isOver = event.is === 'trouble' && !event.on && this.#isLastTrouble;
    const isBusWell = this.#bus.up && !this.#bus.standby;
    if (isOver && isBusWell && this.#troubles.size === 0) this.#say(green('All is well again.'));
  }

  #remember(event: LiveEvent): void {
    if (event.is === 'lab') this.#info = event.state === 'ready' ? event.info : undefined;
    if (event.is === 'bus') this.#bus = event;
    if (event.is === 'trouble') this.#troubles[event.on ? 'add' : 'delete'](event.id);
    if (event.is === 'begin') this.#troubles.clear();
    if (event.is === 'saved') this.#desk.clear();
    if (event.is === 'checking') {
      this.#round = [];
      this.#isAll = event.all;
    }
    if (event.is === 'result') this.#desk.results.set(event.result.id, event.result);
  }

  #live(): void {
    this.#isPast = false;
    if (this.#info) {
      this.#ready(this.#info);
      const bus = busNow(this.#bus, this.#isPair);
      if (bus !== undefined) this.#say(bus);
      if (this.#desk.results.size > 0) this.#desk.list();
    }
  }

  #ready(info: LabInfo): void {
    const { lab } = this.#graded;
    this.#say(
      this.#hosts
        ? dim(`ready in ${info.readyMs} ms, on the broker ${info.broker}`)
        : `${bold(`Lab ${this.#number}: ${info.title}`)} ${dim(`runs already, started from the ${info.startedBy}: you see the same, and q leaves it running`)}`,
    );
    if (info.finished)
      this.#say(bold('It is the finished lab, not yours: no save changes it, no check judges it.'));
    this.#say(componentsView(lab, info));
    this.#say(
      `\nYou edit ${bold(`labs/${lab.slug}/src/`)}; on save the checks run again. The tasks: labs/${lab.slug}/README.md`,
    );
    this.#say(`${keysView(this.#graded.lab)}\n`);
  }

  /** A line for each; what it measured where it did not pass, or where all were asked for. */
  #result(result: CheckResult): void {
    this.#round.push(result);
    const table = this.#isAll || result.outcome !== 'pass' ? measuredLines(result) : [];
    this.#say([resultView(result), ...table].join('\n'));
  }

  /** The first that does not pass is shown whole, last: no table pushes it out of sight. */
  #checked({ summary }: { summary: string }): void {
    const first = this.#round.find((r) => r.outcome !== 'pass');
    if (first) this.#say(`\n${findingView(first)}\n`);
    const slow = this.#graded.checks.filter((c) => !this.#desk.results.has(c.id)).length;
    const more = slow > 0 ? dim(` ${slow} slower ones wait for a, grade all.`) : '';
    this.#say(`${bold(summary)}${more}`);
    this.#desk.shown = first?.id;
    if (first) this.#say(`First open: ${red(first.id)}. Press h for a hint at it, n for the next.`);
    else if (this.#desk.allPass)
      this.#say(
        green('All checks pass. Press s for the solution with its reasons, and other ways.'),
      );
    else this.#say(green('All quick checks pass. Press a to grade all.'));
  }
}
