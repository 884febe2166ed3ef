import type { ShownMap } from '../../../../labs/kit/map/shown.ts';
import { ask } from './ask.ts';
import { find, make } from './dom.ts';

/** The map of the bus in a lab that runs, drawn anew at each press. */
export class BusMap {
  readonly #root: HTMLElement;
  readonly #figure: HTMLElement;
  readonly #told: HTMLElement;

  /** @param path the lab's, below `/api` */
  constructor(root: HTMLElement, path: string) {
    this.#root = root;
    this.#figure = find(root, '[data-map]');
    this.#told = find(root, '[data-map-told]');
    find(root, '[data-look]').addEventListener('click', () => void this.#look(path));
    find(root, '[data-copy]').addEventListener('click', () => void this.#copy());
  }

  /** What was drawn is another lab's, or of another start. */
  clear(isReady: boolean): void {
    find<HTMLButtonElement>(this.#root, '[data-look]').disabled = !isReady;
    this.#figure.hidden = true;
    this.#told.textContent = '';
  }

  async #look(path: string): Promise<void> {
    try {
      this.#show(await ask<ShownMap>(`${path}/map`));
    } catch (error) {
      this.#told.textContent = (error as Error).message;
    }
  }

  #show({ svg, words, differs, isSame, asyncApi }: ShownMap): void {
    // Drawn by the course server, which escapes every text in it.
    find(this.#root, '[data-drawing]').innerHTML = svg;
    const list = find(this.#root, '[data-differs]');
    list.classList.toggle('same', isSame);
    list.replaceChildren(...items(differs));
    find(this.#root, '[data-words]').replaceChildren(...items(words));
    find(this.#root, '[data-asyncapi]').textContent = asyncApi;
    find(this.#root, '[data-copied]').textContent = '';
    this.#figure.hidden = false;
    // What differs stands below, in words: here that something does.
    const said = isSame ? 'As the flow says' : `Differs from the flow in ${differs.length}`;
    this.#told.textContent = `${said}. Seen until ${new Date().toLocaleTimeString()}.`;
  }

  async #copy(): Promise<void> {
    const code = find(this.#root, '[data-asyncapi]');
    const said = find(this.#root, '[data-copied]');
    try {
      await navigator.clipboard.writeText(code.textContent);
      said.textContent = 'Copied.';
    } catch {
      getSelection()?.selectAllChildren(code);
      said.textContent = 'This browser does not let a page copy. It is selected: copy it yourself.';
    }
  }
}

const items = (sentences: readonly string[]): Node[] =>
  sentences.map((sentence) => make('li', '', sentence));
