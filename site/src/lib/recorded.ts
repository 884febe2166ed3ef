import type { Recorded } from '../../../labs/kit/record/scenario.ts';

const files = import.meta.glob<Recorded>('../../../labs/*/recorded.json', {
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
