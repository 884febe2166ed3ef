import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { test } from 'node:test';
import { findMosquitto, mosquittoMissing, mosquittoVersion } from './find-mosquitto.ts';

const windows = process.platform === 'win32';

test('the first on the PATH that can be run is found', (t) => {
  const path = process.env['PATH'];
  const folder = mkdtempSync(join(tmpdir(), 'nine-hops-mosquitto-'));
  t.after(() => {
    process.env['PATH'] = path;
    rmSync(folder, { recursive: true });
  });
  const file = join(folder, windows ? 'mosquitto.exe' : 'mosquitto');
  writeFileSync(file, '');
  process.env['PATH'] = [folder, path].join(delimiter);
  if (!windows) assert.notEqual(findMosquitto(), file, 'a file without the right to run is none');
  chmodSync(file, 0o755);
  assert.equal(findMosquitto(), file);
});

test('there is a line that installs it', () => {
  assert.match(mosquittoMissing, /mosquitto/i);
});

test('it says which one it is', (t) => {
  const program = findMosquitto();
  if (!program) return t.skip(`Mosquitto is missing. Try: ${mosquittoMissing}`);
  return assert.match(mosquittoVersion() ?? '', /^\d+\.\d+/);
});
