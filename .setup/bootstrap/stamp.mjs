import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// Inside node_modules on purpose: `npm ci` deletes that folder first, so an interrupted install has none.
const stampFile = (/** @type {string} */ folder) =>
  join(folder, 'node_modules', '.nine-hops-stamp');

/**
 * What an install depends on: the lock file, the platform and the Node.js that uses it.
 * @param {string} folder a folder with a package-lock.json
 * @param {number} nodeMajor
 */
export function wantedStamp(folder, nodeMajor) {
  const lock = readFileSync(join(folder, 'package-lock.json'));
  const hash = createHash('sha256').update(lock).digest('hex');
  return `${hash} ${process.platform} ${process.arch} node-${nodeMajor}\n`;
}

/** Whether a folder's install was finished for exactly this stamp. @param {string} folder @param {string} stamp */
export function isStamped(folder, stamp) {
  try {
    return readFileSync(stampFile(folder), 'utf8') === stamp;
  } catch {
    return false;
  }
}

/** @param {string} folder @param {string} stamp */
export function writeStamp(folder, stamp) {
  writeFileSync(stampFile(folder), stamp);
}

/** @param {string} folder */
export function removeStamp(folder) {
  rmSync(stampFile(folder), { force: true });
}
