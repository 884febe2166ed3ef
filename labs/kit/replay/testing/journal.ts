import { seenInOrder } from '../../flow/testing/nine-hops.ts';
import type { Flow } from '../../flow/types.ts';
import type { Graded } from '../../grade/load.ts';
import { flowHash } from '../../run/flow-hash.ts';

/** Lines for a journal made by hand. */
export const lines = {
  header: ({ lab }: Graded, more: Record<string, unknown> = {}) => ({
    type: 'header',
    format: 1,
    lab: lab.slug,
    flow: flowHash(lab),
    seed: '1f',
    factor: 1,
    broker: 'aedes',
    versions: {},
    startedAt: '2026-01-01T00:00:00.000Z',
    ...more,
  }),
  run: (run: string, action: string, at: number, id = run) => ({
    type: 'mark',
    at,
    what: 'run',
    run,
    action,
    id,
  }),
  /** The hops named, one every 2 ms from `at`. */
  hops: (run: string, flow: Flow, ids: readonly string[], at = 0) =>
    seenInOrder(flow, ids).map((hop) => ({ type: 'hop', ...hop, at: hop.at + at, run })),
  note: (component: string, what: string, at: number, detail?: string) => ({
    type: 'note',
    at,
    component,
    what,
    ...(detail !== undefined && { detail }),
  }),
  verdict: (run: string, flow: Flow, startAt: number, endAt: number, without: string[] = []) => ({
    type: 'mark',
    at: endAt,
    what: 'verdict',
    run,
    flow: flow.id,
    startAt,
    endAt,
    without,
    verdict: 'as recorded',
    index: 0,
  }),
  check: (check: string, at: number) => ({ type: 'mark', at, what: 'check', check }),
  result: (check: string, at: number) => ({
    type: 'mark',
    at,
    what: 'result',
    check,
    outcome: 'pass',
  }),
};

/** A journal's text. */
export const journalText = (...all: readonly object[]): string =>
  all.map((line) => `${JSON.stringify(line)}\n`).join('');
