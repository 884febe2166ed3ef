import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { root } from '../run/paths.ts';

/** When, on what and with which versions something was measured: what one needs to judge a figure. */
export interface Circumstances {
  date: string;
  machine: { cores: number; platform: string; node: string };
  versions: Record<string, string>;
}

/** Packages whose versions a reader of the figures should know. */
const packages = ['aedes', 'mqtt', 'hono'];

/** Those of here and now. */
export function circumstances(): Circumstances {
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: {
      cores: availableParallelism(),
      platform: `${process.platform}-${process.arch}`,
      node: process.versions.node,
    },
    versions: Object.fromEntries(packages.map((name) => [name, versionOf(name)])),
  };
}

function versionOf(name: string): string {
  const file = join(root, 'node_modules', name, 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
