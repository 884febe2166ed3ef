/**
 * Import it before anything else of the kit: it gives this test a folder for runs of its own, which
 * goes when the test's process ends.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const ownRuns: string = mkdtempSync(join(tmpdir(), 'nine-hops-runs-'));
process.env['NINE_HOPS_RUNS'] = ownRuns;
process.on('exit', () => rmSync(ownRuns, { recursive: true, force: true }));
