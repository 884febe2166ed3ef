import type { Header } from '../wire/journal.ts';
import type { Lab } from './define.ts';
import { flowHash } from './flow-hash.ts';

interface Recorded {
  lab: Lab;
  seed: string;
  factor: number;
  broker: { name: string };
}

/** What a journal of this lab has to say about itself, to be judged again. */
export function headerOf(running: Recorded): Header {
  return {
    type: 'header',
    format: 1,
    lab: running.lab.slug,
    flow: flowHash(running.lab),
    seed: running.seed,
    factor: running.factor,
    broker: running.broker.name,
    versions: { node: process.versions.node, sqlite: process.versions['sqlite'] ?? '' },
    startedAt: new Date().toISOString(),
  };
}
