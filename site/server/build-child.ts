/**
 * Builds the pages into the folder that its argument names: a process of its own, so that a start
 * with nothing to build never loads Astro, and so that a failed build takes nobody with it.
 */
import { build } from 'astro';
import { join } from 'node:path';
import { ownPolicies } from './own-policy.ts';
import { precompress } from './precompress.ts';
import { root } from './sources.ts';

// Whoever asked for the build is gone, even by `kill -9`: nothing may be left running.
process.on('disconnect', () => process.exit(1));

const outDir = process.argv[2];
if (!outDir) throw new Error('[site build] got no output folder. Try: npm start');

await build({ root: join(root, 'site'), outDir, logLevel: 'error' });
ownPolicies(outDir);
precompress(outDir);
process.exit(0);
