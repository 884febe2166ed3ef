import { relative } from 'node:path';
import { loadLab } from '../grade/load.ts';
import { removeLeftovers } from '../run/leftovers.ts';
import { lockLab } from '../run/lock.ts';
import { root } from '../run/paths.ts';
import { busyLoops } from '../soak/busy.ts';
import { fingerprintOf } from '../soak/fingerprint.ts';
import { jobsOf, type Times } from '../soak/jobs.ts';
import { keepEntry, readEntries, soakFile, type Entry } from '../soak/kept.ts';
import { soak, startWarm } from '../soak/soak.ts';

/**
 * Judges every right variant and every mutant of some labs again and again on a busy machine, and
 * counts verdicts that are wrong. What is known is kept: the same command goes on where it was ended.
 * @returns 1 if a verdict was wrong, else 0
 */
export async function soakLabs(
  chosen: readonly string[],
  { loops, ...times }: Times & { loops: number },
): Promise<number> {
  removeLeftovers();
  const busy = busyLoops(loops);
  let [verdicts, wrong] = [0, 0];
  try {
    for (const slug of chosen) {
      const entries = await soakLab(slug, times);
      const counts = countsOf(entries);
      console.log(`${slug}: ${inWords(entries)}`);
      verdicts += counts.verdicts;
      wrong += counts.wrong;
    }
  } finally {
    await busy.stop();
  }
  const nothing = verdicts === 0;
  if (nothing) console.error('[soak] nothing was judged: got no verdict, expected some');
  console.log(`${verdicts - wrong} passed, ${wrong} failed, 0 skipped`);
  return wrong > 0 || nothing ? 1 : 0;
}

async function soakLab(slug: string, times: Times): Promise<Entry[]> {
  const graded = await loadLab(slug);
  const unlock = lockLab(slug, 'soaking');
  const file = soakFile(slug);
  const jobs = jobsOf(graded, times);
  const fingerprint = fingerprintOf(slug);
  const known = readEntries(file, fingerprint);
  const place = relative(root, file);
  const rounds = jobs.at(-1)?.round ?? 0;
  if (known.length > 0)
    console.log(
      `${slug}: ${inWords(known)} are known already, from ${place}; remove it to start anew`,
    );
  known.forEach(tellWrong);
  let done = known.length;
  try {
    return await soak({
      jobs,
      fingerprint,
      known,
      start: (job) => startWarm(graded, job),
      onEntry: (entry) => {
        keepEntry(file, entry);
        done += 1;
        const { variant, round } = entry;
        if (process.stdout.isTTY)
          console.log(
            `${done}/${jobs.length} round ${round}/${rounds} ${variant}: ${inWords([entry])}`,
          );
        tellWrong(entry);
      },
      onRound: (round, entries) => {
        if (!process.stdout.isTTY)
          console.log(`${slug}, round ${round}/${rounds}: ${inWords(entries)}`);
      },
    });
  } finally {
    unlock();
  }
}

function tellWrong({ variant, round, wrong }: Entry): void {
  for (const { check, outcome, message } of wrong)
    console.log(`✗ ${variant}, round ${round}: got ${outcome} at ${check}\n${message}`);
}

const countsOf = (entries: readonly Entry[]): { verdicts: number; wrong: number } => ({
  verdicts: entries.reduce((sum, entry) => sum + entry.verdicts, 0),
  wrong: entries.reduce((sum, entry) => sum + entry.wrong.length, 0),
});

/** `16 verdicts, 0 wrong (4.1 s, factor 2.3)` */
function inWords(entries: readonly Entry[]): string {
  const { verdicts, wrong } = countsOf(entries);
  const seconds = entries.reduce((sum, { ms }) => sum + ms, 0) / 1000;
  const factors = entries.map(({ factor }) => factor);
  const [least, most] = [Math.min(...factors), Math.max(...factors)];
  const factor = least === most ? `${least}` : `${least} to ${most}`;
  const how = entries.length > 0 ? ` (${seconds.toFixed(1)} s, factor ${factor})` : '';
  return `${verdicts} verdicts, ${wrong} wrong${how}`;
}
