import type { Check } from '../grade/check.ts';
import { judgeRun } from '../grade/expect.ts';
import type { Graded } from '../grade/load.ts';
import type { CheckResult } from '../grade/results.ts';
import { runCheck } from '../grade/run-check.ts';
import { score, summary } from '../grade/text.ts';
import type { Flow } from '../flow/types.ts';
import { capital } from '../flow/words.ts';
import { missingHop, traceHop, traceNote } from '../replay/hop.ts';
import { learnerApps, type Action, type ActionParams } from '../run/define.ts';
import type { RunningLab } from '../run/running-lab.ts';
import type { HopLine, Line, MarkLine, NoteLine } from '../wire/journal.ts';
import type { Run } from '../wire/runs.ts';
import { BusBreak } from './bus-break.ts';
import type { By, LiveEvent } from './events.ts';
import { Troubles } from './troubles.ts';
import { hopsLeft, Waiting } from './waiting.ts';

/** What a person does with a running lab, one thing after the other; all that happens is told. */
export class Session {
  readonly #graded: Graded;
  readonly #running: RunningLab;
  readonly #tell: (event: LiveEvent) => void;
  readonly #last = new Map<string, ActionParams>();
  readonly #waiting: Waiting;
  readonly #break: BusBreak;
  readonly #troubles: Troubles;
  /** What is known of each run, by key: hops may come long after its end. */
  readonly #runs = new Map<string, { by: By; startAt: number; flow: Flow | undefined }>();
  #now: By = 'hand';

