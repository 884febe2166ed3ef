import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { root } from './test/root.ts';

interface LockedPackage {
  resolved?: string;
  link?: boolean;
  optionalDependencies?: Record<string, string>;
}

function read(file: string): Record<string, LockedPackage> {
  const lock: unknown = JSON.parse(readFileSync(join(root, file), 'utf8'));
  return (lock as { packages: Record<string, LockedPackage> }).packages;
}

const files = ['', '.setup/runtime/', '.setup/lighthouse/'].map((at) => `${at}package-lock.json`);
for (const file of files) {
  describe(file, () => {
    const packages = read(file);

    test('names no registry: each machine has its own', () => {
      const urls = Object.values(packages).filter(({ link }) => !link);
      assert.deepEqual(
        urls.flatMap(({ resolved }) => resolved ?? []),
        [],
      );
    });

    // npm leaves out, without a word, what its registry did not have, and `npm ci` then refuses the lock.
    test('has each optional package, for every platform', () => {
      const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
        Object.keys(optionalDependencies)
          .filter((name) => !packages[`${path}/node_modules/${name}`])
          .filter((name) => !packages[`node_modules/${name}`])
          .map((name) => `${path} → ${name}`),
      );
      assert.deepEqual(missing, []);
    });
  });
}
