import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from './test/root.ts';
import { steps } from './test/steps.ts';

const off = /ASTRO_TELEMETRY_DISABLED: '1'/;

/** A file that starts Astro's command, or calls its API. */
const runsAstro = /astro\/bin|from 'astro'|import\('astro'\)|\bastro (build|check|dev|sync)'/;

/** Only started by this file, which sets the variable for it. */
const startedBy: Record<string, string> = { 'site/server/build-child.ts': 'site/server/build.ts' };

function programs(): string[] {
  return ['.setup', 'labs/kit', 'quiz', 'site/server', 'site/tests'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|mjs|cjs)$/.test(name) && !/node_modules|\.test\.ts$/.test(name))
      .map((name) => join(folder, name).replaceAll('\\', '/')),
  );
}

const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

test('whatever runs Astro turns its telemetry off', () => {
  const running = programs().filter((file) => runsAstro.test(textOf(file)));
  assert.ok(running.includes('site/server/build-child.ts'), 'finds the build');
  assert.ok(running.includes('.setup/test/steps.ts'), 'finds the check');
  const loud = running.filter((file) => !off.test(textOf(startedBy[file] ?? file)));
  assert.deepEqual(loud, []);
});

test('the build is started by that one file only', () => {
  for (const [child, parent] of Object.entries(startedBy)) {
    const name = child.split('/').at(-1) ?? child;
    const users = programs().filter((file) => textOf(file).includes(`'./${name}'`));
    assert.deepEqual(users, [parent]);
  }
});

test('no npm script runs Astro past these files', () => {
  for (const file of ['package.json', 'site/package.json']) {
    const { scripts = {} } = JSON.parse(textOf(file)) as { scripts?: Record<string, string> };
    assert.deepEqual(
      Object.values(scripts).filter((script) => /(^|[\s&])astro\b/.test(script)),
      [],
    );
  }
});

test('the check has it in its environment', () => {
  const step = steps.find(({ name }) => name === 'site-types');
  assert.equal(step?.env?.['ASTRO_TELEMETRY_DISABLED'], '1');
});
