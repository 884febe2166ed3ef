import { mkdirSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const windows = process.platform === 'win32';

// npm puts node_modules/.bin first on a script's PATH, so this name decides which Node.js runs its second half.
const linkFile = (/** @type {string} */ root) =>
  join(root, 'node_modules', '.bin', windows ? 'node.cmd' : 'node');

/**
 * Whether `node` in an npm script already means this binary (or, without one, the machine's own).
 * @param {string} root
 * @param {string | undefined} binary
 */
export function isLinked(root, binary) {
  return readLink(root) === (binary && linkTo(root, binary));
}

/** Makes it so. @param {string} root @param {string | undefined} binary */
export function linkNode(root, binary) {
  const file = linkFile(root);
  rmSync(file, { force: true });
  if (!binary) return;
  mkdirSync(dirname(file), { recursive: true });
  if (windows) writeFileSync(file, linkTo(root, binary));
  else symlinkSync(linkTo(root, binary), file);
}

/** Relative, so that the folder can be moved. @param {string} root @param {string} binary */
function linkTo(root, binary) {
  const path = relative(dirname(linkFile(root)), binary);
  return windows ? `@"%~dp0\\${path}" %*\r\n` : path;
}

/** @param {string} root */
function readLink(root) {
  try {
    return windows ? readFileSync(linkFile(root), 'utf8') : readlinkSync(linkFile(root));
  } catch {
    return undefined;
  }
}
