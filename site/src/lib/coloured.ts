import { codeToTokens, createCssVariablesTheme } from 'shiki';
import { escape } from '../../../labs/kit/flow/markup.ts';

const theme = createCssVariablesTheme();

/**
 * Code as HTML whose words have classes, named as Shiki’s theme of CSS variables names them: `keyword`,
 * `constant`, `string-expression`. Styles on each word would need a weaker policy than the pages have.
 */
export async function coloured(code: string, lang: 'json'): Promise<string> {
  const { tokens } = await codeToTokens(code, { lang, theme });
  return tokens
    .map((line) =>
      line
        .map(({ content, color }) => {
          const kind = /^var\(--shiki-token-([\w-]+)\)$/.exec(color ?? '')?.[1];
          const isPlain = kind === undefined || kind === 'punctuation';
          return isPlain ? escape(content) : `<span class="${kind}">${escape(content)}</span>`;
        })
        .join(''),
    )
    .join('\n');
}
