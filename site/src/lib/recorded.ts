import type { Recorded } from '../../../labs/kit/record/scenario.ts';
import type { Losses } from '../../../labs/kit/storm/losses.ts';

const files = import.meta.glob<Recorded>('../../../labs/*/recorded.json', {
  import: 'default',
  eager: true,
});

const lossFiles = import.meta.glob<Losses>('../../../labs/*/losses.json', {
  import: 'default',
  eager: true,
});

/** What was recorded of a lab. */
export function recordedOf(lab: string): Recorded {
  const found = files[`../../../labs/${lab}/recorded.json`];
  if (found) return found;
  throw new Error(
    `[labs/${lab}/recorded.json] missing: got no such file, expected figures. Try: npm run record ${lab.slice(0, 2)}`,
  );
}

/** What storms left of a lab. */
export function lossesOf(lab: string): Losses {
  const found = lossFiles[`../../../labs/${lab}/losses.json`];
  if (found) return found;
  throw new Error(
    `[labs/${lab}/losses.json] missing: got no such file, expected what storms left. Try: npm run record ${lab.slice(0, 2)} -- --losses`,
  );
}
