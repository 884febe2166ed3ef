import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, beforeEach, describe, it } from 'node:test';
import { hashSources } from './sources.ts';

const folder = mkdtempSync(join(tmpdir(), 'site-sources-'));
after(() => rmSync(folder, { recursive: true }));

const write = (file: string, text: string) => {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
};

describe('hashSources', () => {
  beforeEach(() => {
    rmSync(folder, { recursive: true });
    write('site/src/pages/index.astro', 'home');
    write('labs/01-nine-hops/flow.ts', 'flow');
    write('package-lock.json', '{}');
  });

  for (const file of [
    'site/src/chapters/01-nine-hops/visualize.mdx',
    'site/public/favicon.svg',
    'site/astro.config.ts',
    'quiz/bank/01-nine-hops/quiz.yaml',
    'quiz/src/schema.ts',
    'labs/01-nine-hops/flow.ts',
    'labs/04-topics/cast.ts',
    'labs/kit/flow/svg.ts',
    'labs/kit/live/next-of-bus.ts',
    'labs/kit/map/shown.ts',
    'labs/kit/storm/losses.ts',
    'package-lock.json',
  ]) {
    it(`changes with ${file}`, () => {
      const before = hashSources(folder);
      write(file, 'changed');
      assert.notEqual(hashSources(folder), before);
    });
  }

  it('changes when a file goes or is renamed', () => {
    write('site/src/a.ts', 'x');
    const withA = hashSources(folder);
    rmSync(join(folder, 'site/src/a.ts'));
    const without = hashSources(folder);
    write('site/src/b.ts', 'x');
    assert.equal(new Set([withA, without, hashSources(folder)]).size, 3);
  });

  for (const file of [
    'labs/01-nine-hops/src/service-a.ts',
    'site/src/lib/words.test.ts',
    'labs/kit/flow/judge.test.ts',
    'README.md',
  ]) {
    it(`stays with ${file}`, () => {
      const before = hashSources(folder);
      write(file, 'changed');
      assert.equal(hashSources(folder), before);
    });
  }

  it('stays when a file is only touched', () => {
    const before = hashSources(folder);
    utimesSync(join(folder, 'package-lock.json'), new Date(), new Date());
    assert.equal(hashSources(folder), before);
  });
});
