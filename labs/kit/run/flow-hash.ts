import { createHash } from 'node:crypto';
import type { Architecture } from '../flow/types.ts';

/** Twelve hex digits that tell whether a journal was recorded under these flows. */
export const flowHash = (architecture: Architecture): string =>
  createHash('sha256').update(JSON.stringify(architecture)).digest('hex').slice(0, 12);
