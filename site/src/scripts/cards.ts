/** Cards: what was known and what not stays on the device, and says so on the card. */
import { load, save } from './store.ts';

const words: Record<string, string> = { knew: '✓ known', 'not-yet': 'not yet' };

for (const list of document.querySelectorAll<HTMLElement>('.recall')) {
  const tally = list.querySelector<HTMLElement>('.tally')!;
  const cards = [...list.querySelectorAll<HTMLElement>('[data-card]')];
  const keyOf = (card: HTMLElement): string => `${list.dataset['chapter']}/${card.dataset['card']}`;

  const show = (): void => {
    const { recalled = {} } = load();
    for (const card of cards) {
      const state = recalled[keyOf(card)] ?? '';
      card.dataset['state'] = state;
      card.querySelector('.state')!.textContent = words[state] ?? '';
    }
    const known = cards.filter(({ dataset }) => dataset['state'] === 'knew').length;
    tally.textContent = `${known} of ${cards.length} known`;
  };

  tally.hidden = false;
  for (const buttons of list.querySelectorAll<HTMLElement>('.buttons')) buttons.hidden = false;
  show();
  list.addEventListener('click', ({ target }) => {
    const button = (target as HTMLElement).closest<HTMLElement>('[data-recall]');
    if (!button) return;
    const card = button.closest<HTMLElement>('[data-card]')!;
    save((memory) => {
      (memory.recalled ??= {})[keyOf(card)] = button.dataset['recall']!;
    });
    card.querySelector('details')!.open = false;
    card.querySelector('summary')!.focus();
    show();
  });
}
