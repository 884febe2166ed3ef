import { createHash, hash as hashOf } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { labFolder, labsFolder, root } from '../run/paths.ts';

/** What no verdict depends on: the learner's own, tests, texts. */
const leftOut =
  /(?:^|\/)(?:src|node_modules|testing)\/|\.test\.ts$|\.snapshot$|\.md$|\/recorded\.json$/;

/** A hash of all that verdicts on a lab depend on: its folder, the kit, the packages and Node.js. */
export const fingerprintOf = (slug: string): string => {
  const sources = fingerprint([labFolder(slug), join(labsFolder, 'kit')], root);
  const packages = readFileSync(join(root, 'package-lock.json'), 'utf8');
  return hashOf('sha256', `${sources}\0${process.version}\0${packages}`).slice(0, 16);
};

/** A hash of the names and texts of all files below some folders. */
export function fingerprint(folders: readonly string[], base: string): string {
  const hash = createHash('sha256');
  for (const folder of folders)
    for (const file of filesBelow(folder)) {
      const name = relative(base, file).replaceAll('\\', '/');
      if (!leftOut.test(name)) hash.update(`${name}\0`).update(readFileSync(file)).update('\0');
    }
  return hash.digest('hex').slice(0, 16);
}

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
