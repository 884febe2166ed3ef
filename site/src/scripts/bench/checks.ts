import type { CheckResult, Measurement } from '../../../../labs/kit/grade/results.ts';
import { all, find, make, sides } from './dom.ts';

/** What each outcome says; only `fail` is the learner's. */
const words: Record<string, readonly [sign: string, word: string]> = {
  pass: ['✓', 'Passed.'],
  fail: ['✗', 'Not yet.'],
  error: ['!', 'The check itself failed.'],
  inconclusive: ['?', 'Can’t be told.'],
  infra: ['!', 'The lab could not run it.'],
};

/** The list of checks, each with what it found. */
export class Checks {
  #open = false;

  /** A new round: the first that fails in it is opened, the others stay folded. */
  begin(): void {
    this.#open = false;
  }

  clear(): void {
    for (const item of all(document, '[data-check]')) {
      item.removeAttribute('data-outcome');
      find(item, '[data-sign]').textContent = '';
      find(item, '[data-word]').textContent = '';
      find(item, '[data-finding]').replaceChildren();
    }
  }

  /** Shows a result; true if it is the first of its round that does not pass. */
  show({ id, outcome, finding, reason, again, measured = [] }: CheckResult): boolean {
    const item = document.querySelector<HTMLElement>(`[data-check="${CSS.escape(id)}"]`);
    if (!item) return false;
    const [sign, word] = words[outcome]!;
    item.dataset['outcome'] = outcome;
    find(item, '[data-sign]').textContent = sign;
    find(item, '[data-word]').textContent = measured.length > 0 ? `${word} With figures.` : word;
    const parts: Node[] = [];
    if (finding) parts.push(make('p', 'headline', finding.headline));
    if (outcome !== 'pass')
      parts.push(
        sides([
          ['expected', finding?.expected],
          ['observed', finding?.observed],
          ['where', finding?.divergence],
          ['why', reason],
          ['see it again', again],
        ]),
      );
    parts.push(...measured.map(tableOf));
    find(item, '[data-finding]').replaceChildren(...parts);
    const isFirst = outcome !== 'pass' && !this.#open;
    find<HTMLDetailsElement>(item, 'details').open = isFirst;
    this.#open ||= isFirst;
    return isFirst;
  }
}

/** What a check measured. */
function tableOf({ title, columns, rows }: Measurement): Node {
  const row = (tag: string, cells: readonly (string | number)[]): Node =>
    make(
      'tr',
      '',
      ...cells.map((cell, i) => make(cell === '' ? 'td' : i === 0 ? 'th' : tag, '', String(cell))),
    );
  const head = make('thead', '', row('th', ['', ...columns]));
  const body = make('tbody', '', ...rows.map(({ name, values }) => row('td', [name, ...values])));
  return make('table', 'measured', make('caption', '', title), head, body);
}
