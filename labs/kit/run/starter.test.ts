import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { labFolder, labsFolder } from './paths.ts';
import { solutionOf, starterOf, tasksIn } from './starter.ts';

const source = `const before = 1;
  // #task 2 Answer the question.
  // Think first.
  const answer = 42;
  // a reason
  // #starter
  // const answer = 'http://no.idea';
  // // not yet
  // #end
const after = 2;
`;

test('the starter has the task in words and the starter’s lines, not the solution’s', () => {
  assert.equal(
    starterOf(source),
    `const before = 1;
  // TODO task 2: Answer the question.
  // Think first.
  const answer = 'http://no.idea';
  // not yet
const after = 2;
`,
  );
});

test('the solution has the task in words and its own lines with their reasons', () => {
  assert.equal(
    solutionOf(source),
    `const before = 1;
  // Task 2: Answer the question.
  // Think first.
  const answer = 42;
  // a reason
const after = 2;
`,
  );
});

test('in YAML the comment sign is #, in the words and in the starter’s lines', () => {
  const yaml = `# A record.
# #task 1 Choose.
# Then say why.
choice: calls
# a reason
# #starter
# choice: TODO
# list:
#   - TODO # one of many
# #end
`;
  assert.equal(
    starterOf(yaml),
    `# A record.
# TODO task 1: Choose.
# Then say why.
choice: TODO
list:
  - TODO # one of many
`,
  );
  assert.equal(
    solutionOf(yaml),
    '# A record.\n# Task 1: Choose.\n# Then say why.\nchoice: calls\n# a reason\n',
  );
  assert.deepEqual(tasksIn(yaml), [1]);
});

test('a region without words or without a starter’s lines leaves no gap', () => {
  const text = 'a();\n\n// #task 1\nb();\n// #end\n\nc();\n';
  assert.equal(starterOf(text), 'a();\n\nc();\n');
  assert.equal(solutionOf(text), 'a();\n\nb();\n\nc();\n');
});

test('a file without regions is its own starter and solution', () => {
  assert.equal(starterOf('// #1 of many\na();\n'), '// #1 of many\na();\n');
  assert.equal(solutionOf('a();\n'), 'a();\n');
});

test('tasks are told by their numbers, each once', () => {
  assert.deepEqual(tasksIn('// #task 2 x\n// #end\n// #task 1\n// #end\n// #task 2\n'), [2, 1]);
});

for (const [what, text, line] of [
  ['a region inside another', 'a();\n// #task 1 x\nb();\n// #task 2 y\n// #end\n', 4],
  ['a region inside a starter’s lines', '// #task 1\n// #starter\n// #task 2\n// #end\n', 3],
  ['an end without a beginning', 'a();\n// #end\n', 2],
  ['a starter outside of a region', '\n\n// #starter\n// #end\n', 3],
  ['a region that is not closed', 'a();\n// #task 1 x\nb();\n// #end\n\n// #task 2 y\nc();\n', 6],
  ['a region without a number', 'a();\n// #task do it\n// #end\n', 2],
] as const)
  test(`${what} is an error that names the line`, () => {
    for (const render of [starterOf, solutionOf])
      assert.throws(() => render(text), new RegExp(`^Error: \\[starter\\] .* line ${line}\\b`));
  });

// Whatever a learner has made of src/: these come from the solutions alone.
for (const slug of readdirSync(labsFolder).filter((name) => /^\d\d-/.test(name)))
  for (const file of readdirSync(join(labFolder(slug), 'solution')))
    test(`starter and solution of ${slug}/${file} parse and hold no marker`, () => {
      const text = readFileSync(join(labFolder(slug), 'solution', file), 'utf8');
      assert.notEqual(starterOf(text), solutionOf(text), 'there is something to do');
      for (const rendered of [starterOf(text), solutionOf(text)]) {
        assert.doesNotMatch(rendered, /#(?:task|starter|end)\b/);
        // A record in YAML is read by its lab's own test.
        if (file.endsWith('.ts'))
          assert.doesNotThrow(() => stripTypeScriptTypes(rendered, { mode: 'strip' }));
      }
      assert.match(starterOf(text), /(?:\/\/|#) TODO task \d: \S/);
      assert.doesNotMatch(solutionOf(text), /TODO/);
    });
