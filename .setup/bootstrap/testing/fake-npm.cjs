// Stands in for npm's `npm-cli.js`: does what FAKE_NPM says and keeps a list of its calls.
const { appendFileSync, chmodSync, mkdirSync, rmSync, writeFileSync } = require('node:fs');
const { basename, join } = require('node:path');

const folder = process.cwd();
const isRuntime = basename(folder) === 'runtime';
const modules = join(folder, 'node_modules');
const calls = process.env['FAKE_NPM_CALLS'] ?? '';
const mode = process.env['FAKE_NPM'] ?? 'works';

appendFileSync(calls, `${isRuntime ? 'runtime' : 'root'}\n`);
rmSync(modules, { recursive: true, force: true });
mkdirSync(modules);

/** A binary like the runtime's: it knows its version, and is this Node.js otherwise. */
function writeRuntime() {
  const bin = join(modules, 'node-fake', 'bin');
  mkdirSync(bin, { recursive: true });
  mkdirSync(join(modules, 'node-fake', 'include'));
  const version = 'if [ "$1" = --version ]; then echo v26.10.0; exit; fi';
  writeFileSync(join(bin, 'node'), `#!/bin/sh\n${version}\nexec "${process.execPath}" "$@"\n`);
  chmodSync(join(bin, 'node'), 0o755);
}

const offline = 'npm http fetch GET https://npm.invalid/x attempt 1 failed with ENOTFOUND\n';

console.log('added 1 package, and some noise');
console.error('npm warn Unknown user config "x"');
if (mode === 'works') {
  if (isRuntime) writeRuntime();
} else if (mode === 'offline') {
  // As the real one: a missing optional package is a success.
  process.stderr.write(offline);
  if (!isRuntime) {
    process.stderr.write('npm error code ENOTFOUND\nnpm error a long story\n');
    process.exitCode = 1;
  }
} else if (mode === 'stale-lock') {
  process.stderr.write('npm error code EUSAGE\n');
  process.exitCode = 1;
} else if (mode === 'hangs') {
  appendFileSync(calls, `pid ${process.pid}\n`);
  setInterval(() => {}, 1000);
} else if (mode === 'waits' && !isRuntime) {
  // Goes on when the test says so, by a file.
  const { existsSync } = require('node:fs');
  const timer = setInterval(() => {
    if (existsSync(`${calls}.go`)) clearInterval(timer);
  }, 20);
}
