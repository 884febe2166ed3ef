import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isLinked, linkNode } from './link.mjs';
import { withLock } from './lock.mjs';
import { progress, SetUpError } from './message.mjs';
import { runsTheCourse } from './node-version.mjs';
import { npmCi } from './npm.mjs';
import { RUNTIME_MAJOR, runtimeBinary, verifyRuntime } from './runtime.mjs';
import { isStamped, removeStamp, wantedStamp, writeStamp } from './stamp.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const runtime = join(root, '.setup', 'runtime');
const logFile = (/** @type {string} */ name) => join(root, '.runs', 'set-up', `${name}.log`);

/** Prepares the clone for the second half of an npm script; ends the process with 1 if it cannot. */
export async function bootstrap() {
  try {
    if (!isReady()) await withLock(join(root, '.setup', '.lock'), prepare);
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

/** Once linked, `node` is the runtime itself, which says nothing about the machine's own. */
function needsRuntime() {
  const isRuntime = process.execPath.startsWith(runtime + sep);
  return isRuntime || !runsTheCourse(process.versions.node);
}

function stamps() {
  const ownMajor = Number(process.versions.node.split('.')[0]);
  const runtimeMajor = needsRuntime() ? RUNTIME_MAJOR : undefined;
  return {
    // The machine's Node.js only carries npm into the runtime folder; the binary there is its own.
    runtime: runtimeMajor && wantedStamp(runtime, runtimeMajor),
    root: wantedStamp(root, runtimeMajor ?? ownMajor),
  };
}

function isReady() {
  const wanted = stamps();
  const binary = wanted.runtime && runtimeBinary(runtime);
  if (wanted.runtime && !(binary && isStamped(runtime, wanted.runtime))) return false;
  return isStamped(root, wanted.root) && isLinked(root, binary || undefined);
}

/** Does only what is missing: the one who waited for the lock mostly finds all done. */
async function prepare() {
  const wanted = stamps();
  if (wanted.runtime) {
    const stamp = wanted.runtime;
    if (!runtimeBinary(runtime) || !isStamped(runtime, stamp))
      await install(
        `installing Node.js ${RUNTIME_MAJOR} for the course`,
        'runtime',
        runtime,
        stamp,
      );
  }
  const binary = wanted.runtime && runtimeBinary(runtime);
  if (!isStamped(root, wanted.root)) {
    // npm looks for its global settings (a proxy, a certificate) beside its Node.js. `npm run` hands
    // them on to the course's own; without it, npm has to stay with the one that it came with.
    const node = process.env['npm_execpath'] ? binary : undefined;
    await install('installing the packages', 'packages', root, wanted.root, node || undefined);
  }
  linkNode(root, binary || undefined);
}

/**
 * @param {string} text
 * @param {'runtime' | 'packages'} name
 * @param {string} folder
 * @param {string} stamp
 * @param {string} [node]
 */
async function install(text, name, folder, stamp, node = process.execPath) {
  await progress(text, async () => {
    removeStamp(folder);
    await npmCi({ folder, node, logFile: logFile(name) });
    if (name === 'runtime') verifyRuntime(runtime, logFile(name));
    writeStamp(folder, stamp);
  });
}
