import { mkdirSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const windows = process.platform === 'win32';

// npm puts node_modules/.bin first on a script's PATH. `node` there serves programs that start with
// `env node`. The second half of a script needs a name of its own: its shell has already looked up
// `node` for the first half, and remembers the machine's.
const names = { always: 'course-node', runtimeOnly: 'node' };

/**
 * Whether both names mean what they should: `course-node` this binary, `node` too if it is not the
 * machine's own.
 * @param {string} root
 * @param {string | undefined} runtime the course's own Node.js, if this machine needs one
 */
export function isLinked(root, runtime) {
  return links(root, runtime).every(({ file, content }) => readLink(file) === content);
}

/** Makes it so. @param {string} root @param {string | undefined} runtime */
export function linkNode(root, runtime) {
  for (const { file, content } of links(root, runtime)) {
    rmSync(file, { force: true });
    if (content === undefined) continue;
    mkdirSync(dirname(file), { recursive: true });
    if (windows) writeFileSync(file, content);
    else symlinkSync(content, file);
  }
}

/** @param {string} root @param {string | undefined} runtime */
function links(root, runtime) {
  const bin = join(root, 'node_modules', '.bin');
  const file = (/** @type {string} */ name) => join(bin, windows ? `${name}.cmd` : name);
  // Relative, so that the folder can be moved.
  const own = runtime && relative(bin, runtime);
  const content = (/** @type {string | undefined} */ path) => {
    if (!windows || path === undefined) return path;
    return `@"${path === own ? `%~dp0\\${path}` : path}" %*\r\n`;
  };
  return [
    { file: file(names.always), content: content(own ?? process.execPath) },
    { file: file(names.runtimeOnly), content: content(own) },
  ];
}

/** @param {string} file */
function readLink(file) {
  try {
    return windows ? readFileSync(file, 'utf8') : readlinkSync(file);
  } catch {
    return undefined;
  }
}
