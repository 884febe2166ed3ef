import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { elsewhereIn } from './elsewhere.ts';
import { partsOf } from './mdx.ts';
import { takesWhatIsThere } from './taken.ts';

const there = {
  figures: ['calm.replied', 'calm.stored', 'slow.replied'],
  messages: ['post to user, 202', 'user to post, put'],
  sections: ['the-tasks', 'for-all-two'],
  tasks: ['order-the-hops', 'mend-it'],
};
const only =
  (known: readonly string[]) =>
  (slug: string): readonly string[] | undefined =>
    slug === '07-post' ? known : undefined;
const rule = takesWhatIsThere({
  figures: only(there.figures),
  messages: only(there.messages),
  sections: only(there.sections),
  tasks: only(there.tasks),
});

const found = (source: string): string[] =>
  rule({
    file: 'why.mdx',
    chapter: '07-post',
    mode: 'why',
    source,
    parts: partsOf(source),
    shown: '',
  });

describe('what a text shows from elsewhere', () => {
  it('is there', () =>
    assert.deepEqual(
      found(`export const lab = '07-post';

<Figure lab="07-post" of="calm.replied" /> and <Figure lab={lab} of="slow.replied" />

<Message
  lab={lab}
  of="post to user, 202"
  title="The reply"
/>

<FromReadme chapter="07-post" section="for-all" />

<Try chapter="07-post" task="mend-it" />
`),
      [],
    ));

  for (const { name, tag, message } of [
    {
      name: 'a figure of a scenario',
      tag: '<Figure lab="07-post" of="calm.sent" />',
      message:
        '[why.mdx:3] a figure: got calm.sent, expected one of labs/07-post/recorded.json: calm.replied; calm.stored. Try: mend it, or npm run record 07.',
    },
    {
      name: 'a figure of no scenario',
      tag: '<Figure lab="07-post" of="clam.replied" />',
      message:
        '[why.mdx:3] a figure: got clam.replied, expected one of labs/07-post/recorded.json: calm.replied; calm.stored; slow.replied. Try: mend it, or npm run record 07.',
    },
    {
      name: 'a figure of a lab that has none',
      tag: '<Figure lab="08-none" of="calm.replied" />',
      message:
        '[why.mdx:3] a figure: got calm.replied, expected one of labs/08-none/recorded.json, which is not there. Try: mend it, or npm run record 08.',
    },
    {
      name: 'a message',
      tag: '<Message lab="07-post" of="user to post, post" title="Asks" />',
      message:
        '[why.mdx:3] a message: got user to post, post, expected one of labs/07-post/packets.json: user to post, put. Try: mend it, or npm run record 07 -- --packets.',
    },
    {
      name: 'a section',
      tag: '<FromReadme chapter="07-post" section="for-all-four" />',
      message:
        '[why.mdx:3] a section: got for-all-four, expected one of labs/07-post/README.md: the-tasks; for-all-two. Try: mend it: it is the start of a heading’s id.',
    },
    {
      name: 'a task',
      tag: '<Try chapter="07-post" task="mend" />',
      message:
        '[why.mdx:3] a task: got mend, expected one of quiz/bank/07-post/try.yaml: order-the-hops; mend-it. Try: mend it, or write the task.',
    },
  ])
    it(`${name} that is not there is told, with its line and what there is`, () =>
      assert.deepEqual(found(`A text.\n\n${tag}\n`), [message]));

  it('in a list is held to what may stand there', () => {
    const list = (of: string): string[] =>
      found(`{rows.map(([id]) => (\n  <Figure lab="07-post" of={\`${of}\`} />\n))}\n`);
    assert.deepEqual(list('${id}.replied'), []);
    assert.match(list('${id}.sent')[0]!, /^\[why\.mdx:2\] a figure: got \$\{id\}\.sent, expected/);
  });

  it('in code that a text quotes is not shown', () =>
    assert.deepEqual(found('```mdx\n<Figure lab="07-post" of="no.such" />\n```\n'), []));

  it('is looked up in the lab’s and the bank’s own files', () => {
    const files: Record<string, string> = {
      'labs/07-post/recorded.json': '{ "scenarios": { "calm": { "figures": { "replied": {} } } } }',
      'labs/07-post/packets.json': '{ "messages": { "user to post, put": {} } }',
      'labs/07-post/README.md': '# Lab\n\n## For all `two`: posts\n\n```\n## no heading\n```\n',
    };
    const { figures, messages, sections, tasks } = elsewhereIn((file) => files[file] ?? '');
    assert.deepEqual(figures('07-post'), ['calm.replied']);
    assert.deepEqual(messages('07-post'), ['user to post, put']);
    assert.deepEqual(sections('07-post'), ['for-all-two-posts']);
    for (const known of [figures, messages, sections, tasks])
      assert.equal(known('98-none'), undefined);
    assert.ok(tasks('04-topics')?.includes('order-the-hops'));
  });
});
