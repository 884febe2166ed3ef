/** What Node.js really prints when a service ends, read for a person. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { join, relative } from 'node:path';
import { isCrashNoise, readCrash, type Crash } from './crash.ts';
import { launchNode } from './launch.ts';
import { root } from './paths.ts';
import { tempFolder, type TempFolder } from './testing/temp-folder.ts';

interface Case {
  name: string;
  source: string;
  error: string | RegExp;
  /** The line that the place names; undefined: nothing tells. */
  line: number | undefined;
  /** Lines that a learner is shown, in this order. */
  shown: readonly string[];
}

const served = `import { Hono } from 'hono';\nconst app = new Hono();\nexport default app;\n`;

const cases: readonly Case[] = [
  {
    name: 'syntax error',
    source: `${served}const answer: number = ;\n`,
    error: /^SyntaxError.*Expression expected$/,
    line: 4,
    shown: ['const answer: number = ;', 'SyntaxError'],
  },
  {
    name: 'enum',
    source: `${served}\nenum Colour { red }\n`,
    error: /^SyntaxError.*enum is not supported/,
    line: 5,
    shown: ['enum Colour { red }', '^^^', 'SyntaxError'],
  },
  {
    name: 'TypeError in a function',
    source: `${served}function price(p: any) {\n  return p.price.cents;\n}\nprice({});\n`,
    error: "TypeError: Cannot read properties of undefined (reading 'cents')",
    line: 5,
    shown: ['return p.price.cents;', 'TypeError', 'at price'],
  },
  {
    name: 'package that does not exist',
    source: `${served}import x from 'no-such-package';\nconsole.log(x);\n`,
    error: /^Error \[ERR_MODULE_NOT_FOUND\]: Cannot find package 'no-such-package'/,
    line: 4,
    shown: ['Cannot find package'],
  },
  {
    name: 'file that does not exist',
    source: `${served}\n\nimport x from './nowhere.ts';\nconsole.log(x);\n`,
    error: /^Error \[ERR_MODULE_NOT_FOUND\]: Cannot find module .*nowhere\.ts/,
    line: 6,
    shown: ['Cannot find module'],
  },
  {
    name: 'name that a package does not export',
    source: `${served}import { nothing } from 'hono';\nconsole.log(nothing);\n`,
    error: /^SyntaxError: The requested module 'hono' does not provide an export named 'nothing'$/,
    line: 4,
    shown: ["import { nothing } from 'hono';", 'SyntaxError'],
  },
  {
    name: 'rejection that nobody handles, after an error that somebody did',
    source: `${served}console.error(new Error('handled'));
setTimeout(() => {
  void Promise.reject(new RangeError('too far'));
}, 1);
`,
    error: 'RangeError: too far',
    line: 6,
    shown: ['Error: handled', 'RangeError: too far'],
  },
  {
    name: 'error with a name of its own',
    source: `${served}class NoStock extends Error {
  override name = 'NoStock';
}
setTimeout(() => {
  throw new NoStock('sold out');
}, 1);
`,
    error: 'NoStock: sold out',
    line: 8,
    shown: ["throw new NoStock('sold out');", 'NoStock: sold out'],
  },
  {
    name: 'DOMException',
    source: `${served}throw new DOMException('gave up', 'AbortError');\n`,
    error: 'DOMException [AbortError]: gave up',
    line: 4,
    shown: ['DOMException [AbortError]: gave up'],
  },
  {
    name: 'fetch that fails at the top',
    source: `${served}await fetch('http://127.0.0.1:1/');\n`,
    error: 'TypeError: fetch failed',
    line: 4,
    shown: ['TypeError: fetch failed'],
  },
  {
    name: 'text that is thrown',
    source: `${served}throw 'oops';\n`,
    error: 'oops',
    line: undefined,
    shown: ['oops'],
  },
  {
    name: 'no app',
    source: 'export default 5;\n',
    error: /no app: got number as the default export.*Try: export default app;$/,
    line: undefined,
    shown: ['no app'],
  },
  {
    name: 'exit without a word',
    source: 'process.exit(1);\n',
    error: 'it ended by itself, exit code 1',
    line: undefined,
    shown: [],
  },
];

describe('a service that ends', () => {
  let folder: TempFolder;
  const printed = new Map<string, { lines: readonly string[]; code: number | null }>();
  const file = ({ name }: Case): string => `${name.replaceAll(' ', '-')}.ts`;

  before(async () => {
    folder = tempFolder();
    const runs = cases.map(async (one) => {
      const app = { name: 'service-a#1', file: folder.write(file(one), one.source), env: {} };
      const child = launchNode(join(import.meta.dirname, 'apps-process.ts'), [
        JSON.stringify([app]),
      ]);
      const { code } = await child.ended;
      printed.set(one.name, { lines: child.stderr, code });
    });
    await Promise.all(runs);
  });
  after(() => folder.remove());

  for (const one of cases) {
    test(`${one.name}: the error, and the place where it is`, () => {
      const { lines, code } = printed.get(one.name)!;
      const { error, place, component }: Crash = readCrash('service-a', lines, code);
      assert.equal(component, 'service-a');
      if (typeof one.error === 'string') assert.equal(error, one.error);
      else assert.match(error, one.error);
      const path = relative(root, join(folder.path, file(one))).replaceAll('\\', '/');
      assert.equal(place, one.line === undefined ? undefined : `${path}:${one.line}`);
    });

    test(`${one.name}: what is shown is the error and the learner’s own code`, () => {
      const shown = printed.get(one.name)!.lines.filter((line) => !isCrashNoise(line));
      let from = 0;
      for (const part of one.shown) {
        const at = shown.findIndex((line, i) => i >= from && line.includes(part));
        assert.notEqual(at, -1, `${part} is shown in\n${shown.join('\n')}`);
        from = at;
      }
      for (const line of shown)
        assert.doesNotMatch(
          line,
          /node:internal|Node\.js v|triggerUncaught|throw new ERR_|labs\/kit/,
        );
    });
  }
});

test('an error or a frame of the learner’s own is no noise, whatever it speaks of', () => {
  for (const line of [
    "Error: can't read labs/kit/notes.txt",
    'TypeError: no node:internal here',
    '    at price (file:///course/labs/01-nine-hops/src/service-a.ts:3:7)',
    'code();',
  ])
    assert.equal(isCrashNoise(line), false, line);
});

test('a place is found though the course’s folder has a space in its name', () => {
  const place = `${new URL('file:///home/me/my%20course/labs/01-nine-hops/src/service-a.ts').href}?i=0:3:7`;
  const crash = readCrash('service-a', ['TypeError: no', `    at ${place}`]);
  assert.match(
    crash.place ?? '',
    /^\/home\/me\/my course\/labs\/01-nine-hops\/src\/service-a\.ts:3$/,
  );
});
