/** A challenge: its clock, its answers on the device, and that nothing changes once it is judged. */
import { load, save } from './store.ts';

for (const form of document.querySelectorAll<HTMLFormElement>('.challenge')) {
  const options = [...form.querySelectorAll<HTMLInputElement>('[type=radio]')];
  const sets = [...form.querySelectorAll('fieldset')];
  const clock = form.querySelector<HTMLInputElement>('[name=clock]')!;
  const judged = form.querySelector<HTMLInputElement>('[name=judged]')!;
  const time = form.querySelector('output')!;
  const keyOf = ({ name }: HTMLInputElement): string => `${form.dataset['chapter']}/${name}`;
  const done = `${form.dataset['chapter']}/challenge`;
  let began: number | undefined;

  /** Minutes and seconds since the first answer; nothing before it, or without the clock. */
  const tick = (): void => {
    const seconds = began === undefined ? 0 : Math.floor((Date.now() - began) / 1000);
    const two = String(seconds % 60).padStart(2, '0');
    time.textContent = clock.checked ? `${Math.floor(seconds / 60)}:${two}` : '';
  };
  const close = (): void => {
    judged.disabled = judged.checked;
    for (const set of sets) set.disabled = judged.checked;
  };

  const { answers, clock: shown } = load();
  for (const option of options) option.checked = answers[keyOf(option)] === option.value;
  judged.checked = answers[done] === 'judged';
  clock.checked = clock.defaultChecked = shown !== 'off';
  clock.closest('p')!.hidden = false;
  close();
  tick();

  form.addEventListener('change', ({ target }) => {
    const box = target as HTMLInputElement;
    // The browser says which problem has no answer yet.
    if (box === judged && !form.reportValidity()) {
      judged.checked = false;
      return;
    }
    save((memory) => {
      if (box === clock) memory.clock = clock.checked ? 'on' : 'off';
      else if (box === judged) memory.answers[done] = 'judged';
      else memory.answers[keyOf(box)] = box.value;
    });
    // A new start leaves the clock as it is.
    clock.defaultChecked = clock.checked;
    if (box.type === 'radio') began ??= Date.now();
    if (box === clock || !judged.checked) tick();
    if (box === judged) close();
  });
  form.addEventListener('reset', () => {
    began = undefined;
    // The browser does it too, but only after this.
    judged.checked = false;
    save((memory) => {
      for (const option of options) delete memory.answers[keyOf(option)];
      delete memory.answers[done];
    });
    close();
    tick();
  });
  setInterval(() => {
    if (began !== undefined && !judged.checked) tick();
  }, 1000);
}
