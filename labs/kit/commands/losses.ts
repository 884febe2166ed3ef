import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadLab } from '../grade/load.ts';
import type { Spread } from '../record/statistics.ts';
import { mosquittoVersion } from '../run/find-mosquitto.ts';
import { labFolder } from '../run/paths.ts';
import { buses } from '../storm/losses.ts';
import { measureLosses } from '../storm/measure-losses.ts';
import { usualSize } from '../storm/plan.ts';
import { loadStorm } from '../storm/storm.ts';

/**
 * Lets storms loose on each variant of a lab on each bus, and writes `labs/NN/losses.json`: the table of
 * losses that lessons show. A bus that is not installed is skipped, with the line that installs it.
 * @param runs how many storms of each kind
 */
export async function losses(slug: string, runs: number): Promise<number> {
  const storm = await loadStorm(slug);
  const { lab } = await loadLab(slug);
  const say = (text: string): void => console.log(text);
  const measured = await measureLosses(lab, storm, {
    seed: 'losses',
    runs,
    ...usualSize,
    mosquitto: mosquittoVersion(),
    say,
  });
  const file = join(labFolder(slug), 'losses.json');
  writeFileSync(file, `${JSON.stringify(measured, null, 1)}\n`);
  for (const { id, on } of measured.variants)
    for (const bus of buses) {
      const loss = on[bus];
      const told = loss ? `lost ${inWords(loss.lost)}, twice ${inWords(loss.twice)}` : 'skipped';
      say(`${id.padEnd(10)} ${bus.padEnd(9)} ${told}`);
    }
  for (const [bus, line] of Object.entries(measured.skipped))
    say(`${bus} is missing. Try: ${line}`);
  say(`Written: labs/${slug}/losses.json`);
  return 0;
}

const inWords = ({ median, min, max }: Spread): string => `${median} (${min} to ${max})`;
