/** Small tasks: an answer is tried, and its journal shows. After three, or a right one, all show. */
import { load, save } from './store.ts';

const most = 3;

for (const form of document.querySelectorAll<HTMLFormElement>('.try')) {
  const key = form.dataset['task']!;
  const answers = [...form.querySelectorAll<HTMLDetailsElement>('[data-answer]')];
  const otherwise = form.querySelector<HTMLElement>('[data-otherwise]');
  const explains = form.querySelector<HTMLDetailsElement>('.explains')!;
  const all = [...answers, explains, ...(otherwise ? [otherwise] : [])];
  const tally = form.querySelector('.tally')!;
  const tried = new Set<string>();

  form.querySelector<HTMLElement>('.buttons')!.hidden = false;
  form.querySelector<HTMLElement>('.outcomes h3')!.hidden = true;
  for (const one of all) one.hidden = true;

  /** The answer that is given; none where an order has gaps. */
  const given = (): { id: string; shown: HTMLElement } | undefined => {
    const places = [...form.querySelectorAll('select')].map(({ value }) => value);
    const radio = form.querySelector<HTMLInputElement>('[name=answer]:checked');
    const id = places.join(' ') || radio?.value;
    if (!id || places.some((value) => !value)) return undefined;
    const shown = answers.find(({ dataset }) => (dataset['order'] ?? dataset['answer']) === id);
    return { id, shown: shown ?? otherwise! };
  };

  const show = (id: string, shown: HTMLElement): void => {
    tried.add(id);
    const right = shown.classList.contains('right');
    for (const one of answers) one.open = one === shown;
    shown.hidden = false;
    const over = right || tried.size >= most;
    if (over) for (const one of all) one.hidden = false;
    if (over) explains.open = true;
    const left = most - tried.size;
    tally.textContent = right
      ? '✓ Right. What it did is below.'
      : `✗ Not quite. What it did is below. ${over ? 'So are the other answers.' : `${left} more ${left === 1 ? 'try' : 'tries'} before the explanation.`}`;
  };

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const answer = given();
    if (!answer) {
      tally.textContent = 'Choose an answer first.';
      return;
    }
    show(answer.id, answer.shown);
    const { answer: id = 'otherwise' } = answer.shown.dataset;
    save((memory) => (memory.answers[key] = id));
  });

  const before = load().answers[key];
  const found = answers.find(({ dataset }) => dataset['answer'] === before);
  if (!found?.classList.contains('right')) continue;
  const radio = form.querySelector<HTMLInputElement>(`[value="${before}"]`);
  if (radio) radio.checked = true;
  const order = found.dataset['order']?.split(' ') ?? [];
  for (const [i, list] of form.querySelectorAll('select').entries()) list.value = order[i] ?? '';
  show(before!, found);
}
