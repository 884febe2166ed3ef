import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coloured } from './coloured.ts';

test('words get classes and no styles; code is text, whatever it says', async () => {
  assert.equal(
    await coloured('{\n  "<b>": ["&", 1]\n}', 'json'),
    '{\n  <span class="keyword">&quot;&lt;b>&quot;</span>: ' +
      '[<span class="string-expression">&quot;&amp;&quot;</span>, <span class="constant">1</span>]\n}',
  );
});
