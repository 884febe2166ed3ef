import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { runNode, stopChildren } from './child.ts';

const options = { cwd: process.cwd(), limitMs: 60_000 };
const forever = 'setInterval(() => {}, 1000)';
const nested = `require('node:child_process').spawn(process.execPath, ['-e', '${forever}'], { stdio: 'inherit' })`;

const noGroups = process.platform === 'win32' && 'Windows has no process groups';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('keeps what a child prints, on both streams', async () => {
  const ended = await runNode(['-e', 'console.log(1); console.error(2); process.exit(3)'], options);
  assert.equal(ended.code, 3);
  assert.deepEqual(ended.output.split('\n').filter(Boolean).toSorted(), ['1', '2']);
});

test('a fork of a child keeps its own channel open', async () => {
  // It hears a message late: without its channel nothing would have kept it alive until then.
  const fork = `process.on('message', (text) => { console.log(text); process.disconnect(); })`;
  const file = `data:text/javascript,${encodeURIComponent(fork)}`;
  const code = `
    const args = ['--import', ${JSON.stringify(file)}, '-e', '0'];
    const stdio = ['ignore', 'inherit', 'inherit', 'ipc'];
    const inherited = process.execArgv.slice(0, 2);
    const { spawn } = require('node:child_process');
    const child = spawn(process.execPath, [...inherited, ...args], { stdio });
    setTimeout(() => child.send('heard', () => {}), 300);`;
  assert.equal((await runNode(['-e', code], options)).output.trim(), 'heard');
});

test('a time limit ends it, with all that it started', { skip: noGroups }, async () => {
  const code = `console.log(${nested}.pid); ${forever}`;
  const { timedOut, output } = await runNode(['-e', code], { ...options, limitMs: 1500 });
  assert.equal(timedOut, true);
  const pid = Number(output);
  assert.ok(pid > 0);
  while (isAlive(pid)) await pause(10);
});

test('stopping ends even one that does not listen', { skip: noGroups }, async () => {
  const deaf = runNode(['-e', `process.on('SIGTERM', () => {}); ${forever}`], options);
  await stopChildren(200);
  assert.equal((await deaf).code, null);
});

test('a child ends when its parent is killed', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'nine-hops-child-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'pid');
  const child = `require('node:fs').writeFileSync(${JSON.stringify(file)}, process.pid + '.'); ${forever}`;
  const module = new URL('child.ts', import.meta.url).href;
  const code = `
    const { runNode } = await import(${JSON.stringify(module)});
    await runNode(['-e', ${JSON.stringify(child)}], { cwd: '.', limitMs: 60_000 });
  `;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: 'ignore' });
  const written = (): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');
  while (!written().endsWith('.')) await pause(10);
  parent.kill('SIGKILL');
  await once(parent, 'close');
  const pid = Number.parseInt(written(), 10);
  while (isAlive(pid)) await pause(10);
});
