import type { CheckResult } from '../../../../labs/kit/grade/results.ts';
import type { LiveEvent } from '../../../../labs/kit/live/events.ts';
import type { TraceHop } from '../../../../labs/kit/replay/trace.ts';
import type { BusState, BusWords } from '../../lib/bus-words.ts';
import { Checks } from './checks.ts';
import { find, make, sides } from './dom.ts';
import { Lights, type Spot } from './lights.ts';
import { mark } from './mark.ts';
import { Pace } from './pace.ts';
import { Pane } from './pane.ts';

const signs = { waits: '…', late: '✓', lost: '✗' } as const;

/** Shows what happens in a lab: on the diagram, in the journal, in the output, beside the checks. */
export class Stage {
  readonly #root: HTMLElement;
  readonly #status: (text: string) => void;
  readonly #names: Record<string, string>;
  readonly #lights: Lights;
  readonly #journal: Pane;
  readonly #output: Pane;
  readonly #said: HTMLElement;
  readonly #checks = new Checks();
  readonly #pace = new Pace();
  readonly #hops = new Map<string, { hop: TraceHop; line: HTMLElement }[]>();
  readonly #polls = new Map<string, number>();
  readonly #progress: HTMLProgressElement;
  readonly #busButton: HTMLElement;
  readonly #busWords: Record<BusState, BusWords>;

  constructor(root: HTMLElement, status: (text: string) => void) {
    this.#root = root;
    this.#status = status;
    this.#names = JSON.parse(root.dataset['names']!) as Record<string, string>;
    this.#lights = new Lights(find(root, '[data-diagram]'));
    this.#journal = new Pane(find(root, '[data-journal]'));
    this.#output = new Pane(find(root, '[data-output]'));
    this.#said = find(root, '[data-said]');
    this.#progress = find(root, '[data-progress]');
    this.#busButton = find(root, '[data-bus]');
    this.#busWords = JSON.parse(this.#busButton.dataset['bus']!);
  }

