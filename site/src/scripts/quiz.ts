/** Keeps a quiz's answers on the device: ticked again on the next visit, gone when they are cleared. */
import { load, save } from './store.ts';

for (const form of document.querySelectorAll<HTMLFormElement>('.quiz form')) {
  const options = [...form.querySelectorAll<HTMLInputElement>('[type=radio]')];
  const keyOf = ({ name }: HTMLInputElement): string => `${form.dataset['chapter']}/${name}`;

  // An answer that is no option any more checks nothing.
  const { answers } = load();
  for (const option of options) option.checked = answers[keyOf(option)] === option.value;

  form.addEventListener('change', ({ target }) => {
    const option = target as HTMLInputElement;
    save((memory) => {
      memory.answers[keyOf(option)] = option.value;
    });
  });
  form.addEventListener('reset', () => {
    save((memory) => {
      for (const option of options) delete memory.answers[keyOf(option)];
    });
  });
}
