import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the whole course. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');

/**
 * Where runs keep what they leave: journals, results, backups. Not under version control.
 * `NINE_HOPS_RUNS` names another folder; it must be inside the course, since services that run from
 * there find their packages by their place.
 */
export const runsFolder = process.env['NINE_HOPS_RUNS'] ?? join(root, '.runs');

export const labsFolder = join(root, 'labs');

/** The folder of one lab. */
export const labFolder = (slug: string): string => join(labsFolder, slug);
