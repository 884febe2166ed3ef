import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadLab, slugs } from '../grade/load.ts';
import { mosquittoVersion } from '../run/find-mosquitto.ts';
import { labFolder } from '../run/paths.ts';
import { namedSource } from '../run/sources.ts';
import type { Losses } from './losses.ts';
import type { Told } from './fresh-storm.ts';
import { measureLosses, notWhole } from './measure-losses.ts';
import { loadStorm } from './storm.ts';

const slug = '05-bus-down';

test('each variant is measured so often on each bus, and each figure has its range', async () => {
  const mosquitto = mosquittoVersion();
  const here = mosquitto === undefined ? ['aedes'] : ['aedes', 'mosquitto'];
  const { losses, said } = await measured({ runs: 2, mosquitto });
  assert.equal(said.length, 2 * here.length);
  assert.deepEqual(Object.keys(losses.variants[0]!.on), here);
  assert.equal(losses.versions['mosquitto'], mosquitto);
  const { lost, twice, messages } = losses.variants[0]!.on.aedes!;
  assert.deepEqual([lost, twice], [nothing, nothing]);
  assert.ok(messages.min >= 20);
});

test('without Mosquitto its column is skipped, with the line that installs it', async () => {
  const { losses } = await measured({ runs: 1, mosquitto: undefined });
  assert.match(losses.skipped.mosquitto!, /mosquitto/);
  assert.deepEqual(Object.keys(losses.variants[0]!.on), ['aedes']);
});

test('a storm in which a service stopped, or that took too few orders, gives no figure', () => {
  const storm = (accepted: number, crash?: Told['crash']): Pick<Told, 'result' | 'crash'> => ({
    result: { accepted } as Told['result'],
    crash,
  });
  const crash = { component: 'warehouse', error: 'Error: no', place: 'warehouse.ts:1' };
  assert.equal(notWhole(storm(20), 20), undefined);
  assert.equal(
    notWhole(storm(20, crash), 20),
    'warehouse stopped: got Error: no, expected that it keeps running',
  );
  assert.equal(notWhole(storm(19), 20), 'got 19 orders accepted, expected 20');
});

/** What a lab’s own variant loses in a calm: a storm without a kill. */
async function measured(options: { runs: number; mosquitto: string | undefined }) {
  const [{ lab }, storm] = [await loadLab(slug), await loadStorm(slug)];
  const said: string[] = [];
  const say = (text: string): unknown => said.push(text);
  const calm = { seed: 'a', orders: 20, kills: 0, say };
  const own = { ...storm, variants: storm.variants.slice(-1) };
  return { losses: await measureLosses(lab, own, { ...calm, ...options }), said };
}

const nothing = { median: 0, min: 0, max: 0 };

for (const lab of slugs().filter((one) => existsSync(join(labFolder(one), 'losses.json'))))
  test(`what lab ${lab} has recorded is of its variants, and its own loses nothing`, async () => {
    const text = readFileSync(join(labFolder(lab), 'losses.json'), 'utf8');
    const losses = JSON.parse(text) as Losses;
    const { variants } = await loadStorm(lab);
    const graded = await loadLab(lab);
    assert.deepEqual(
      losses.variants.map(({ id, title }) => ({ id, title })),
      variants.map(({ id, title }) => ({ id, title })),
    );
    for (const { source } of variants) namedSource(graded.lab, source).remove();
    assert.ok(losses.runs >= 5);
    for (const { lost, twice } of Object.values(losses.variants.at(-1)!.on))
      assert.deepEqual([lost, twice], [nothing, nothing]);
  });
