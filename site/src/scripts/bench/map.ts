import type { MapNow } from '../../../server/lab/map.ts';
import { ask } from './ask.ts';
import { find } from './dom.ts';

/**
 * The map of the bus in a lab that runs, drawn anew at each press.
 * @param root of the map's own part of the page
 * @param path the lab's, below `/api`
 * @returns what makes it ready for a lab, or not: what was drawn is another lab's, or of another start
 */
export function busMap(root: HTMLElement, path: string): (isReady: boolean) => void {
  const button = find<HTMLButtonElement>(root, 'button');
  const status = find(root, 'p');
  const figure = find(root, 'figure');
  const look = async (): Promise<void> => {
    const { html, told } = await ask<MapNow>(path);
    // Made by the course server, which escapes every text in it.
    figure.innerHTML = html;
    status.textContent = told;
  };
  button.addEventListener('click', () => {
    look().catch((error: unknown) => (status.textContent = (error as Error).message));
  });
  figure.addEventListener('click', ({ target }) => {
    const pressed = target as Element;
    if (!pressed.matches('button')) return;
    const said = (words: string) => () => (pressed.nextElementSibling!.textContent = words);
    navigator.clipboard
      .writeText(find(figure, 'code').textContent)
      .then(said('Copied.'), said('This browser lets no page copy.'));
  });
  return (isReady) => {
    button.disabled = !isReady;
    figure.innerHTML = status.textContent = '';
  };
}
