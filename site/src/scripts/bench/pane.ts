const most = 400;

/** A list that grows at its end and follows it, unless somebody has scrolled up to read. */
export class Pane {
  readonly #list: HTMLElement;

  constructor(list: HTMLElement) {
    this.#list = list;
  }

  add(line: HTMLElement): void {
    const list = this.#list;
    const follows = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
    list.append(line);
    if (list.childElementCount > most) list.firstElementChild!.remove();
    if (follows) list.scrollTop = list.scrollHeight;
  }

  clear(): void {
    this.#list.replaceChildren();
  }
}
