/** A box, or its entry in the list, that is pointed at or focused lights its lines and numbers. */
for (const explore of document.querySelectorAll('.explore')) {
  const light = (element?: Element | null): void => {
    const id = element?.closest<HTMLElement>('[data-component]')?.dataset['component'];
    for (const lit of explore.querySelectorAll('.lit')) lit.classList.remove('lit');
    if (!id) return;
    const parts = `[data-component="${id}"], [data-edge^="${id}--"], [data-edge$="--${id}"]`;
    for (const part of explore.querySelectorAll(parts)) part.classList.add('lit');
  };
  const rest = (): void => light(explore.querySelector('a:focus-visible, :target'));
  for (const type of ['pointerover', 'focusin']) {
    explore.addEventListener(type, ({ target }) => {
      const box = (target as Element).closest('[data-component]');
      if (box) light(box);
      else rest();
    });
  }
  for (const type of ['pointerleave', 'focusout']) explore.addEventListener(type, rest);
  addEventListener('hashchange', rest);
  rest();
}
