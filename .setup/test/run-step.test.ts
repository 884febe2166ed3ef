import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { judge, runStep } from './run-step.ts';
import type { Step } from './steps.ts';

const ended = { code: 0, output: '', timedOut: false };

const step: Step = {
  name: 'sample',
  about: 'a sample',
  args: () => ['--print', '1'],
  files: [],
  counts: false,
  onDemand: false,
  alone: false,
  requires: [],
  uses: [],
};

describe('a step that is one test', () => {
  test('passes with exit code 0 only', () => {
    assert.equal(judge({ counts: false }, ended).passed, 1);
    assert.equal(judge({ counts: false }, { ...ended, code: 1 }).failed, 1);
    assert.equal(judge({ counts: false }, { ...ended, code: null }).failed, 1);
  });
});

describe('a step that counts its own tests', () => {
  const counting = { counts: true };

  test('has the counts of its last line', () => {
    const { passed, failed, skipped } = judge(counting, {
      ...ended,
      output: 'ok\n3 passed, 0 failed, 1 skipped\n',
    });
    assert.deepEqual({ passed, failed, skipped }, { passed: 3, failed: 0, skipped: 1 });
  });

  for (const [what, end] of Object.entries({
    'prints no counts': { ...ended, output: 'all good' },
    'ran nothing': { ...ended, output: '0 passed, 0 failed, 0 skipped' },
    'only skipped': { ...ended, output: '0 passed, 0 failed, 9 skipped' },
    'crashed after its counts': { ...ended, code: 1, output: '5 passed, 0 failed, 0 skipped' },
    'took too long': { code: null, timedOut: true, output: '5 passed, 0 failed, 0 skipped' },
  }))
    test(`has failed if it ${what}, and says so`, () => {
      const { failed, output } = judge(counting, end);
      assert.equal(failed, 1);
      assert.match(output, /\[test\] /);
    });
});

describe('running a step', () => {
  test('takes its exit code and output', async () => {
    const { passed, output } = await runStep(step, []);
    assert.deepEqual({ passed, output }, { passed: 1, output: '1' });
  });

  test('a file that is missing is a failure, not a pass', async () => {
    const { failed, output } = await runStep({ ...step, files: ['no/such.config.ts'] }, []);
    assert.equal(failed, 1);
    assert.match(output, /no\/such\.config\.ts/);
  });

  test('a program that is missing skips it by name', async () => {
    const missing = { name: 'browser', label: 'a browser', install: 'get one' } as const;
    const result = await runStep({ ...step, requires: ['browser'] }, [missing]);
    assert.equal(result.skipped, 1);
    assert.deepEqual(result.skips, ['a sample: a browser is missing']);
  });
});
