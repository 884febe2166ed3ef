import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { kill, launchNode, launchProgram } from './launch.ts';
import { runs, until } from './testing/processes.ts';
import { tempFolder, type TempFolder } from './testing/temp-folder.ts';

const emptyApp = (folder: TempFolder): string =>
  folder.write(
    'service-a.ts',
    "import { Hono } from 'hono';\nconst app = new Hono();\nexport default app;\n",
  );
const setpriv = process.platform === 'linux' && spawnSync('setpriv', ['--version']).status === 0;

test('of our environment a child gets what it needs to run and nothing else', async (t) => {
  const folder = tempFolder();
  t.after(folder.remove);
  const file = folder.write('env.ts', 'process.send!(process.env);');
  // It would change how Node.js runs; the other is a secret.
  const ours = { NODE_OPTIONS: '--no-warnings', DEPLOY_TOKEN: 'secret' };
  Object.assign(process.env, ours);
  t.after(() => Object.keys(ours).forEach((name) => delete process.env[name]));
  const child = launchNode(file, [], { env: { CACHE_A_URL: 'http://127.0.0.1:1' } });
  const [env] = (await once(child.child, 'message')) as [Record<string, string>];
  await kill(child);
  assert.equal(env['CACHE_A_URL'], 'http://127.0.0.1:1');
  assert.equal(env['PATH'], process.env['PATH']);
  const needed = ['HOME', 'LANG', 'PATH', 'PATHEXT', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR'];
  const known = new Set([...needed, 'NODE_COMPILE_CACHE', 'CACHE_A_URL']);
  assert.deepEqual(
    Object.keys(env).filter((name) => !known.has(name)),
    [],
  );
});

test('a child that ends tells how, with the last lines it wrote and all lines as they come', async (t) => {
  const folder = tempFolder();
  t.after(folder.remove);
  const file = folder.write(
    'ends.ts',
    `console.log('to stdout');
for (let i = 1; i <= 100; i += 1) console.error('line', i);
process.exitCode = 3;
process.disconnect();`,
  );
  const lines: string[] = [];
  const child = launchNode(file, [], {
    onLine: (line, stream) => lines.push(`${stream}: ${line}`),
  });
  assert.deepEqual(await child.ended, { code: 3, signal: null });
  assert.equal(lines.length, 101);
  assert.ok(lines.includes('stdout: to stdout'));
  assert.equal(child.stderr.at(-1), 'line 100');
  assert.ok(child.stderr.length < 100, 'what a service logs all day is not kept');
  await kill(child);
});

test('a program that is not there has ended, and says why', async () => {
  const child = launchProgram('/no/such/program', []);
  const { code } = await child.ended;
  assert.notEqual(code, 0);
  assert.match(child.stderr.join('\n'), /no\/such\/program/);
});

test(
  'a killed child and its own children are gone',
  { skip: process.platform === 'linux' ? false : 'needs /proc' },
  async (t) => {
    const folder = tempFolder();
    t.after(folder.remove);
    const file = folder.write(
      'parent.ts',
      `import { spawn } from 'node:child_process';
const child = spawn(process.execPath, ['-e', 'console.log("up"); setInterval(() => {}, 1000)']);
child.stdout.once('data', () => process.send!(child.pid));`,
    );
    const child = launchNode(file, []);
    const [grandchild] = (await once(child.child, 'message')) as [number];
    await kill(child);
    assert.deepEqual(await child.ended, { code: null, signal: 'SIGKILL' });
    // The grandchild had its stdout from the child: nothing tells us of its end but asking.
    await until('the grandchild is gone', () => !runs(grandchild));
  },
);

test(
  'a child that hangs ends with the process that started it, even by kill -9',
  { skip: setpriv ? false : 'needs Linux with setpriv' },
  async (t) => {
    const folder = tempFolder();
    t.after(folder.remove);
    const launch = pathToFileURL(join(import.meta.dirname, 'launch.ts')).href;
    const hangs = folder.write('hangs.ts', "process.send!('up', () => { for (;;); });");
    const file = folder.write(
      'parent.ts',
      `import { launchNode } from '${launch}';
const { child } = launchNode(${JSON.stringify(hangs)}, []);
child.once('message', () => process.send!(child.pid));`,
    );
    const parent = launchNode(file, []);
    const [pid] = (await once(parent.child, 'message')) as [number];
    t.after(() => runs(pid) && process.kill(pid, 'SIGKILL'));
    process.kill(parent.child.pid!, 'SIGKILL');
    await parent.ended;
    await until('the child is gone', () => !runs(pid));
  },
);

for (const file of ['apps-process.ts', 'aedes-process.ts'])
  test(`${file} keeps what it has compiled, though it will be killed`, async (t) => {
    const folder = tempFolder();
    t.after(folder.remove);
    const cache = join(folder.path, 'cache');
    const apps = JSON.stringify([{ name: 'service-a#1', file: emptyApp(folder), env: {} }]);
    const env = { NODE_COMPILE_CACHE: cache };
    const launched = launchNode(join(import.meta.dirname, file), [apps], { env });
    t.after(() => kill(launched));
    await once(launched.child, 'message');
    const kept = (): string[] => readdirSync(cache, { recursive: true, encoding: 'utf8' });
    // Its own code, and that of packages.
    await until('something is kept', () => kept().length > 10);
  });

for (const file of ['apps-process.ts', 'aedes-process.ts'])
  test(`${file} ends when its channel closes, where no kernel ends it`, async (t) => {
    const folder = tempFolder();
    t.after(folder.remove);
    const apps = JSON.stringify([{ name: 'service-a#1', file: emptyApp(folder), env: {} }]);
    const { child } = launchNode(join(import.meta.dirname, file), [apps]);
    t.after(() => child.kill('SIGKILL'));
    await once(child, 'message');
    const exited = once(child, 'exit');
    child.disconnect();
    assert.deepEqual(await exited, [0, null]);
  });
