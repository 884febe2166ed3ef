import type { Graded } from '../grade/load.ts';
import type { CheckResult } from '../grade/results.ts';
import { message } from '../grade/text.ts';
import { WarmLab } from '../grade/warm.ts';
import type { Job } from './jobs.ts';
import type { Entry, Wrong } from './kept.ts';

/** A lab that judges one job after the other. */
export interface Judging {
  factor: number;
  judge: (job: Job) => Promise<CheckResult[]>;
  stop: () => Promise<void>;
}

export interface SoakOptions {
  jobs: readonly Job[];
  fingerprint: string;
  /** What is known already: those jobs are not done again. */
  known: readonly Entry[];
  /** Starts the lab, with a job's source. */
  start: (job: Job) => Promise<Judging>;
  /** Told of each job that is done, as soon as it is. */
  onEntry: (entry: Entry) => void;
  /** Told when a round is done that had something to do. */
  onRound: (round: number, entries: readonly Entry[]) => void;
}

/**
 * Judges all jobs that are not known yet, round by round. Each round starts the lab afresh, so that
 * its factor is measured under the load of the day. Returns what is known in the end.
 */
export async function soak(options: SoakOptions): Promise<Entry[]> {
  const { jobs, known, onEntry, onRound } = options;
  const wanted = new Set(jobs.map(keyOf));
  // A lab that failed said nothing of the services: that job is still open.
  const isVerdict = ({ wrong }: Entry): boolean => wrong.every((w) => w.outcome !== 'infra');
  const all = known.filter((entry) => wanted.has(keyOf(entry)) && isVerdict(entry));
  const isKnown = new Set(all.map(keyOf));
  const open = jobs.filter((job) => !isKnown.has(keyOf(job)));
  for (const round of new Set(open.map((job) => job.round))) {
    const entries: Entry[] = [];
    const add = (entry: Entry): void => {
      entries.push(entry);
      onEntry(entry);
    };
    await soakRound(
      open.filter((job) => job.round === round),
      options,
      add,
    );
    all.push(...entries);
    onRound(round, entries);
  }
  return all;
}

const keyOf = ({ variant, round }: { variant: string; round: number }): string =>
  `${variant} ${round}`;

async function soakRound(
  jobs: readonly Job[],
  { fingerprint, start }: SoakOptions,
  add: (entry: Entry) => void,
): Promise<void> {
  let lab: Judging | undefined;
  try {
    for (const job of jobs) {
      const began = performance.now();
      const { variant, round } = job;
      const about = { fingerprint, variant, round };
      const ms = (): number => Math.round(performance.now() - began);
      try {
        lab ??= await start(job);
        const results = await lab.judge(job);
        const wrong = wrongIn(job, results);
        add({ ...about, verdicts: job.checks.length, wrong, factor: lab.factor, ms: ms() });
        if (results.every(({ outcome }) => outcome !== 'infra')) continue;
      } catch (error) {
        const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
        const wrong = job.checks.map(({ id }) => ({ check: id, outcome: 'infra', message: text }));
        const factor = lab?.factor ?? 0;
        add({ ...about, verdicts: job.checks.length, wrong, factor, ms: ms() });
      }
      // What has failed as a lab says nothing of the next variant.
      await lab?.stop().catch(() => undefined);
      lab = undefined;
    }
  } finally {
    await lab?.stop();
  }
}

/** Every check has one verdict, and it is the expected one. */
function wrongIn({ checks, expected }: Job, results: readonly CheckResult[]): Wrong[] {
  return checks.flatMap(({ id }): Wrong[] => {
    const result = results.find((r) => r.id === id);
    if (result?.outcome === expected) return [];
    const said = result ? message(result) : 'the check did not run';
    return [{ check: id, outcome: result?.outcome ?? 'missing', message: said }];
  });
}

/** Starts a lab that stays up while its services change. */
export async function startWarm(graded: Graded, { source, round }: Job): Promise<Judging> {
  const warm = await WarmLab.start(graded, source, { seed: `soak-${round}` });
  return {
    factor: warm.running.factor,
    judge: async (job) => {
      await warm.use(job.source);
      return warm.run(job.checks);
    },
    stop: () => warm.stop(),
  };
}
