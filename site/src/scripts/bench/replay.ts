import type { KeptJournal } from '../../../server/lab/kept-journals.ts';
import type { KeptRun, Played } from '../../../server/lab/replays.ts';
import { ask, session } from './ask.ts';
import { all, find, make, sides } from './dom.ts';
import { Lights } from './lights.ts';
import { mark } from './mark.ts';

const pace = 700;

/** Plays kept journals on the page. Does nothing where they can't be read. */
export function replay(): void {
  const root = document.querySelector<HTMLElement>('[data-replay]');
  if (root) void new Replay(root).open();
}

class Replay {
  readonly #root: HTMLElement;
  readonly #path: string;
  readonly #journals: HTMLSelectElement;
  readonly #runs: HTMLSelectElement;
  readonly #told: HTMLElement;
  #reading = 0;
  readonly #lights: Lights;
  #played: Played | undefined;
  /** How many rows have been stepped through. */
  #at = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#path = `/labs/${root.dataset['replay']}/replays`;
    this.#journals = find(root, '[data-journals]');
    this.#runs = find(root, '[data-runs]');
    this.#told = find(root, '[data-told]');
    this.#lights = new Lights(find(root, '[data-diagram]'));
    this.#journals.addEventListener('change', () => void this.#try(() => this.#journal()));
    this.#runs.addEventListener('change', () => void this.#try(() => this.#run()));
    find(root, '[data-step="back"]').addEventListener('click', () => this.#go(this.#at - 1));
    find(root, '[data-step="on"]').addEventListener('click', () => this.#go(this.#at + 1));
    find(root, '[data-step="play"]').addEventListener('click', () => this.#play());
    // Runs come and go while the page is open: the list is read when somebody looks.
    for (const again of all(root, '[data-again]'))
      again.addEventListener('click', () => void this.open());
  }

  async open(): Promise<void> {
    await this.#try(async () => {
      if ((await session()) !== 'open') return;
      for (const again of all(this.#root, '.bar')) again.hidden = false;
      await this.#list();
    });
  }

  async #list(): Promise<void> {
    const journals = await ask<KeptJournal[]>(this.#path);
    // A journal without runs has nothing to play; the newest that has some is shown first.
    this.#journals.replaceChildren(
      ...journals.map(({ name, startedAt, broker }) =>
        option(name, `${new Date(startedAt).toLocaleString()}, ${broker}`),
      ),
    );
    for (const { name } of journals) {
      this.#journals.value = name;
      await this.#journal();
      if (this.#runs.options.length > 0) break;
    }
    find(this.#root, '.play').hidden = this.#runs.options.length === 0;
  }

  async #journal(): Promise<void> {
    const name = this.#journals.value;
    const runs = await ask<KeptRun[]>(`${this.#path}/${name}`);
    // Somebody has chosen another meanwhile.
    if (name !== this.#journals.value) return;
    this.#runs.replaceChildren(
      ...runs.map(({ run, title, check, verdict }) => {
        const sign = verdict ? (verdict === 'passed' ? '✓ ' : '✗ ') : '';
        return option(
          run,
          `${sign}${title}${check ? `, by the check ${check}` : ', yours'} (${run})`,
        );
      }),
    );
    if (runs.length > 0) await this.#run();
  }

  async #run(): Promise<void> {
    const path = `${this.#path}/${this.#journals.value}/${this.#runs.value}`;
    const played = await ask<Played>(path);
    if (path !== `${this.#path}/${this.#journals.value}/${this.#runs.value}`) return;
    this.#played = played;
    const { rows, sequence } = played;
    find(this.#root, '[data-steps]').replaceChildren(
      ...rows.map((row, i) => {
        const jump = make(
          'button',
          'hop',
          make('time', '', row.time),
          mark(row.n, this.#lights),
          make('span', 'ends', `${row.from} → ${row.to}`),
          make('span', 'what', `${row.mark ? `✗ ${row.mark}: ` : ''}${row.text}`),
        );
        jump.classList.toggle('bad', row.mark !== undefined);
        jump.addEventListener('click', () => this.#go(i + 1));
        return make('li', '', jump);
      }),
    );
    // Drawn by the course server, which escapes every text in it.
    const drawing = find(this.#root, '[data-sequence]');
    drawing.innerHTML = `<div class="for-wide">${sequence.wide}</div><div class="for-narrow">${sequence.narrow}</div>`;
    this.#go(0);
  }

  /** Plays on; stops where the run left its flow. */
  #play(): void {
    const rows = this.#played?.rows ?? [];
    const odd = rows.findIndex((row) => row.mark);
    const end = odd === -1 ? rows.length : odd + 1;
    if (this.#timer !== undefined) return this.#pause();
    if (this.#at >= end) this.#go(0);
    find(this.#root, '[data-step="play"]').textContent = 'Pause';
    this.#timer = setInterval(() => {
      this.#show(this.#at + 1);
      if (this.#at >= end) this.#pause();
    }, pace);
  }

  #pause(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    find(this.#root, '[data-step="play"]').textContent = 'Play';
  }

  #go(to: number): void {
    this.#pause();
    this.#show(to);
  }

  #show(to: number): void {
    // A journal that can't be judged has nothing to step through.
    if (!this.#played) return;
    const { rows, trace } = this.#played;
    this.#at = Math.max(0, Math.min(rows.length, to));
    this.#lights.clear();
    const missing = trace.verdict?.missing;
    for (const [i, row] of rows.slice(0, this.#at).entries()) {
      // The row of a missing hop has no hop of its own: those after it are one further on.
      const gone = missing !== undefined && i >= trace.verdict!.index;
      const hop = row.mark === 'missing' ? missing! : trace.hops[gone ? i - 1 : i]!;
      this.#lights.on(hop, row.mark !== undefined);
    }
    for (const [i, item] of all(this.#root, '[data-steps] button').entries()) {
      item.classList.toggle('past', i < this.#at);
      if (i === this.#at - 1) item.setAttribute('aria-current', 'step');
      else item.removeAttribute('aria-current');
    }
    this.#tell();
  }

  #tell(): void {
    const { rows, trace } = this.#played!;
    const row = rows[this.#at - 1];
    const { verdict } = trace;
    const last = this.#at === rows.length;
    const text = row
      ? `${this.#at} of ${rows.length}${row.n === undefined ? '' : ` · hop ${row.n}`}${row.mark === 'missing' ? ' is missing' : ''}: ${row.from} → ${row.to}, ${row.text}${row.time ? `, at ${row.time}` : ''}.`
      : `${trace.title}: ${rows.length} steps.`;
    const parts: (Node | string)[] = [text];
    if (verdict && (row?.mark || last)) {
      const passed = verdict.verdict === 'passed';
      parts.push(
        make('strong', passed ? 'good' : 'bad', ` ${passed ? '✓' : '✗'} ${verdict.headline}`),
      );
      if (!passed)
        parts.push(
          sides([
            ['expected', verdict.expected],
            ['observed', verdict.observed],
          ]),
        );
    }
    this.#told.replaceChildren(...parts);
  }

  /** Reads something; while it does, what stands there is about to change. */
  async #try(work: () => Promise<void>): Promise<void> {
    this.#reading += 1;
    this.#root.setAttribute('aria-busy', 'true');
    try {
      await work();
    } catch (error) {
      find(this.#root, '.play').hidden = false;
      this.#told.textContent = (error as Error).message;
    } finally {
      this.#reading -= 1;
      if (this.#reading === 0) this.#root.removeAttribute('aria-busy');
    }
  }
}

function option(value: string, text: string): HTMLOptionElement {
  const made = document.createElement('option');
  made.value = value;
  made.textContent = text;
  return made;
}