  constructor(graded: Graded, running: RunningLab, tell: (event: LiveEvent) => void) {
    this.#graded = graded;
    this.#running = running;
    this.#tell = tell;
    this.#waiting = new Waiting(running, tell);
    this.#break = new BusBreak(running, this.#waiting, tell);
    this.#troubles = new Troubles(running, tell);
    running.journal.follow((line) => this.#journal(line));
  }

  /** Restarts the services whose files were saved; false if one of them ended at once. */
  async saved(components: readonly string[]): Promise<boolean> {
    let well = true;
    for (const component of [...components, ...this.#emptiedToo(components)]) {
      const began = performance.now();
      const started = await this.#running.restart(component, { forget: true });
      well &&= started;
      if (started)
        this.#tell({ is: 'restarted', component, ms: Math.round(performance.now() - began) });
    }
    return well;
  }

  /** Whose database is emptied when others are saved: what they remember of it is wrong then. */
  #emptiedToo(saved: readonly string[]): string[] {
    const { databases } = this.#running.lab;
    const owners = new Set(
      Object.values(databases).flatMap(({ owner, anew }) => (anew ? [owner] : [])),
    );
    return learnerApps(this.#running.lab)
      .map(({ component }) => component)
      .filter((component) => owners.has(component) && !saved.includes(component));
  }

  /**
   * Runs checks and tells what each found.
   * @param between called before each check: what a person asked for meanwhile
   */
  async check(
    checks: readonly Check[],
    { all, signal, between }: { all: boolean; signal: AbortSignal; between: () => Promise<void> },
  ): Promise<void> {
    const { why } = this.#break;
    if (why !== undefined)
      return this.#tell({ is: 'said', text: `${capital(why)}. Mend the bus first, then grade.` });
    const at = this.#running.journal.now();
    this.#troubles.end();
    await this.#waiting.over({ at, what: 'all was well again', more: false });
    this.#tell({ is: 'checking', checks: checks.map((c) => c.id), all });
    const results: CheckResult[] = [];
    for (const check of checks) {
      await between();
      if (signal.aborted) break;
      this.#now = 'check';
      const result = await runCheck(this.#running, check);
      this.#now = 'hand';
      if (signal.aborted) break;
      results.push(result);
      this.#tell({ is: 'result', result });
    }
    await between();
    const stopped = results.length < checks.length;
    const [points, of] = score(results, checks);
    this.#tell({ is: 'checked', all, stopped, summary: summary({ checks: results, points, of }) });
  }

  /** Does what a user does: tells the reply, every hop, and whether the run followed its flow. */
  async act(id: string): Promise<void> {
    const action = this.#running.action(id);
    const flow = this.#flowNow(action);
    const { params, value } = action.example(
      (prefix) => this.#running.random(prefix),
      (other) => this.#last.get(other),
    );
    this.#last.set(id, params);
    this.#now = 'user';
    const acting = this.#running.act(id, params, { ...(value && { value }) });
    // The run has begun, and what belongs to it is known by its key from now on.
    this.#now = 'hand';
    const { reply, noReply, run } = await acting;
    this.#tell(
      reply
        ? { is: 'reply', run: run.key, status: reply.status, text: JSON.stringify(reply.body) }
        : { is: 'reply', run: run.key, text: `no reply: ${noReply?.message}` },
    );
    if (this.#break.down && this.#break.placed(run, flow)) return;
    await this.#verdict(run, flow);
  }

  breakBus(): Promise<void> {
    return this.#break.break();
  }

  failOver(): Promise<void> {
    return this.#break.failOver();
  }

  mendBus(): Promise<void> {
    return this.#break.mend(this.#troubles.titles.length > 0);
  }

  /** Puts a trouble in place, or takes it back and tells what became of those that waited for it. */
  async trouble(id: string): Promise<void> {
    const at = this.#running.journal.now();
    const title = this.#troubles.toggle(id);
    if (title === undefined) return;
    const more = this.#break.why !== undefined || this.#troubles.titles.length > 0;
    await this.#waiting.over({ at, what: `“${title}” was over`, more });
  }

  async #verdict(run: Run, flow: Flow): Promise<void> {
    const { verdict, finding } = await judgeRun({ lab: this.#running, run }, flow);
    const { headline, expected, observed } = finding;
    const { verdict: word, index, divergence, about } = verdict;
    const why = this.#troubles.titles.join(', ');
    const absent = divergence === 'missing' ? about : undefined;
    if (why && absent && hopsLeft(run, flow).length > 0)
      return this.#waiting.add(run, flow, { hop: absent, why });
    if (absent && this.#break.placed(run, flow)) return;
    const missing = absent && missingHop(this.#graded.lab.architecture, absent);
    this.#tell({
      is: 'verdict',
      run: run.key,
      verdict: { verdict: word, index, headline, expected, observed, ...(missing && { missing }) },
      ...(why && word !== 'passed' && { why }),
    });
    this.#running.witness.runs.end(run);
  }

  #journal(line: Line): void {
    if (line.type === 'mark' && line.what === 'run') this.#begin(line);
    if (line.type === 'hop') this.#hop(line);
    if (line.type === 'note') this.#note(line);
  }

  #note(line: NoteLine): void {
    const { feeds = [] } = this.#running.lab;
    // A trouble on an edge that is polled bites at each poll.
    const isPoll = line.what === 'fault' && feeds.some(({ client }) => client === line.component);
    const by = isPoll && this.#now === 'hand' ? 'background' : this.#now;
    this.#tell({ is: 'note', by, note: traceNote(line, 0) });
  }

  #begin({ run: key, action: id, id: about, at }: MarkLine): void {
    const action = this.#running.lab.actions.find((a) => a.id === id);
    const flow = action && this.#flowNow(action);
    const run = String(key);
    this.#runs.set(run, { by: this.#now, startAt: at, flow });
    const { method, path } = action?.request({ id: String(about) }) ?? {
      method: 'PUBLISH',
      path: String(about),
    };
    this.#tell({
      is: 'run',
      run,
      by: this.#now,
      title: action?.title ?? 'Deliver an event',
      flow: flow?.id ?? '',
      request: `${method} ${path}`,
    });
  }

  #hop(line: HopLine): void {
    const run = this.#runs.get(line.run ?? '');
    const { architecture } = this.#graded.lab;
    const hop = traceHop(architecture, run?.flow, line, run?.startAt ?? 0);
    const by = run?.by ?? (this.#isPolled(line) ? 'background' : this.#now);
    this.#tell({ is: 'hop', ...(line.run && { run: line.run }), by, hop });
  }

  #isPolled({ from, to }: HopLine): boolean {
    const { feeds = [] } = this.#running.lab;
    return feeds.some(
      ({ client, server }) => [client, server].includes(from) && [client, server].includes(to),
    );
  }

  #flowNow({ flow, flowNow }: Action): Flow {
    const id = flowNow?.(this.#running.listening()) ?? flow;
    const found = this.#graded.flows.find((f) => f.id === id);
    if (!found) throw new Error(`[lab] no such flow: got ${id}`);
    return found;
  }
}
