import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SetUpError } from './message.mjs';
import { isNetworkCode, loggedErrorCode } from './npm.mjs';

/** The version that `.setup/runtime/package.json` asks for. */
export const RUNTIME_MAJOR = 26;

/**
 * The Node.js binary that npm put into the runtime folder, if there is one.
 * @param {string} folder `.setup/runtime`
 */
export function runtimeBinary(folder) {
  return packages(folder)
    .flatMap((path) => [join(path, 'bin', 'node'), join(path, 'bin', 'node.exe')])
    .find((file) => existsSync(file));
}

/**
 * Makes sure that the installed binary runs here, and deletes what no one needs (headers, man pages).
 * npm calls an optional package that did not arrive a success, so this is the only check.
 * @param {string} folder `.setup/runtime`
 * @param {string} logFile what npm said, to tell a missing network from a missing build
 */
export function verifyRuntime(folder, logFile) {
  const binary = runtimeBinary(folder);
  const end = binary && spawnSync(binary, ['--version'], { encoding: 'utf8' });
  if (!end || end.status !== 0 || !end.stdout.startsWith(`v${RUNTIME_MAJOR}.`)) {
    const code = loggedErrorCode(logFile);
    throw isNetworkCode(code) ? noNetwork(code, logFile) : noBuild(Boolean(binary), logFile);
  }
  for (const path of packages(folder))
    for (const extra of ['include', 'share', 'CHANGELOG.md'])
      rmSync(join(path, extra), { recursive: true, force: true });
}

/** @param {string} folder */
function packages(folder) {
  const modules = join(folder, 'node_modules');
  if (!existsSync(modules)) return [];
  const names = readdirSync(modules).filter((name) => name.startsWith('node-'));
  return names.map((name) => join(modules, name));
}

/** @param {string | undefined} code @param {string} logFile */
function noNetwork(code, logFile) {
  return new SetUpError('npm could not reach its registry', {
    got: `${code} (all of it in ${logFile})`,
    expected: 'a network for the first start; later starts need none',
    hint: 'connect and run the same command again, or install Node.js 24 from https://nodejs.org',
  });
}

/** @param {boolean} present @param {string} logFile */
function noBuild(present, logFile) {
  const platform = `${process.platform}-${process.arch}`;
  return new SetUpError(
    `this machine's Node.js ${process.versions.node} is too old to run the course`,
    {
      got: present
        ? `a Node.js ${RUNTIME_MAJOR} that does not start here`
        : `no Node.js ${RUNTIME_MAJOR} for ${platform} from npm (see ${logFile})`,
      expected: 'Node.js 24.16 or newer',
      hint: 'install Node.js 24 from https://nodejs.org and run the command again',
    },
  );
}
