import type { Finding } from './results.ts';

/** The learner's work is not as the check expects. */
export class NotAsExpected extends Error {
  override name = 'NotAsExpected';
  readonly finding: Finding;

  constructor(finding: Finding) {
    super(`${finding.headline}\nexpected: ${finding.expected}\nobserved: ${finding.observed}`);
    this.finding = finding;
  }
}

/** The check could not find out: its fault hit nothing, or the bus is not ours to kill. */
export class Inconclusive extends Error {
  override name = 'Inconclusive';
}

/** The lab itself failed: no verdict on anybody's work. */
export class LabFailed extends Error {
  override name = 'LabFailed';
}
