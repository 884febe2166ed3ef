/** A service may print what it likes; its lab stays a lab. */
import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import type { LiveEvent } from './events.ts';
import { Output } from './output.ts';

function heard(): { output: Output; texts: string[] } {
  const texts: string[] = [];
  const tell = (event: LiveEvent): void => {
    if (event.is === 'output') texts.push(`${event.component} ${event.stream}: ${event.text}`);
  };
  return { output: new Output(tell), texts };
}

test('of a flood its beginning is told, then how much it was; others are heard meanwhile', (t) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => mock.timers.reset());
  const { output, texts } = heard();
  for (let i = 0; i < 10_000; i += 1) output.line('service-a', `line ${i}`, 'stdout');
  output.line('service-b', 'an order came in', 'stdout');
  assert.equal(texts.length, 201);
  assert.deepEqual(texts.slice(-2), [
    'service-a stdout: line 199',
    'service-b stdout: an order came in',
  ]);
  mock.timers.tick(1_000);
  assert.equal(texts.at(-1), 'service-a stderr: … and 9800 more lines in this second');
  output.line('service-a', 'calm again', 'stdout');
  assert.equal(texts.at(-1), 'service-a stdout: calm again');
  mock.timers.tick(1_000);
  assert.equal(texts.length, 203);
});

test('the same complaint is told once, Node’s own frames not at all', () => {
  const { output, texts } = heard();
  for (const text of ['ECONNREFUSED', 'ECONNREFUSED', 'Node.js v26.1.0', 'other'])
    output.line('service-c', text, 'stderr');
  output.stop();
  assert.deepEqual(texts, ['service-c stderr: ECONNREFUSED', 'service-c stderr: other']);
});
