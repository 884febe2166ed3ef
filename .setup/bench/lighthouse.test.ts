import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readReport, type Report } from './lighthouse.ts';

const category = (score: number | null) => ({
  score,
  auditRefs: [
    { id: 'largest-contentful-paint', weight: 25 },
    { id: 'speed-index', weight: 10 },
    { id: 'bf-cache', weight: 0 },
  ],
});

const report = (performance: number | null): Report => ({
  categories: {
    performance: category(performance),
    accessibility: category(1),
    'best-practices': category(1),
    seo: category(0.915),
  },
  audits: {
    'largest-contentful-paint': { score: 0.98, numericValue: 1240 },
    'speed-index': { score: null },
    'bf-cache': { score: 0 },
  },
});

test('marks are of 100, and what costs some is named', () => {
  assert.deepEqual(readReport(report(0.99)), {
    scores: [99, 100, 100, 92],
    lcpSeconds: 1.24,
    short: ['largest-contentful-paint'],
  });
});

test('a page without a mark is an error, not a 0', () => {
  assert.throws(() => readReport(report(null)), /no mark for performance/);
  assert.throws(
    () => readReport({ ...report(1), runtimeError: { message: 'page did not load' } }),
    /did not load/,
  );
});
