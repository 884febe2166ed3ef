/**
 * Steps through the ways that the page lists. What was stepped to, predicted and chosen stands in the
 * page itself, as classes and checked radio buttons; nothing else is kept.
 */
const still = matchMedia('(prefers-reduced-motion: reduce)');

for (const player of document.querySelectorAll<HTMLFormElement>('.player')) {
  const all = <T extends Element = HTMLElement>(
    selector: string,
    within: Element = player,
  ): T[] => [...within.querySelectorAll<T>(selector)];
  const [says, tally] = [all('.says')[0]!, all('.tally')[0]!];
  const guesses = all<HTMLInputElement>('.guess input');
  const sections = all('[data-way]');
  const dots = all<SVGSVGElement>('svg').map((svg) => {
    const dot = document.createElementNS(svg.namespaceURI, 'circle') as SVGCircleElement;
    dot.setAttribute('r', '6');
    svg.append(dot);
    return dot;
  });

  const way = (): HTMLElement => sections.find((section) => !section.hidden)!;
  const rows = (): HTMLElement[] => all('li', way());
  const radio = (row: HTMLElement): HTMLInputElement => all<HTMLInputElement>('input', row)[0]!;
  const at = (): number => rows().findIndex((row) => radio(row).checked);
  const nameOf = (guess: HTMLInputElement): string => guess.parentElement!.textContent.trim();
  const mark = (parts: string, name: string): void => {
    for (const part of all(`svg ${parts}`)) part.classList.add(name);
  };

  function paint(): void {
    for (const name of ['seen', 'lit', 'chosen']) {
      for (const part of all(`svg .${name}`)) part.classList.remove(name);
    }
    const current = rows()[at()];
    for (const row of all('.done', way())) {
      const { edge, n, from, to } = row.dataset;
      mark(`[data-edge="${edge}"]`, 'seen');
      mark(`[data-edge="${edge}"] [data-hop="${n}"]`, 'seen');
      if (row !== current) continue;
      mark(`[data-edge="${edge}"]`, 'lit');
      mark(`[data-edge="${edge}"] [data-hop="${n}"]`, 'lit');
      mark(`:is([data-component="${from}"], [data-component="${to}"])`, 'lit');
    }
    const guess = guesses.find(({ checked }) => checked);
    if (guess) mark(`[data-component="${guess.value}"]`, 'chosen');
    const [made, right] = [all('.said', way()).length, all('.said.right', way()).length];
    tally.textContent = made ? `${right} of ${made} predictions right` : '';
    const last = at() === rows().length - 1;
    all('[type=submit]')[0]!.ariaDisabled = String(last);
    all('[data-go=back]')[0]!.ariaDisabled = String(!current);
  }

  /** Goes to a row, `-1` for before the first, and tells what happens there. */
  function go(to: number, told = ''): void {
    rows().forEach((row, i) => {
      radio(row).checked = i === to;
      if (i <= to) row.classList.add('done');
    });
    for (const guess of guesses) guess.checked = false;
    paint();
    const row = rows()[to];
    if (!row) {
      says.textContent = 'Where does the first message go? Choose a box, then step.';
      return;
    }
    // The nodes and not their text: an arrow is read as “to”.
    const parts = all('label > :is(.ends, .does)', row).map((part) => part.cloneNode(true));
    says.replaceChildren(row.dataset['name']!);
    parts.forEach((part, i) => says.append([': ', ', '][i] ?? '. ', part));
    says.append(`. ${told}`);
    if (to === rows().length - 1) {
      says.append(` That was the last hop. ${tally.textContent && `${tally.textContent}.`}`);
    }
    run(row);
  }

  /** Sends a dot along the row's line. */
  function run({ dataset: { edge, from } }: HTMLElement): void {
    if (still.matches) return;
    for (const dot of dots) {
      const line = dot.parentElement!.querySelector(`[data-edge="${edge}"] path`)!;
      // The arrow heads follow in the same path.
      const path = `path("M${line.getAttribute('d')!.split('M')[1]}")`;
      dot.animate(
        { offsetPath: [path, path], offsetDistance: ['0%', '100%'], opacity: [1, 1] },
        {
          duration: 600,
          easing: 'ease-in-out',
          direction: edge!.startsWith(`${from}--`) ? 'normal' : 'reverse',
        },
      );
    }
  }

  function step(): void {
    const row = rows()[at() + 1];
    if (!row) return;
    const guess = guesses.find(({ checked }) => checked);
    let told = '';
    if (guess) {
      const { to, may } = row.dataset;
      const exact = guess.value === to;
      const right = may!.split(' ').includes(guess.value);
      const chose = `You chose ${nameOf(guess)}`;
      told = `${chose}: ${exact ? 'right' : right ? 'right too, either may come first' : 'not this time'}.`;
      // What was seen before is no prediction.
      if (!row.matches('.done')) {
        const said = document.createElement('span');
        said.className = `does said ${right ? 'right' : ''}`;
        said.textContent = `${right ? '✓' : '✗'} ${chose}`;
        row.append(said);
      }
    }
    go(at() + 1, told);
  }

  function choose(): void {
    const { value } = all<HTMLSelectElement>('select')[0]!;
    for (const section of sections) section.hidden = section.dataset['way'] !== value;
    go(at());
  }

  player.addEventListener('submit', (event) => {
    event.preventDefault();
    step();
  });
  player.addEventListener('change', ({ target }) => {
    const { name } = target as HTMLInputElement;
    if (name === 'way') choose();
    else if (name === 'guess') paint();
    else go(at());
  });
  player.addEventListener('click', ({ target }) => {
    const { component, go: where } =
      (target as Element).closest<HTMLElement>('svg [data-component], [data-go]')?.dataset ?? {};
    const guess = guesses.find(({ value }) => value === component);
    if (guess) {
      guess.checked = true;
      paint();
    }
    if (where === 'back' && at() >= 0) go(at() - 1);
    if (where !== 'start') return;
    for (const said of all('.said', way())) said.remove();
    for (const row of rows()) row.classList.remove('done');
    go(-1);
  });

  player.classList.add('on');
  for (const part of all('[hidden]')) part.hidden = false;
  choose();
}
