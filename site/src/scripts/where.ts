/** Marks the lessons that were opened on this device, and points to the one that comes next. */
import { load } from './store.ts';

function show(): void {
  const { seen } = load();
  const links = [...document.querySelectorAll<HTMLAnchorElement>('[data-lesson]')];
  const when = (link?: HTMLAnchorElement): number =>
    Number(seen[link?.dataset['lesson'] ?? '']) || 0;
  for (const link of links) link.querySelector<HTMLElement>('.seen')!.hidden = !when(link);

  const last = links.toSorted((a, b) => when(b) - when(a))[0];
  if (!when(last)) return;
  // What comes next, else what was left out.
  const next = links[links.indexOf(last!) + 1] ?? links.find((link) => !when(link));
  const go = document.querySelector<HTMLAnchorElement>('[data-go]')!;
  const where = document.querySelector('[data-where]')!;
  where.textContent = `You were last in ${last!.dataset['name']}.`;
  if (next) {
    go.href = next.href;
    go.textContent = `Go on: ${next.dataset['name']}`;
  } else {
    where.textContent += ' You have opened every lesson listed here.';
  }
}

show();
// Back from a lesson, the browser may show this page as it was.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) show();
});
