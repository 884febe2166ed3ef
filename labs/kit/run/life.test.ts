/** A lab leaves nothing behind, however it ends; and a broken service does not keep it from starting. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import lab from '../../01-nine-hops/lab.ts';
import { brokerFor } from './broker.ts';
import type { Crash } from './crash.ts';
import { kill, launchNode } from './launch.ts';
import { removeLeftovers } from './leftovers.ts';
import { root, runsFolder } from './paths.ts';
import { startLab } from './running-lab.ts';
import { solutionSource } from './sources.ts';
import type { Told } from './testing/lab-process.ts';
import { childrenOf, listens, portsOf, runs, until } from './testing/processes.ts';
import { tempFolder } from './testing/temp-folder.ts';

const linux = process.platform === 'linux';
const setpriv = linux && spawnSync('setpriv', ['--version']).status === 0;

const foldersOf = (pid: number): string[] =>
  readdirSync(join(runsFolder, 'tmp')).filter((name) => name.includes(`-${pid}-`));

test(
  'kill -9 of the process that started a lab ends all of it; the next start removes its files',
  { skip: setpriv ? false : 'needs Linux with setpriv' },
  async (t) => {
    const parent = launchNode(join(import.meta.dirname, 'testing/lab-process.ts'), []);
    t.after(() => kill(parent));
    const first = await Promise.race([once(parent.child, 'message'), parent.ended]);
    assert.ok(Array.isArray(first), `the lab did not start:\n${parent.stderr.join('\n')}`);
    const { pids, ports } = first[0] as Told;
    // Three services, one process for what is provided, the bus.
    assert.equal(pids.length, 5);
    assert.ok(pids.every(runs));
    assert.ok(ports.length >= 14);
    assert.ok((await Promise.all(ports.map(listens))).every(Boolean));
    const pid = parent.child.pid!;
    assert.equal(foldersOf(pid).length, 1);
    process.kill(pid, 'SIGKILL');
    await parent.ended;
    await until('every process is gone', () => !pids.some(runs));
    await until('every port is closed', async () =>
      (await Promise.all(ports.map(listens))).every((open) => !open),
    );
    removeLeftovers();
    assert.deepEqual(foldersOf(pid), []);
  },
);

test('a lab with a syntax error in a service starts, tells where, and stops without a trace', async (t) => {
  const folder = tempFolder();
  t.after(folder.remove);
  const broken = folder.write(
    'service-a.ts',
    "import { Hono } from 'hono';\nconst app = new Hono(;\nexport default app;\n",
  );
  const before = linux ? childrenOf(process.pid) : [];
  const told: Crash[] = [];
  const running = await startLab(lab, {
    source: (file) => (file === 'service-a.ts' ? broken : solutionSource(lab)(file)),
    onCrash: (crash) => told.push(crash),
    factor: 3,
  });
  const place = `${relative(root, broken).replaceAll('\\', '/')}:2`;
  const crash = running.apps.crashes.get('service-a');
  assert.equal(crash?.place, place);
  assert.match(crash.error, /^SyntaxError/);
  assert.deepEqual(told, [crash]);
  assert.deepEqual([...running.apps.crashes.keys()], ['service-a']);
  assert.deepEqual(running.apps.down(), ['service-a']);
  assert.equal(running.busUp, true);
  const placed = await running.act('place-order', { id: running.random('o') });
  assert.equal(placed.reply?.status, 202, 'the other services work');

  const ports = portsOf(running);
  const pids = linux ? childrenOf(process.pid).filter((pid) => !before.includes(pid)) : [];
  if (linux) assert.equal(pids.length, 4);
  assert.equal(foldersOf(process.pid).length, 1);
  await running.stop();
  assert.deepEqual(pids.filter(runs), []);
  assert.deepEqual(
    await Promise.all(ports.map(listens)),
    ports.map(() => false),
  );
  assert.deepEqual(foldersOf(process.pid), []);
});

test('a lab whose broker, not ours, is gone says so when it stops, and leaves no files', async (t) => {
  const broker = brokerFor('aedes', '');
  const { host, port } = await broker.start();
  t.after(() => broker.kill());
  const brokerUrl = `mqtt://${host}:${port}`;
  const running = await startLab(lab, { source: solutionSource(lab), brokerUrl, factor: 3 });
  await broker.kill();
  await assert.rejects(running.stop(), /ECONNREFUSED/);
  assert.deepEqual(foldersOf(process.pid), []);
});

test('files of a lab whose process is gone are leftovers; those of one that runs are not', (t) => {
  const other = tempFolder();
  const gone = spawnSync(process.execPath, ['-e', '']).pid;
  const folders = [process.pid, gone].map((pid) =>
    join(runsFolder, 'tmp', `07-answers-${pid}-0123abcd`),
  );
  t.after(() => {
    for (const folder of [...folders, other.path]) rmSync(folder, { recursive: true, force: true });
  });
  for (const folder of folders) mkdirSync(folder);
  removeLeftovers();
  assert.deepEqual(
    [...folders, other.path].map((folder) => existsSync(folder)),
    [true, false, true],
  );
});
