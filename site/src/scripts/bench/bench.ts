import type { LiveEvent } from '../../../../labs/kit/live/events.ts';
import { ask, lost, session } from './ask.ts';
import { all, find } from './dom.ts';
import { busMap } from './map.ts';
import { Stage } from './stage.ts';

/** What the status line says of a lab in each state. */
const told: Record<string, string> = {
  idle: 'The lab does not run. Run starts its services, its bus and its taps on your machine.',
  starting: 'Starting …',
  lost,
  elsewhere: 'Other pages follow the lab now. Reload this one to follow it here.',
};

/** Joins the page to the lab that runs, or that *Run* will start. Does nothing without a server. */
export function bench(): void {
  const root = document.querySelector<HTMLElement>('[data-bench]');
  if (root) void new Bench(root).open();
}

class Bench {
  readonly #root: HTMLElement;
  readonly #lab: string;
  readonly #status: HTMLElement;
  readonly #stage: Stage;
  readonly #map: ((isReady: boolean) => void) | undefined;
  #state = 'files';

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#lab = `/labs/${root.dataset['bench']}`;
    this.#status = find(root, '[data-status]');
    this.#stage = new Stage(root, (text) => (this.#status.textContent = text));
    const map = root.querySelector<HTMLElement>('.map');
    if (map) this.#map = busMap(map, `${this.#lab}/map`);
    for (const button of all(root, '[data-do]'))
      button.addEventListener('click', () => void this.#do(button));
  }

  async open(again = false): Promise<void> {
    const found = await session(again);
    this.#show(found === 'open' ? 'idle' : found);
    if (found === 'open') this.#follow();
    // Somebody opens the printed address in another tab, and comes back.
    if (found === 'locked') addEventListener('focus', () => void this.open(true), { once: true });
  }

  #follow(): void {
    const source = new EventSource(`/api${this.#lab}/events`);
    source.addEventListener('message', ({ data }) =>
      this.#hear(JSON.parse(String(data)) as LiveEvent),
    );
    source.addEventListener('end', ({ data }) => {
      source.close();
      this.#show(data === 'elsewhere' ? 'elsewhere' : 'lost');
    });
    source.addEventListener('error', () => {
      // It asks again by itself, unless it was refused: then the token is another start's.
      this.#show('lost');
      if (source.readyState === EventSource.CLOSED) void this.open(true);
    });
  }

  #hear(event: LiveEvent): void {
    if (event.is === 'lab') this.#labIs(event);
    this.#stage.show(event);
  }

  #labIs(event: LiveEvent & { is: 'lab' }): void {
    if (event.state !== 'ready') {
      this.#show(event.state === 'starting' ? 'starting' : 'idle');
      if (event.state === 'ended' && event.why) this.#status.textContent = event.why;
      return;
    }
    const { startedBy, readyMs, broker, finished } = event.info;
    this.#show('ready');
    const from = startedBy === 'terminal' ? ', started in a terminal: end it there with q' : '';
    const what = finished ? 'The finished lab, not yours. ' : '';
    this.#status.textContent = `${what}Runs on the broker ${broker}, ready in ${readyMs} ms${from}.`;
    this.#enable('stop', startedBy === 'page');
    this.#enable('grade', !finished);
  }

  #show(state: string): void {
    this.#state = state;
    this.#root.dataset['state'] = state;
    const text = told[state];
    if (text) this.#status.textContent = text;
    for (const name of ['run', 'run/finished']) this.#enable(name, state === 'idle');
    for (const name of ['stop', 'grade']) this.#enable(name, state === 'ready');
    for (const acts of all(this.#root, '.acts fieldset'))
      (acts as HTMLFieldSetElement).disabled = state !== 'ready';
    this.#map?.(state === 'ready');
  }

  #enable(name: string, isOn: boolean): void {
    find<HTMLButtonElement>(this.#root, `[data-do="${name}"]`).disabled = !isOn;
  }

  async #do(button: HTMLElement): Promise<void> {
    const what = button.dataset['do']!;
    const runs = what.startsWith('run');
    if (runs) this.#show('starting');
    try {
      await ask(`${this.#lab}/${what}`, 'POST');
    } catch (error) {
      if (runs && this.#state === 'starting') this.#show('idle');
      this.#status.textContent = (error as Error).message;
    }
  }
}
