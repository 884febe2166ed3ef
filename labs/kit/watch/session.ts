import { findingIn } from '../grade/finding.ts';
import type { Check } from '../grade/check.ts';
import { gravest, type CheckResult } from '../grade/results.ts';
import { expect } from '../grade/expect.ts';
import type { Graded } from '../grade/load.ts';
import { runCheck } from '../grade/run-check.ts';
import { summary, score } from '../grade/text.ts';
import type { Flow } from '../flow/types.ts';
import type { ActionParams } from '../run/define.ts';
import type { RunningLab } from '../run/running-lab.ts';
import { curlLine } from '../run/user.ts';
import type { Line } from '../wire/journal.ts';
import type { Run } from '../wire/runs.ts';
import { BusBreak } from './bus-break.ts';
import { bold, dim, green, red, yellow } from './style.ts';
import { findingView, hopView, listView, noteView, resultView } from './views.ts';

/** What a person does with a running lab, one thing after the other; everything it says goes to `say`. */
export class Session {
  readonly #graded: Graded;
  readonly #running: RunningLab;
  readonly #say: (text: string) => void;
  readonly #results = new Map<string, CheckResult>();
  readonly #last = new Map<string, ActionParams>();
  readonly #watched = new Set<string>();
  readonly #hinted = new Map<string, number>();
  readonly #break: BusBreak;
  #following = false;
  readonly #flows = new Map<string, Flow>();
  #shown: string | undefined;

