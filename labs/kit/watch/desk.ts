import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Graded } from '../grade/load.ts';
import type { CheckResult } from '../grade/results.ts';
import type { LabInfo } from '../live/events.ts';
import { runsFolder } from '../run/paths.ts';
import { curlLine } from '../run/user.ts';
import { mapView } from './map-view.ts';
import { solutionPages } from './solution.ts';
import { bold, dim, red } from './style.ts';
import { findingView, listView } from './views.ts';

/** What a person looks up without the lab: results, hints, the solution, lines to type. */
export class Desk {
  /** Each check's latest result. */
  readonly results = new Map<string, CheckResult>();
  /** The check that was shown last. */
  shown: string | undefined;
  readonly #graded: Graded;
  readonly #say: (text: string) => void;
  readonly #hinted = new Map<string, number>();
  #page = 0;

  constructor(graded: Graded, say: (text: string) => void) {
    this.#graded = graded;
    this.#say = say;
  }

  /** Whether every check, the slow ones too, passed since the last change. */
  get allPass(): boolean {
    return this.#graded.checks.every((c) => this.results.get(c.id)?.outcome === 'pass');
  }

  /** Forgets what was found: the files have changed. */
  clear(): void {
    this.results.clear();
    this.#hinted.clear();
  }

  /** Shows the next check that does not pass, whole; after the last the first again. */
  next(): void {
    const open = this.#open();
    const index = open.findIndex((r) => r.id === this.shown) + 1;
    const result = open[index % open.length];
    if (!result) return this.#say('No check is open. Press a to grade all.');
    this.shown = result.id;
    this.#say(`${bold(result.id)}: ${result.title}\n${findingView(result)}`);
  }

  /** Shows a hint for the check that was shown last; each time the next of the three. */
  hint(): void {
    const open = this.#open();
    const id = (open.find((r) => r.id === this.shown) ?? open[0])?.id;
    const check = this.#graded.checks.find((c) => c.id === id);
    if (!check) return this.#say('No check is open, so there is nothing to hint at.');
    // The first hint stands in the message already.
    const given = this.#hinted.get(check.id) ?? 1;
    const last = check.hints.length - 1;
    this.#hinted.set(check.id, Math.min(given + 1, last));
    this.#say(
      `${bold(`Hint ${given + 1} of ${last + 1}, ${check.id}:`)} ${check.hints[given] ?? ''}${given === last ? dim(' (the last one)') : ''}`,
    );
  }

  list(): void {
    this.#say(listView(this.#graded, this.results));
  }

  /** The actions as lines for another terminal. */
  curl(info: LabInfo | undefined): void {
    if (!info) return this.#say('The lab is not ready yet.');
    for (const [i, action] of this.#graded.lab.actions.entries()) {
      const { params } = action.example(
        (prefix) => `${prefix}-${randomBytes(4).toString('hex')}`,
        () => undefined,
      );
      const line = curlLine(info.urls[action.id] ?? info.url, action, params, info.token);
      this.#say(`${bold(`${i + 1} ${action.title}`)}\n  ${line}`);
    }
  }

  /** Who tells whom on the bus, as the lab's taps have seen it so far. */
  map(info: LabInfo | undefined): void {
    if (!info) return this.#say('The lab is not ready yet.');
    try {
      const journal = readFileSync(join(runsFolder, info.slug, info.journal), 'utf8');
      const asyncApi = `npm run lab map ${info.slug.slice(0, 2)} -- --asyncapi`;
      this.#say(
        `${bold('Who tells whom on the bus')}\n${mapView(this.#graded, journal).text}\n${dim(`As an AsyncAPI document: ${asyncApi}`)}`,
      );
    } catch (error) {
      this.#say(red((error as Error).message));
    }
  }

  /** The solution and its alternatives, a page at each call, once all checks pass. */
  solution(): void {
    if (!this.allPass)
      return this.#say('The solution opens once all checks pass: press a to grade all.');
    const pages = solutionPages(this.#graded.lab);
    const page = pages[this.#page % pages.length]!;
    this.#page += 1;
    this.#say(
      `${bold(page.title)}\n\n${page.text}\n${this.#page} of ${pages.length}; s shows the next.`,
    );
  }

  #open(): CheckResult[] {
    const all = this.#graded.checks.flatMap((c) => this.results.get(c.id) ?? []);
    return all.filter((r) => r.outcome !== 'pass');
  }
}
