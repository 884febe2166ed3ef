import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { buildSite, dist, isFresh, stampName } from './build.ts';
import { hashSources } from './sources.ts';

describe('buildSite', { timeout: 120_000 }, () => {
  it('builds what is stale, once for all who ask at once', async () => {
    const reports = await Promise.all([buildSite(), buildSite(), buildSite()]);
    assert.ok(reports.filter(({ built }) => built).length <= 1);
    assert.ok(isFresh());
    assert.match(readFileSync(join(dist, 'index.html'), 'utf8'), /<html/);
  });

  it('does nothing when nothing changed', async () => {
    await buildSite();
    let began = false;
    const { built } = await buildSite(() => (began = true));
    assert.equal(built, false);
    assert.equal(began, false);
  });

  it('stamps the pages with the hash of their sources', async () => {
    await buildSite();
    assert.equal(readFileSync(join(dist, stampName), 'utf8'), hashSources());
  });

  it('keeps Astro’s telemetry off', () => {
    const source = readFileSync(new URL('./build.ts', import.meta.url), 'utf8');
    assert.match(source, /ASTRO_TELEMETRY_DISABLED: '1'/);
  });
});
