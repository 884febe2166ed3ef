import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { idsOf, partsOf, wordsIn } from './mdx.ts';
import {
  hasHead,
  isMeasured,
  isWorthIt,
  linksLead,
  termsExist,
  wordProblems,
  type Text,
} from './rules.ts';
import { checkTexts, lacking } from './texts.ts';

const glossary = {
  topic: { term: 'topic', means: 'The name under which events are published.', not: ['channel'] },
};
const text = (source: string, mode: Text['mode'] = 'why'): Text => ({
  file: 'why.mdx',
  chapter: '07-post',
  mode,
  source,
  parts: partsOf(source),
  shown: '',
});
const long = 'word '.repeat(160);

describe('the texts', () => {
  it('have no problem', () => assert.deepEqual(checkTexts(), []));
});

describe('partsOf', () => {
  it('tells prose from attributes, expressions, code and front matter', () => {
    const { prose, said, tags, headings, links } = partsOf(`---
title: A title
---

import X from './x.astro';

export const rows = [['a text of rows', 1]];

## Events are _late_

Some <b>bold</b> prose, [a link](/07-post/why/#late) and \`some code\`.

<Predict ask="Who waits 3 s?" when={a > b ? 'now or later' : "don't know"}>
  An answer.
</Predict>

\`\`\`sh
not prose
\`\`\`
`);
    assert.equal(
      prose.replaceAll(/\s+/g, ' ').trim(),
      '## Events are _late_ Some bold prose, [a link] and . An answer.',
    );
    for (const part of ['Who waits 3 s?', 'now or later', 'a text of rows'])
      assert.match(said, new RegExp(part.replace('?', '\\?')));
    assert.deepEqual(
      tags.map(({ name }) => name),
      ['b', 'Predict'],
    );
    assert.deepEqual(headings, ['Events are _late_']);
    assert.deepEqual(links, ['/07-post/why/#late']);
    assert.equal(wordsIn(prose), 11);
  });
});

describe('the head of a lesson', () => {
  const head = 'title: Post\ndescription: How letters travel.\nminutes: 6\n';
  const found = (yaml: string): string[] => hasHead(text(`---\n${yaml}---\n\nA text.\n`));

  it('has a title, a description and minutes, and may end its lines as Windows does', () => {
    assert.deepEqual(found(head), []);
    assert.deepEqual(hasHead(text(`---\n${head}---`.replaceAll('\n', '\r\n'))), []);
  });

  for (const [name, yaml, message] of [
    [
      'that is no YAML',
      head.replace('Post', 'Post: or'),
      /^\[why\.mdx:2\] syntax: got .*, expected YAML/,
    ],
    [
      'without a title',
      head.replace(/title.*\n/, ''),
      /^\[why\.mdx:2\] title: got nothing, expected the/,
    ],
    [
      'with an empty description',
      head.replace('How letters travel.', "''"),
      /^\[why\.mdx:3\] description: got "", expected one sentence/,
    ],
    [
      'with half a minute',
      head.replace('6', '0.5'),
      /^\[why\.mdx:4\] minutes: got 0\.5, expected how long/,
    ],
    [
      'with more than that',
      `${head}by: me\n`,
      /^\[why\.mdx:5\] by: got "me", expected no such field/,
    ],
    [
      'that is empty',
      '',
      /^\[why\.mdx:1\] the file: got null, expected title, description and minutes/,
    ],
  ] as const)
    it(`${name} is told, with its line`, () => {
      const problems = found(yaml);
      assert.equal(problems.length, 1);
      assert.match(problems[0]!, message);
    });

  it('that is not there is told', () =>
    assert.match(hasHead(text('## A text'))[0]!, /^\[why\.mdx:1\] the file: got null, expected/));
});

describe('a page', () => {
  it('of few words, or with nothing to do, is told', () => {
    const problems = isWorthIt(text('## A heading\n\nToo short.'));
    assert.match(problems[0]!, /^\[why\.mdx\] words: got 4, expected 150 or more\. Try: /);
    assert.match(problems[1]!, /things to do: got none/);
    assert.deepEqual(isWorthIt(text(`<Predict ask="Why?">So.</Predict>\n\n${long}`)), []);
  });

  it('that asks for something late only, is told', () => {
    const [problem] = isWorthIt(text(`${long}${long}<Quiz chapter="07-post" />`));
    assert.match(problem!, /words before the first thing to do: got 320, expected 250 at most/);
  });

  it('that says what a chapter teaches ends with a sentence to complete', () => {
    const [problem] = isWorthIt(text(`<Predict ask="Why?">So.</Predict>\n\n${long}`, 'learn'));
    assert.match(problem!, /its end: got no <Finish>/);
  });
});

describe('a figure', () => {
  it('that stands in a text is told, with its unit; counts and names are none', () => {
    const problems = isMeasured(
      text('It took 12 ms, or 1,200 bytes. Chapter 3 has two, lab 04 five.'),
    );
    assert.equal(problems.length, 2);
    assert.match(problems[0]!, /a figure: got 12 ms, expected one from recorded\.json/);
  });

  it('that the lab sets may stand in <Given>, and then in a question of the same page', () => {
    const source = '<Predict ask="Who waits 400 ms?">Slow by <Given>400 ms</Given>.</Predict>';
    assert.deepEqual(isMeasured(text(source)), []);
    assert.equal(isMeasured(text(source.replace('Given>400', 'Given>300'))).length, 1);
  });

  it('from a recording is none of the text', () => {
    assert.deepEqual(isMeasured(text('It took <Figure lab="07-post" of="a.b" />.')), []);
  });
});

describe('words', () => {
  it('that the glossary has another word for are told', () => {
    assert.match(
      wordProblems(glossary, 'a.yaml', 'Two channels.')[0]!,
      /^\[a\.yaml\] a word: got channel, expected topic, as in /,
    );
    assert.deepEqual(wordProblems(glossary, 'a.yaml', 'Two topics, channelled.'), []);
  });

  it('of <Term> are in it', () => {
    assert.deepEqual(termsExist(glossary)(text('A <Term id="topic" />.')), []);
    assert.match(termsExist(glossary)(text('A <Term id="post" />.'))[0]!, /a term: got post/);
  });
});

describe('links', () => {
  const lead = linksLead(new Map([['/07-post/why/', new Set(['late'])]]));
  it('lead to a page and to a heading there', () => {
    assert.deepEqual(lead(text('[a](/07-post/why/#late) [b](#late) [c](https://x.y/)')), []);
    assert.equal(lead(text('[a](/07-post/learn/) [b](#early)')).length, 2);
  });
  it('name headings as Astro does', () => {
    const headings = [
      'When the bus `fails`: what’s lost?',
      'A <Term id="topic" />',
      'Why?',
      'Why?',
    ];
    assert.deepEqual(idsOf(headings), ['when-the-bus-fails-whats-lost', 'a', 'why', 'why-1']);
  });
});

describe('a whole chapter', () => {
  it('that lacks modes is told of each', () => {
    const problems = lacking([{ chapter: '07-post', mode: 'learn' }], ['07-post']);
    assert.equal(problems.length, 8);
    assert.match(problems[0]!, /got no visualize\.mdx, expected all nine/);
  });
});
