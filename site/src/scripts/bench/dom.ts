/** The first element that matches; the pages that use it always have one. */
// Who asks names the kind of element, as with querySelector itself.
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
export const find = <E extends Element = HTMLElement>(root: ParentNode, selector: string): E =>
  root.querySelector<E>(selector)!;

export const all = (root: ParentNode, selector: string): HTMLElement[] => [
  ...root.querySelectorAll<HTMLElement>(selector),
];

/** Makes an element; texts are texts, never markup: they may hold what a learner's code said. */
export function make(tag: string, className: string, ...children: (Node | string)[]): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...children);
  return element;
}

/** Expected beside observed. */
export function sides(rows: readonly (readonly [name: string, text: string | undefined])[]): Node {
  const list = make('dl', 'sides');
  for (const [name, text] of rows)
    if (text) list.append(make('div', '', make('dt', '', name), make('dd', '', text)));
  return list;
}