  show(event: LiveEvent): void {
    switch (event.is) {
      case 'begin':
        this.#pace.past = true;
        return this.#clear();
      case 'live':
        this.#pace.past = false;
        return;
      case 'lab':
        return this.#lab(event.state);
      case 'run':
        if (event.by !== 'check') this.#run(event);
        return;
      case 'hop':
        return this.#hop(event);
      case 'note':
        return this.#note(event);
      case 'reply':
        return this.#journal.add(
          make(
            'li',
            'reply',
            event.status === undefined ? '' : `reply ${event.status} `,
            event.text,
          ),
        );
      case 'verdict':
        return this.#verdict(event);
      case 'bus':
        return this.#bus(event);
      case 'trouble':
        return this.#trouble(event);
      case 'fate':
        return this.#fate(event);
      case 'output':
        return this.#line(`[${event.component}] ${event.text}`, event.stream);
      case 'crash':
        return this.#crash(event);
      case 'saved':
        this.#checks.clear();
        return this.#line(`saved: ${event.files.join(', ')}`, 'saved');
      case 'gone':
        return this.#line(`gone: ${event.file}. What ran goes on running.`, 'stderr');
      case 'restarted':
        return this.#line(`${event.component} restarted in ${event.ms} ms`, 'saved');
      case 'checking':
        this.#checks.begin();
        this.#progress.max = event.checks.length;
        this.#progress.value = 0;
        this.#progress.hidden = false;
        return this.#status(event.all ? 'Grading …' : 'Checking …');
      case 'result':
        // Not told one by one: a screen reader would read each of them.
        this.#progress.value += 1;
        return this.#result(event.result);
      case 'checked':
        return this.#checked(event);
      case 'said':
        return this.#pace.do(() => this.#tell(event.error ? 'bad' : '', event.text));
    }
  }

  #clear(): void {
    this.#pace.drop();
    this.#journal.clear();
    this.#output.clear();
    this.#checks.clear();
    this.#hops.clear();
    this.#polls.clear();
    this.#lights.clear();
    this.#busIs('up');
    for (const pressed of this.#root.querySelectorAll('[data-trouble]'))
      pressed.setAttribute('aria-pressed', 'false');
    this.#said.replaceChildren();
  }

  #lab(state: string): void {
    if (state === 'starting') this.#clear();
    if (state === 'ended') {
      this.#lights.clear();
      this.#said.replaceChildren();
    }
    this.#progress.hidden = true;
  }

  #run({ run, title, request }: LiveEvent & { is: 'run' }): void {
    this.#hops.set(run, []);
    this.#journal.add(make('li', 'run', make('strong', '', title), ` ${request}`));
    this.#pace.do(() => {
      this.#lights.clear();
      this.#tell('', `${title}: ${request}`);
    });
  }

  #hop({ run = '', by, hop }: LiveEvent & { is: 'hop' }): void {
    const isCheck = by === 'check';
    // Polls go on whatever one does: they are shown only on demand.
    const isAside = isCheck || by === 'background';
    if (by === 'background' && !hop.text.startsWith('reply')) this.#polled(hop.from);
    if (isAside && !find<HTMLInputElement>(this.#root, '[data-all]').checked) return;
    const line = make(
      'li',
      isAside ? 'hop of-check' : 'hop',
      make('time', '', `${hop.at.toFixed(1)} ms`),
      mark(hop.n, this.#lights),
      make('span', 'ends', `${this.#name(hop.from)} → ${this.#name(hop.to)}`),
      make('span', 'what', `${hop.text}${hop.inferred ? ' (inferred)' : ''}`),
    );
    this.#journal.add(line);
    this.#hops.get(run)?.push({ hop, line });
    if (!isAside) this.#pace.do(() => this.#lights.on(hop));
  }

  /** Nobody asked for these: what counts is how many they are. */
  #polled(from: string): void {
    this.#polls.set(from, (this.#polls.get(from) ?? 0) + 1);
    const counts = [...this.#polls]
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([id, n]) => `${this.#name(id)} ${n}`);
    find(this.#root, '[data-polls]').textContent = `Polls since you look: ${counts.join(' · ')}`;
  }

  #note({ by, note }: LiveEvent & { is: 'note' }): void {
    const isAside = by === 'check' || by === 'background';
    if (isAside && !find<HTMLInputElement>(this.#root, '[data-all]').checked) return;
    this.#journal.add(make('li', 'noted', `${this.#name(note.component)}: ${note.text}`));
  }

  #verdict({ run, verdict, why }: LiveEvent & { is: 'verdict' }): void {
    const passed = verdict.verdict === 'passed';
    const at = this.#hops.get(run)?.[verdict.index];
    if (!passed) at?.line.classList.add('bad');
    this.#journal.add(
      make(
        'li',
        passed ? 'verdict good' : 'verdict bad',
        `${passed ? '✓' : '✗'} ${verdict.headline}`,
      ),
    );
    this.#pace.do(() => {
      const spot: Spot | undefined = verdict.missing ?? at?.hop;
      if (!passed && spot) this.#lights.bad(spot);
      this.#tell(
        passed ? 'good' : 'bad',
        `${passed ? '✓' : '✗'} ${verdict.headline}`,
        ...(passed
          ? []
          : [
              sides([
                ['expected', verdict.expected],
                ['observed', verdict.observed],
                ['because', why && `${why}. Expected is how it goes without that.`],
              ]),
            ]),
      );
    });
  }

  #busIs(state: BusState): BusWords {
    this.#lights.down('event-bus', state === 'down');
    const words = this.#busWords[state];
    this.#busButton.dataset['do'] = words.command;
    this.#busButton.textContent = words.button;
    return words;
  }

  #bus({ up, standby }: LiveEvent & { is: 'bus' }): void {
    const { look, line, more } = this.#busIs(!up ? 'down' : standby ? 'standby' : 'up');
    if (this.#pace.past) return;
    this.#journal.add(make('li', `verdict ${look}`, line));
    this.#pace.do(() => this.#tell(look, more));
  }

  #trouble({ id, title, on }: LiveEvent & { is: 'trouble' }): void {
    const button = this.#root.querySelector(`[data-trouble="${CSS.escape(id)}"]`);
    button?.setAttribute('aria-pressed', String(on));
    if (this.#pace.past) return;
    const words = on ? `${title}. Press again to take it back.` : `Over: ${title}.`;
    this.#journal.add(make('li', `verdict ${on ? 'bad' : 'good'}`, words));
    this.#pace.do(() => this.#tell(on ? 'bad' : 'good', words));
  }

  #fate({ fate, text }: LiveEvent & { is: 'fate' }): void {
    const look = { waits: '', late: 'good', lost: 'bad' }[fate];
    const words = `${signs[fate]} ${fate}: ${text}`;
    this.#journal.add(make('li', `verdict ${look}`, words));
    this.#pace.do(() => this.#tell(look, words));
  }

  #crash({ component, error, place }: LiveEvent & { is: 'crash' }): void {
    const words = `${this.#name(component)} stopped: ${error}${place ? ` at ${place}` : ''}`;
    this.#line(words, 'stderr');
    this.#pace.do(() => this.#tell('bad', `✗ ${words}. Save the file to start it again.`));
  }

  #result(result: CheckResult): void {
    const isFirst = this.#checks.show(result);
    const about = result.finding?.about;
    if (!isFirst || this.#pace.past || !about) return;
    this.#pace.do(() => {
      this.#lights.clear();
      this.#lights.bad(about);
    });
  }

  #checked({ summary, stopped, all }: LiveEvent & { is: 'checked' }): void {
    this.#progress.hidden = true;
    // Of the past the results remain; the status line is the lab's as it is now.
    if (this.#pace.past) return;
    this.#status(stopped ? 'Stopped checking: a newer save or command came first.' : summary);
    if (stopped) return;
    const open = document.querySelector('[data-check]:not([data-outcome="pass"])[data-outcome]');
    const more: Node[] = [];
    if (open) {
      const link = make('a', '', 'Show the first that does not pass') as HTMLAnchorElement;
      open.id ||= `check-${open.getAttribute('data-check')}`;
      link.href = `#${open.id}`;
      more.push(link);
    }
    const good = !open;
    const words = `${good ? '✓' : '✗'} ${summary}.${good && !all ? ' Grade runs the others, too.' : ''}`;
    this.#pace.do(() => this.#tell(good ? 'good' : 'bad', words, ...more));
  }

  #line(text: string, kind: string): void {
    this.#output.add(make('li', kind, text));
  }

  #tell(look: string, text: string, ...more: Node[]): void {
    this.#said.className = `said ${look}`;
    this.#said.replaceChildren(make('p', '', text), ...more);
  }

  #name = (id: string): string => this.#names[id] ?? id;
}
