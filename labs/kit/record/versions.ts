import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../run/paths.ts';

/** Packages whose versions a reader of what was recorded should know. */
const packages = ['aedes', 'mqtt', 'hono'];

/** The versions of the packages that a recording depends on, by name. */
export const versionsOf = (): Record<string, string> =>
  Object.fromEntries(packages.map((name) => [name, versionOf(name)]));

function versionOf(name: string): string {
  const file = join(root, 'node_modules', name, 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
