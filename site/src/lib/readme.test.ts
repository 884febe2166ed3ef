import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sectionOf } from './readme.ts';

const html =
  '<h1 id="lab">Lab</h1>\n<h2 id="the-tasks">The <code>tasks</code></h2>\n<p>All.</p>\n' +
  '<h3 id="task-1-cache">Task 1</h3>\n<p>One.</p><h3 id="task-2-save">Task 2</h3>\n<p>Two.</p>\n' +
  '<h2 id="more">More</h2><p>Last.</p>';

test('a section ends where the next of its level or above begins', () => {
  assert.equal(sectionOf(html, 'task-1'), '<p>One.</p>');
  assert.equal(sectionOf(html, 'task-2'), '<p>Two.</p>');
  assert.equal(sectionOf(html, 'more'), '<p>Last.</p>');
  assert.match(sectionOf(html, 'the-tasks'), /^<p>All\.<\/p>[^]*<p>Two\.<\/p>$/);
});

test('a section that is gone stops the build', () => {
  assert.throws(() => sectionOf(html, 'task-3'), /got no heading whose id starts with task-3/);
});
