import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { chapters, modes } from './course.ts';

test('chapters are numbered from one on, as their slugs are', () => {
  assert.ok(chapters.length > 0);
  for (const [i, { slug, number }] of chapters.entries()) {
    assert.equal(number, i + 1);
    assert.match(slug, /^\d\d-[a-z][a-z-]*$/);
    assert.equal(Number(slug.slice(0, 2)), number);
  }
});

test('each chapter answers one question', () => {
  for (const { question } of chapters) assert.match(question, /^[^?]+\?$/);
});

test('nine modes, in the order in which they follow each other', () => {
  assert.deepEqual(
    modes.map(({ id }) => id),
    ['learn', 'visualize', 'why', 'deep', 'try', 'challenge', 'project', 'review', 'scale'],
  );
});

test('every chapter that has lessons or a lab is in the course', () => {
  const folders = ['../chapters/', '../../../labs/'].flatMap((path) =>
    readdirSync(new URL(path, import.meta.url)).filter((name) => /^\d\d-/.test(name)),
  );
  assert.ok(folders.length > 0);
  const slugs = new Set(chapters.map(({ slug }) => slug));
  assert.deepEqual(
    folders.filter((name) => !slugs.has(name)),
    [],
  );
});
