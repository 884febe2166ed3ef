import { escape } from '../flow/markup.ts';
import type { ShownMap } from './shown.ts';

/**
 * A map as the content of a page's figure: the drawing, then what differs from the flows, the same in
 * words and the AsyncAPI document. Texts are escaped.
 * @param code the document as HTML, if it has colours
 * @param copy whether a script of the page copies the document: then it has a button for that
 */
export function mapHtml(
  { svg, words, differs, isSame, asyncApi }: ShownMap,
  { code = escape(asyncApi), copy = false }: { code?: string; copy?: boolean } = {},
): string {
  const list = (sentences: readonly string[], more = ''): string =>
    `<ul${more}>${sentences.map((sentence) => `<li>${escape(sentence)}</li>`).join('')}</ul>`;
  const fold = (title: string, content: string): string =>
    `<details class="fold"><summary>${title}</summary>${content}</details>`;
  const button =
    '<p class="bar"><button type="button">Copy</button> <span role="status"></span></p>';
  const text = `<pre tabindex="0" role="region" aria-label="AsyncAPI document"><code>${code}</code></pre>`;
  return [
    `<div>${svg}</div><div>`,
    list(differs, ` class="differs${isSame ? ' same' : ''}"`),
    fold('The same in words', list(words)),
    fold('As an AsyncAPI document', `${copy ? button : ''}${text}`),
    `</div>`,
  ].join('');
}
