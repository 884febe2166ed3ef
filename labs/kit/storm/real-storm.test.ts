/** A small storm over real buses: the solution survives it, and a known mistake does not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadLab } from '../grade/load.ts';
import { findMosquitto, mosquittoMissing } from '../run/find-mosquitto.ts';
import { namedSource } from '../run/sources.ts';
import { freshStorm, stormSeeds } from './fresh-storm.ts';
import { loadStorm } from './storm.ts';

const slug = '05-bus-down';
const size = { seed: 'a small one', orders: 60, kills: 2 };

for (const brokerUrl of ['aedes', 'mosquitto']) {
  const missing = brokerUrl === 'mosquitto' && !findMosquitto();
  const skip = missing ? `Mosquitto is missing. Try: ${mosquittoMissing}` : false;
  test(`a small storm on ${brokerUrl}: nothing is lost, nothing twice`, { skip }, async () => {
    const { lab } = await loadLab(slug);
    const { source } = namedSource(lab, 'solution');
    const told = await freshStorm(lab, await loadStorm(slug), { ...size, source, brokerUrl });
    const { result, finding } = told!;
    assert.equal(finding, undefined);
    assert.equal(result.killedAt.length, 2);
    assert.ok(result.messages >= 60, `${result.messages} messages`);
  });
}

test('who remembers no event does some of them twice', async () => {
  const { lab } = await loadLab(slug);
  const { source } = namedSource(lab, 'mutants/twice-delivered-once-reserved--no-inbox');
  // What a kill hits is chance: a small storm may pass by, five hardly do.
  for (const seed of stormSeeds(size.seed, 5)) {
    const told = await freshStorm(lab, await loadStorm(slug), { ...size, seed, source });
    const { result, finding } = told!;
    if (result.twice.length === 0) continue;
    assert.match(finding!.divergence!, /^order \d+, o-[0-9a-f]{10}, is reserved more than once$/);
    return;
  }
  assert.fail('five storms, and no order was reserved twice');
});

test('the same seed gives the same seeds of further storms', () => {
  assert.deepEqual(stormSeeds('a', 3), stormSeeds('a', 3));
  assert.equal(new Set([...stormSeeds('a', 20), ...stormSeeds('b', 20)]).size, 40);
  assert.deepEqual(stormSeeds('a', 1), ['a']);
});
