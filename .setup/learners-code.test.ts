import assert from 'node:assert/strict';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { runNode } from './test/child.ts';
import { findTests } from './test/find-tests.ts';
import { root } from './test/root.ts';
import { steps } from './test/steps.ts';

const configuration = [
  'tsconfig.json',
  '.oxlintrc.json',
  '.prettierrc.json',
  '.prettierignore',
  '.knip.jsonc',
  '.gitignore',
];
const broken = 'const x: = {{{ "not a program"\n';

/** As Prettier writes a package.json. */
const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

/** A little course with our configuration, one good file, and one that a learner broke. */
class LittleCourse {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'nine-hops-learner-')));

  constructor() {
    for (const file of configuration) copyFileSync(join(root, file), join(this.folder, file));
    symlinkSync(join(root, 'node_modules'), join(this.folder, 'node_modules'), 'junction');
    this.write('package.json', json({ type: 'module', workspaces: ['labs/*'] }));
    this.write('labs/01-sample/package.json', json({ name: 'sample', type: 'module' }));
    this.write('labs/01-sample/flow.ts', 'export const steps = 9;\n');
    this.write('labs/01-sample/src/service.ts', broken);
    this.write('labs/01-sample/src/service.test.ts', broken);
    for (const folder of ['.setup', 'quiz', 'site']) mkdirSync(join(this.folder, folder));
  }

  write(file: string, text: string): void {
    mkdirSync(join(this.folder, file, '..'), { recursive: true });
    writeFileSync(join(this.folder, file), text);
  }

  /** Runs a static step of `npm test` in it. */
  check(name: string): Promise<{ code: number | null; output: string }> {
    const step = steps.find((candidate) => candidate.name === name);
    assert.ok(step);
    return runNode(step.args(), { cwd: this.folder, limitMs: 60_000 });
  }
}

describe("a syntax error in a lab's src/", () => {
  let course: LittleCourse;
  before(() => {
    course = new LittleCourse();
  });
  after(() => rmSync(course.folder, { recursive: true }));

  for (const name of ['types', 'lint', 'format', 'unused'])
    test(`is not seen by ${name}`, async () => {
      const { code, output } = await course.check(name);
      assert.equal(code, 0, output);
    });

  test('is not run as a unit test', () => {
    assert.deepEqual(findTests(course.folder), []);
  });

  for (const name of ['types', 'lint', 'format'])
    test(`would be seen by ${name} anywhere else`, async (t) => {
      const file = 'labs/01-sample/solution/service.ts';
      course.write(file, broken);
      t.after(() => rmSync(join(course.folder, file)));
      const { code, output } = await course.check(name);
      assert.notEqual(code, 0);
      assert.match(output, /solution.service\.ts/);
    });
});
