/** What lies in a lab's folder may be anything: a page gets runs to play, or why not. */
import { ownRuns } from '../../../labs/kit/run/testing/own-runs.ts';
import assert from 'node:assert/strict';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { Hono } from 'hono';
import type { KeptJournal } from './kept-journals.ts';

const slug = '01-nine-hops';
const folder = join(ownRuns, slug);
const app = new Hono();
let header: object;

before(async () => {
  // After the folder of our own: where runs are kept is decided when the kit is loaded.
  const { replayRoutes } = await import('./replays.ts');
  const { loadLab } = await import('../../../labs/kit/grade/load.ts');
  const { lines } = await import('../../../labs/kit/replay/testing/journal.ts');
  replayRoutes(app);
  header = lines.header(await loadLab(slug));
  mkdirSync(join(folder, 'folder.ndjson'), { recursive: true });
});

const keep = (name: string, text: string | Buffer): void =>
  writeFileSync(join(folder, `${name}.ndjson`), text);
const ask = async (name: string): Promise<{ status: number; text: string }> => {
  const reply = await app.request(`/labs/${slug}/replays/${name}`);
  return { status: reply.status, text: await reply.text() };
};

test('what is no journal is not listed and not found', async () => {
  keep('empty', '');
  keep('binary', Buffer.from([0, 255, 10, 254, 0]));
  keep('half', JSON.stringify(header).slice(0, 40));
  keep('without-end', `{"type":"header","x":"${'y'.repeat(100_000)}`);
  keep('good', `${JSON.stringify(header)}\n{"type":"hop"`);
  const list = (await (await app.request(`/labs/${slug}/replays`)).json()) as KeptJournal[];
  assert.deepEqual(
    list.map(({ name }) => name),
    ['good.ndjson'],
  );
  for (const name of ['empty', 'binary', 'half', 'without-end', 'folder'])
    assert.equal((await ask(`${name}.ndjson`)).status, 404, name);
  assert.deepEqual(await ask('good.ndjson'), { status: 200, text: '[]' });
});

test('a journal of other flows, or with lines that are none, says so', async () => {
  keep('old', JSON.stringify({ ...header, flow: 'before' }));
  keep('broken', `${JSON.stringify(header)}\n\u0000\n{}\n`);
  for (const [name, why] of [
    ['old', /recorded under other flows/],
    ['broken', /not a journal/],
  ] as const) {
    const { status, text } = await ask(`${name}.ndjson`);
    assert.equal(status, 409, name);
    assert.match(text, why);
  }
});

test('a journal too long to be judged while others wait is named, and a way to read it', async () => {
  keep('long', `${JSON.stringify(header)}\n`);
  truncateSync(join(folder, 'long.ndjson'), 50_000_000);
  const { status, text } = await ask('long.ndjson');
  assert.equal(status, 409);
  assert.match(
    text,
    /got a journal of 50 MB, expected at most 8\. Try: npm run grade 01 -- --journal/,
  );
});
