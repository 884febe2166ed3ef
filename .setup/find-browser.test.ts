import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { findBrowser } from './find-browser.ts';

const before = process.env['CHROMIUM_PATH'];

afterEach(() => {
  if (before === undefined) delete process.env['CHROMIUM_PATH'];
  else process.env['CHROMIUM_PATH'] = before;
});

test('CHROMIUM_PATH comes first', () => {
  const file = fileURLToPath(import.meta.url);
  process.env['CHROMIUM_PATH'] = file;
  assert.deepEqual(findBrowser(), { how: 'CHROMIUM_PATH', executablePath: file });
});

test('a CHROMIUM_PATH without a file is named, never silently passed over', () => {
  process.env['CHROMIUM_PATH'] = '/no/such/browser';
  assert.throws(findBrowser, { message: /got \/no\/such\/browser, expected .+ Try: / });
});
