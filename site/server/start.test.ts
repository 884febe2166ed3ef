import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { finished } from 'node:stream/promises';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { buildSite } from './build.ts';

const script = fileURLToPath(new URL('./start.ts', import.meta.url));
const running = new Set<ChildProcess>();

interface Started {
  child: ChildProcess;
  output: () => string;
  /** The address it prints when it is ready; rejects if it ends before. */
  address: Promise<string>;
  code: Promise<number | null>;
}

function start(port: string): Started {
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, PORT: port },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  running.add(child);
  let text = '';
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const [address] = /http:\/\/127\.0\.0\.1:\d+(?=\/\?token=\S+\n)/.exec(text) ?? [];
      if (address && text.includes('ready')) resolve(address);
    });
  }
  // Not `close`: Node leaves it out after a disconnect.
  const ended = [once(child, 'exit'), finished(child.stdout!), finished(child.stderr!)] as const;
  const code = Promise.all(ended).then(([[exit]]) => {
    running.delete(child);
    reject(new Error(`It ended before it was ready:\n${text}`));
    return exit as number | null;
  });
  promise.catch(() => {});
  return { child, output: () => text, address: promise, code };
}

before(async () => {
  await buildSite();
});
after(() => running.forEach((child) => child.kill('SIGKILL')));

describe('npm start', { timeout: 120_000 }, () => {
  it('serves the pages, says where and what next, and ends on Ctrl-C', async () => {
    const { child, output, address, code } = start('0');
    const reply = await fetch(await address, { headers: { connection: 'close' } });
    assert.equal(reply.status, 200);
    assert.match(await reply.text(), /<h1/);
    assert.match(output(), /npm run lab 01/);
    assert.doesNotMatch(output(), /Building/);
    child.kill('SIGINT');
    assert.equal(await code, 0);
  });

  it('ends when whoever started it is gone', async () => {
    const { child, address, code } = start('0');
    await address;
    child.disconnect();
    assert.equal(await code, 0);
  });

  it('two at once serve the same pages', async () => {
    const both = [start('0'), start('0')];
    const pages = await Promise.all(
      both.map(async ({ address }) => (await fetch(await address)).text()),
    );
    assert.equal(pages[0], pages[1]);
    for (const { child, code } of both) {
      child.kill('SIGTERM');
      assert.equal(await code, 0);
    }
  });

  it('names a port that is taken, says what to do, and ends with 1', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { output, code } = start(String(port));
    assert.equal(await code, 1);
    assert.equal(output().trim().split('\n').length, 1);
    assert.match(output(), new RegExp(`port ${port}: .* taken.* Try: PORT=${port + 1} npm start`));
    other.close();
  });

  it('refuses a PORT that is none', async () => {
    const { output, code } = start('four');
    assert.equal(await code, 1);
    assert.match(output(), /^\[npm start\] PORT: got "four", expected a whole number/);
  });
});
