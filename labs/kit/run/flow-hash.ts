import { createHash } from 'node:crypto';
import type { Lab } from './define.ts';

/** Twelve hex digits that tell whether a journal was recorded under these flows. */
export const flowHash = ({ architecture, parts }: Pick<Lab, 'architecture' | 'parts'>): string =>
  createHash('sha256')
    .update(JSON.stringify([architecture, parts]))
    .digest('hex')
    .slice(0, 12);