  constructor(graded: Graded, running: RunningLab, say: (text: string) => void) {
    this.#graded = graded;
    this.#running = running;
    this.#say = say;
    this.#break = new BusBreak(running, say);
    running.journal.follow((line) => this.#journal(line));
  }

  /** Whether every check, the slow ones too, passed since the last change. */
  get allPass(): boolean {
    return this.#graded.checks.every((c) => this.#results.get(c.id)?.outcome === 'pass');
  }

  /** Restarts the services whose files were saved; says where one that does not start is wrong. */
  async saved(components: readonly string[]): Promise<boolean> {
    this.#results.clear();
    this.#hinted.clear();
    let well = true;
    for (const component of components) {
      const began = performance.now();
      const started = await this.#running.restart(component, { forget: true });
      well &&= started;
      if (started)
        this.#say(dim(`${component} restarted in ${Math.round(performance.now() - began)} ms`));
    }
    return well;
  }

  /** Runs checks and says what they found: a line each, then the first that failed, whole. */
  async check(checks: readonly Check[], signal: AbortSignal): Promise<void> {
    if (this.#break.down) return this.#say('The bus is down. Press b to mend it, then a to grade.');
    const results: CheckResult[] = [];
    for (const check of checks) {
      if (signal.aborted) return;
      const result = await runCheck(this.#running, check);
      if (signal.aborted) return;
      results.push(result);
      this.#results.set(check.id, result);
      this.#say(resultView(result));
      // The first failure at once and whole; the others in a line each.
      const isFirst = results.findIndex((r) => r.outcome !== 'pass') === results.length - 1;
      if (isFirst) this.#say(findingView(result));
    }
    const [points, of] = score(results, checks);
    const { seed, factor, broker, journal, lab } = this.#running;
    const said = summary({
      format: 1,
      lab: lab.slug,
      seed,
      factor,
      broker: broker.name,
      journal: journal.file,
      outcome: gravest(results),
      points,
      of,
      checks: results,
    });
    this.#say(bold(said));
    const first = results.find((r) => r.outcome !== 'pass');
    this.#shown = first?.id;
    if (first) this.#say(`First open: ${red(first.id)}. Press h for a hint at it, n for the next.`);
    else if (this.allPass)
      this.#say(
        green('All checks pass. Press s for the solution with its reasons, and other ways.'),
      );
    else this.#say(green('All quick checks pass. Press a to grade all.'));
  }

  /** Shows the next check that does not pass, whole; after the last the first again. */
  next(): void {
    const open = this.#open();
    const index = open.findIndex((r) => r.id === this.#shown) + 1;
    const result = open[index % open.length];
    if (!result) return this.#say('No check is open. Press a to grade all.');
    this.#shown = result.id;
    this.#say(`${bold(result.id)}: ${result.title}\n${findingView(result)}`);
  }

  /** Shows a hint for the check that was shown last; each time the next of the three. */
  hint(): void {
    const open = this.#open();
    const id = (open.find((r) => r.id === this.#shown) ?? open[0])?.id;
    const check = this.#graded.checks.find((c) => c.id === id);
    if (!check) return this.#say('No check is open, so there is nothing to hint at.');
    // The first hint stands in the message already.
    const given = this.#hinted.get(check.id) ?? 1;
    this.#hinted.set(check.id, Math.min(given + 1, 2));
    this.#say(`${bold(`Hint ${given + 1} of 3, ${check.id}:`)} ${check.hints[given] ?? ''}`);
  }

  list(): void {
    this.#say(listView(this.#graded, this.#results));
  }

  /** Turns following on or off: then every hop is shown as it crosses. */
  follow(): void {
    this.#following = !this.#following;
    this.#say(this.#following ? 'Following the journal. Press j to stop.' : 'No longer following.');
  }

  /** The actions as lines for another terminal. */
  curl(): void {
    const { lab, url } = this.#running;
    for (const [i, action] of lab.actions.entries()) {
      const { params } = this.#example(action.id);
      this.#say(
        `${bold(`${i + 1} ${action.title}`)}\n  ${curlLine(url, action, params, lab.token)}`,
      );
    }
  }

  /** Does what a user does: shows the reply, every hop, and whether it followed its flow. */
  async act(index: number): Promise<void> {
    const action = this.#running.lab.actions[index];
    const flow = this.#graded.lab.architecture.flows.find((f) => f.id === action?.flow);
    if (!action || !flow) return;
    const { params, value } = this.#example(action.id);
    this.#last.set(action.id, params);
    this.#say(bold(`${index + 1} ${action.title}: ${action.request(params).path}`));
    const acted = await this.#running.act(action.id, params, {
      ...(value && { value }),
      onRun: (run) => this.#watched.add(run.key),
    });
    const { reply, noReply } = acted;
    this.#say(
      reply
        ? `${bold(`reply ${reply.status}`)} ${JSON.stringify(reply.body)}`
        : red(`no reply: ${noReply?.message}`),
    );
    if (this.#break.down) return this.#break.placed(acted.run, flow);
    await this.#verdict(acted.run, flow);
  }

  async breakOrMend(): Promise<void> {
    if (this.#break.down) await this.#break.mend();
    else await this.#break.break();
  }

  async #verdict(run: Run, flow: Graded['flows'][number]): Promise<void> {
    try {
      await expect({ lab: this.#running, run }).toFollow(flow);
      this.#say(green(`✓ ${flow.title}: complete, in order and in time`));
    } catch (error) {
      const finding = findingIn(error);
      if (!finding) throw error;
      this.#say(yellow(`✗ ${finding.headline}`));
      this.#say(`  expected   ${finding.expected}\n  observed   ${finding.observed}`);
    }
    this.#running.witness.runs.end(run);
  }

  #example(action: string): { params: ActionParams; value?: string } {
    const { example } = this.#running.action(action);
    return example(
      (prefix) => this.#running.random(prefix),
      (id) => this.#last.get(id),
    );
  }

  #open(): CheckResult[] {
    const all = this.#graded.checks.flatMap((c) => this.#results.get(c.id) ?? []);
    return all.filter((r) => r.outcome !== 'pass');
  }

  #journal(line: Line): void {
    if (line.type === 'mark' && line.what === 'run') this.#flowOf(line);
    if (line.type === 'hop' && (this.#following || this.#watched.has(line.run ?? '')))
      this.#say(hopView(this.#running, this.#flows.get(line.run ?? ''), line));
    if (line.type === 'note' && this.#following) this.#say(noteView(this.#running, line));
  }

  /** Which flow a run follows: the same hop has a number in one and none in another. */
  #flowOf({ run, action }: Extract<Line, { type: 'mark' }>): void {
    const id = this.#running.lab.actions.find((a) => a.id === action)?.flow;
    const flow = this.#graded.flows.find((f) => f.id === id);
    if (flow && typeof run === 'string') this.#flows.set(run, flow);
  }
}
