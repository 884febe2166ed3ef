/** Of a chapter's questions shows those that were answered wrong on this device, with what was said. */
import { load } from './store.ts';

for (const list of document.querySelectorAll<HTMLElement>('.missed')) {
  const { answers } = load();
  const questions = [...list.querySelectorAll<HTMLElement>('[data-question]')];
  let [answered, missed] = [0, 0];
  for (const question of questions) {
    const { question: id, right } = question.dataset;
    const said = answers[`${list.dataset['chapter']}/${id}`];
    if (said !== undefined) answered += 1;
    question.hidden = said === undefined || said === right;
    if (question.hidden) continue;
    missed += 1;
    // An option that was removed since says nothing.
    const given = question.querySelector<HTMLElement>(`[data-option="${CSS.escape(said!)}"]`);
    if (given) given.hidden = false;
  }
  const none = list.querySelector<HTMLElement>('.none')!;
  none.hidden = missed > 0;
  none.textContent =
    answered === 0
      ? 'You have answered none of this chapter’s questions on this device yet.'
      : 'None missed, of those that you have answered on this device.';
}
