import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import nineHops from '../../01-nine-hops/lab.ts';
import {
  learnerFiles,
  namedSource,
  serviceFiles,
  solutionSource,
  starterSource,
  variantSource,
} from './sources.ts';
import type * as Sources from './sources.ts';
import type { Lab } from './define.ts';
import { until } from './testing/processes.ts';
import { courseCopy, type CourseCopy } from './testing/course-copy.ts';

const solution = `// #task 1 Answer.
const answer = 42;
// #starter
// const answer = 0;
// #end
export default answer;
`;
const starter = `// TODO task 1: Answer.
const answer = 0;
export default answer;
`;

/** As much of a lab as its sources ask for. */
const lab = {
  slug: '07-answers',
  apps: ['a', 'b'].map((x) => ({ component: x, file: `${x}.ts`, learner: true })),
} as unknown as Lab;

describe('what a learner edits, in a course of its own', () => {
  let course: CourseCopy;
  let sources: typeof Sources;
  const src = (name: string): string => join(course.path, 'labs/07-answers/src', name);
  const read = (name: string): string => readFileSync(src(name), 'utf8');

  before(async () => {
    course = courseCopy();
    sources = (await course.load('labs/kit/run/sources.ts')) as typeof Sources;
    for (const name of ['a', 'b']) course.write(`labs/07-answers/solution/${name}.ts`, solution);
  });
  after(() => course.remove());
  beforeEach(() => {
    for (const name of ['a', 'b']) course.write(`labs/07-answers/src/${name}.ts`, starter);
  });

  test('the starter unchanged is not edited, and a reset keeps nothing', () => {
    assert.deepEqual(sources.editedFiles(lab), []);
    assert.equal(sources.resetSources(lab), undefined);
  });

  test('a reset restores the starter and keeps what the learner had, syntax errors too', () => {
    course.write('labs/07-answers/src/a.ts', 'const answer = ;');
    assert.deepEqual(sources.editedFiles(lab), ['a.ts']);
    const backup = sources.resetSources(lab);
    assert.equal(read('a.ts'), starter);
    assert.deepEqual(readdirSync(backup!), ['a.ts']);
    assert.equal(readFileSync(join(backup!, 'a.ts'), 'utf8'), 'const answer = ;');
    assert.deepEqual(sources.editedFiles(lab), []);
  });

  test('a file that is missing, or the whole folder, comes back', () => {
    rmSync(src('b.ts'));
    assert.deepEqual(sources.editedFiles(lab), ['b.ts']);
    sources.resetSources(lab);
    assert.equal(read('b.ts'), starter);
    rmSync(src('.'), { recursive: true });
    sources.resetSources(lab);
    assert.deepEqual([read('a.ts'), read('b.ts')], [starter, starter]);
  });

  test('two resets keep two copies', async () => {
    const texts = ['first', 'second'];
    const backups: string[] = [];
    for (const text of texts) {
      course.write('labs/07-answers/src/a.ts', text);
      backups.push(sources.resetSources(lab)!);
      // Copies are named after the time.
      const now = Date.now();
      await until('another millisecond', () => Date.now() > now);
    }
    assert.deepEqual(
      backups.map((folder) => readFileSync(join(folder, 'a.ts'), 'utf8')),
      texts,
    );
  });

  test('what else is in src/ stays', () => {
    course.write('labs/07-answers/src/notes.md', 'mine');
    course.write('labs/07-answers/src/a.ts', 'mine');
    sources.resetSources(lab);
    assert.equal(read('notes.md'), 'mine');
  });
});

test('the fresh starter is written where services find their packages, and removed', () => {
  const { source, remove } = starterSource(nineHops);
  const files = serviceFiles(nineHops).map(source);
  assert.ok(files.length > 0);
  for (const file of files) assert.match(readFileSync(file, 'utf8'), /TODO task/);
  remove();
  assert.ok(!files.some((file) => existsSync(file)));
});

test('a variant has its own file where it differs, else the solution’s', (t) => {
  const course = courseCopy();
  t.after(course.remove);
  const own = course.write('variant/service-a.ts', 'export default 1;');
  const source = variantSource(nineHops, join(own, '..'));
  assert.equal(source('service-a.ts'), own);
  assert.equal(source('service-b.ts'), solutionSource(nineHops)('service-b.ts'));
});

test('a mutant or an alternative is a source of that name, the solution where it has no file', () => {
  const { source } = namedSource(nineHops, 'mutants/announces-a-cloudevent--same-id');
  assert.match(source('service-b.ts'), /mutants.announces-a-cloudevent--same-id.service-b\.ts$/);
  assert.match(source('service-a.ts'), /solution.service-a\.ts$/);
  for (const name of ['mutants/nobody', 'mutants/../solution', 'mutants'])
    assert.throws(() => namedSource(nineHops, name), /no such source/);
});

test('a source that there is not is an error that names those there are', () => {
  assert.throws(
    () => namedSource(nineHops, 'mine'),
    /got mine, expected src, solution, starter, mutants\/NAME/,
  );
});

test('records are files that a learner edits, and no services', () => {
  const own = { ...lab, records: ['why.yaml'] };
  assert.deepEqual(learnerFiles(own), ['a.ts', 'b.ts', 'why.yaml']);
  assert.deepEqual(serviceFiles(own), ['a.ts', 'b.ts']);
});
