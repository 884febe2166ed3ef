import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SetUpError } from './message.mjs';

const guard = fileURLToPath(new URL('exit-with-parent.cjs', import.meta.url));

// No scripts: none of our packages needs one, and a course should not run strangers' code to install.
const ci = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
const quickRetries = ['--fetch-retries=3', '--fetch-retry-mintimeout=500'];
const patience = ['--fetch-retry-maxtimeout=4000', '--fetch-timeout=60000'];
const log = ['--loglevel=http', '--no-progress', '--no-update-notifier', '--color=false'];

/**
 * Runs `npm ci` and prints nothing; the whole output goes to a log file.
 * @param {{folder: string, node: string, logFile: string}} options the folder with the lock file, the
 *   Node.js that runs npm, where its output is kept
 * @returns {Promise<void>} rejects with a SetUpError that names npm's code and what to do
 */
export async function npmCi({ folder, node, logFile }) {
  const args = ['--require', guard, findNpm(), ...ci, ...quickRetries, ...patience, ...log];
  mkdirSync(dirname(logFile), { recursive: true });
  const { status, output } = await run(node, args, folder);
  writeFileSync(logFile, output);
  if (status !== 0) throw explain(output, status, logFile);
}

/** npm's error code in its output, if there is one. @param {string} output */
function npmErrorCode(output) {
  const code = /^npm (?:error|ERR!) code (\S+)/m.exec(output);
  return code?.[1] ?? /failed with (E[A-Z_]+)/.exec(output)?.[1];
}

/** The same from a kept log. @param {string} logFile */
export function loggedErrorCode(logFile) {
  return existsSync(logFile) ? npmErrorCode(readFileSync(logFile, 'utf8')) : undefined;
}

const network =
  /^(ENOTFOUND|EAI_AGAIN|ECONN\w+|E?TIMEDOUT|ETIMEDOUT|ERR_SOCKET\w*|ENETUNREACH|EHOSTUNREACH|FETCH_ERROR|EPROTO|E5\d\d)$/;

/** Whether an npm error code means that the registry was not reached. @param {string | undefined} code */
export function isNetworkCode(code) {
  return code !== undefined && network.test(code);
}

/** @param {string} output @param {number | null} status @param {string} logFile */
function explain(output, status, logFile) {
  const code = npmErrorCode(output);
  const got = `${code ?? `npm's exit code ${status}`} (all of it in ${logFile})`;
  if (isNetworkCode(code))
    return new SetUpError('npm could not reach its registry', {
      got,
      expected: 'a network for the first start; later starts need none',
      hint: 'connect, check any proxy (npm config get proxy), and run the same command again',
    });
  if (code?.includes('CERT'))
    return new SetUpError('npm does not trust the certificate of its registry', {
      got,
      expected: 'one that its certificates vouch for',
      hint: "npm config set cafile <your network's certificate>, and run the same command again",
    });
  if (code === 'EUSAGE')
    return new SetUpError('package.json and package-lock.json disagree', {
      got,
      expected: 'a lock file made from these package.json files',
      hint: 'git checkout package-lock.json, or npm install --package-lock-only after a change of yours',
    });
  if (code === 'ENOSPC')
    return new SetUpError('the disk is full', {
      got,
      expected: 'about 600 MB of free space',
      hint: 'free some space and run the same command again',
    });
  if (code === 'EACCES' || code === 'EPERM')
    return new SetUpError('npm was not allowed to write', {
      got,
      expected: 'a folder (and an npm cache) that you own',
      hint: 'close programs that use this folder, check who owns it, and run the same command again',
    });
  return new SetUpError('npm ci failed', {
    got,
    expected: 'a finished install',
    hint: 'read the log, then run the same command again',
  });
}

/** The npm that runs this script, or the one beside this Node.js, or the one on the PATH. */
function findNpm() {
  const cli = 'node_modules/npm/bin/npm-cli.js';
  const fromNpm = process.env['npm_execpath'];
  if (fromNpm && basename(fromNpm) === 'npm-cli.js') return fromNpm;
  const here = dirname(process.execPath);
  const onPath = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'npm'));
  const beside = [join(here, '..', 'lib', cli), join(here, cli)];
  for (const file of [...beside, ...onPath]) {
    const real = existsSync(file) ? realpathSync(file) : '';
    if (basename(real) === 'npm-cli.js') return real;
  }
  throw new SetUpError('npm was not found', {
    got: 'none beside Node.js or on the PATH',
    expected: 'npm 10 or newer',
    hint: 'npm start (it says where npm is), or install Node.js with npm from https://nodejs.org',
  });
}

/** @param {string} node @param {string[]} args @param {string} cwd */
function run(node, args, cwd) {
  return new Promise(
    /** @param {(end: {status: number | null, output: string}) => void} resolve */ (resolve) => {
      const env = { ...process.env, EXIT_WITH_PARENT: String(process.pid) };
      const child = spawn(node, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
      let output = '';
      const keep = (/** @type {Buffer} */ chunk) => (output += chunk.toString());
      child.stdout?.on('data', keep);
      child.stderr?.on('data', keep);
      child.once('error', (error) => resolve({ status: null, output: `${output}${error}\n` }));
      child.once('close', (status) => resolve({ status, output }));
    },
  );
}
