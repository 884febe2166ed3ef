import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tell } from './problem.ts';
import { seamProblems } from './seam.ts';

const service = (more = ''): string => `import { Hono } from 'hono';
${more}
const app = new Hono();
export default app;
`;

/** What is said of a service with some more in it. */
const said = (more: string): string[] =>
  seamProblems('labs/07/solution/a.ts', service(more)).map(({ what }) => what);

for (const more of [
  '',
  "import { proxy } from 'hono/proxy';",
  "import mqtt from 'mqtt';\nimport { DatabaseSync } from 'node:sqlite';",
  "import { retry } from 'cockatiel';",
  "import type { Context } from 'hono';",
  'const { CACHE_A_URL } = process.env;\nconst reply: Response = await fetch(CACHE_A_URL!);',
])
  test(`a service may have: ${more.split('\n')[0] || 'an app alone'}`, () => {
    assert.deepEqual(said(more), []);
  });

for (const [more, got] of [
  ["import { readFileSync } from 'node:fs';", 'node:fs'],
  ['import { readFileSync } from "node:fs";', 'node:fs'],
  ["import fs from 'fs';", 'fs'],
  ["import 'node:http';", 'node:http'],
  ["const fs = await import('node:fs/promises');", 'node:fs/promises'],
  ["import {\n  readFileSync,\n} from 'node:fs';", 'node:fs'],
  ["export * from './other.ts';", './other.ts'],
  ["import { kv } from 'honor';", 'honor'],
  ["import mqtt from 'mqtt/other';", 'mqtt/other'],
] as const)
  test(`a service may not import ${got}: ${more.split('\n')[0]}`, () => {
    const [problem, ...others] = said(more);
    assert.match(problem ?? '', new RegExp(`got ${RegExp.escape(got)}, expected only hono, mqtt`));
    assert.deepEqual(others, []);
  });

for (const [what, more, expected] of [
  ['AsyncLocalStorage', 'const all = new AsyncLocalStorage();', /AsyncLocalStorage/],
  ['an enum', 'enum Colour { red }', /can't be erased.*enum/],
  ['a parameter property', 'class A { constructor(private b: string) {} }', /can't be erased/],
  ['a syntax error', 'const a = ;', /can't be erased/],
  ['81 lines', 'a();\n'.repeat(78), /too long: got 81 lines of code, expected at most 80/],
] as const)
  test(`a service may not have ${what}`, () => {
    const problems = said(more);
    assert.equal(problems.length, 1);
    assert.match(problems[0]!, expected);
  });

test('a provided service may have a library of its own', () => {
  const cache = service("import { createStorage } from 'unstorage';");
  assert.deepEqual(seamProblems('labs/07/provided/cache.ts', cache, ['unstorage']), []);
  assert.equal(seamProblems('labs/07/provided/cache.ts', cache).length, 1);
});

test('80 lines are not too many, and comments are free', () => {
  assert.deepEqual(said(`${'a();\n'.repeat(77)}// said in\n\n  // three lines\n`), []);
});

test('a service must export its app', () => {
  const [problem] = seamProblems('labs/07/solution/a.ts', "import { Hono } from 'hono';\n");
  assert.match(problem!.what, /no app: expected the line `export default app;`/);
  assert.match(
    tell(problem!),
    /^\[labs\/07\/solution\/a\.ts\] no app.*\. Try: export the Hono app/,
  );
});
