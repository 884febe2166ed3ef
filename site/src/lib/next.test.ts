import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextOf } from './next.ts';

const place = (chapter: string, mode: string) => ({ chapter, href: `/${chapter}/${mode}/` });
const [learn, project, polling] = [
  place('01-nine-hops', 'learn'),
  place('01-nine-hops', 'project'),
  place('02-polling', 'learn'),
];
const all = [learn, project, polling];

test('after a lesson comes the next one of its chapter, however many modes lie between', () => {
  assert.deepEqual(nextOf(all, learn), { kind: 'lesson', lesson: project });
});

test('after a chapter’s last lesson comes the next chapter', () => {
  assert.deepEqual(nextOf(all, project), { kind: 'chapter', chapter: '02-polling' });
});

test('after the last lesson there is comes the home page', () => {
  assert.deepEqual(nextOf(all, polling), { kind: 'home' });
});
