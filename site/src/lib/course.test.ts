import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { chapters, modes } from './course.ts';

test('six chapters, numbered as their slugs are', () => {
  assert.deepEqual(
    chapters.map(({ slug }) => slug),
    ['01-nine-hops', '02-polling', '03-notify', '04-topics', '05-bus-down', '06-choose'],
  );
  for (const { slug, number } of chapters) assert.equal(Number(slug.slice(0, 2)), number);
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
