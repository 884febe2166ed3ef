import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Journal, type Header } from './journal.ts';

const header: Header = {
  type: 'header',
  format: 1,
  lab: '01-nine-hops',
  flow: '0123',
  seed: 's',
  factor: 1.5,
  broker: 'aedes',
  versions: {},
  startedAt: '2026-01-01T00:00:00.000Z',
};

test('every line is in the file as soon as it is journaled, the header first', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'nine-hops-journal-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'j.ndjson');
  const journal = new Journal(header, file);
  journal.note('service-a', 'crashed', 'TypeError');
  journal.mark('check', { check: 'x' });
  const lines = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string });
  assert.deepEqual(lines[0], header);
  assert.deepEqual(
    lines.slice(1).map((l) => l.type),
    ['note', 'mark'],
  );
  journal.close();
});

test('waiting ends with the line that comes, with one that is there, or with nothing in time', async () => {
  const journal = new Journal();
  const isCrash = (line: { type: string }): boolean => line.type === 'note';
  assert.equal(await journal.waitFor(isCrash, { timeout: 20 }), undefined);
  const coming = journal.waitFor(isCrash, { timeout: 5_000 });
  journal.note('a', 'crashed');
  assert.equal((await coming)?.type, 'note');
  assert.equal((await journal.waitFor(isCrash, { timeout: 5_000 }))?.type, 'note');
  assert.equal(await journal.waitFor(isCrash, { timeout: 20, since: 1 }), undefined);
  journal.close();
});
