import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { pictureFile, readmePicture } from './readme-picture.ts';

test('the picture in the README is the one that the flow gives', async () => {
  assert.equal(
    readFileSync(pictureFile, 'utf8'),
    await readmePicture(),
    'Try: node site/src/lib/readme-picture.ts',
  );
});
