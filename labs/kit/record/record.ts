import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Graded } from '../grade/load.ts';
import { Tools } from '../grade/tools.ts';
import { busMap, type Channel } from '../map/bus-map.ts';
import { tracesOf } from '../replay/traces.ts';
import type { Trace } from '../replay/trace.ts';
import type { Lab } from '../run/define.ts';
import { runsFolder } from '../run/paths.ts';
import { startLab, type RunningLab } from '../run/running-lab.ts';
import { solutionSource, starterSource, type Source } from '../run/sources.ts';
import { circumstances } from './circumstances.ts';
import type { Measured, Recorded, RecordedScenario, Scenario } from './scenario.ts';
import { nearest, spread } from './statistics.ts';

/** Runs of each scenario that are not counted: processes are slow at what they do for the first time. */
const warmUps = 2;

/** What was measured of one scenario. */
type Of = ReadonlyMap<Scenario, RecordedScenario>;

/**
 * Measures scenarios on a lab's solution (or its starter, where they say so), with the embedded broker.
 * @param runs how often each is measured
 * @param say told how far it is
 */
export async function record(
  graded: Graded,
  scenarios: readonly Scenario[],
  { runs, say }: { runs: number; say: (text: string) => void },
): Promise<Recorded> {
  const { lab } = graded;
  const source = solutionSource(lab);
  const options = { runs, say };
  const solved = scenarios.filter(({ starter }) => !starter);
  const measured = new Map(await recordOn(graded, source, solved, options));
  if (solved.length < scenarios.length) {
    const starter = starterSource(lab);
    const others = scenarios.filter((scenario) => scenario.starter);
    const on = recordOn(graded, starter.source, others, options);
    for (const [scenario, recorded] of await on.finally(starter.remove))
      measured.set(scenario, recorded);
  }
  return {
    format: 1,
    lab: lab.slug,
    runs,
    warmUps,
    ...circumstances(),
    scenarios: Object.fromEntries(scenarios.map((one) => [one.id, measured.get(one)!])),
  };
}

async function recordOn(
  graded: Graded,
  source: Source,
  scenarios: readonly Scenario[],
  { runs, say }: { runs: number; say: (text: string) => void },
): Promise<Of> {
  const { lab } = graded;
  mkdirSync(join(runsFolder, lab.slug), { recursive: true });
  const journalFile = join(runsFolder, lab.slug, `record-${process.pid}.ndjson`);
  const running = await startLab(lab, { source, journalFile });
  const measured = new Map<Scenario, Measured[]>();
  const maps = new Map<Scenario, Channel[]>();
  try {
    for (const scenario of scenarios) {
      measured.set(scenario, await measure(running, scenario, runs));
      if (scenario.map) maps.set(scenario, busMap(running.journal.lines));
      say(`${scenario.id}: ${runs} runs`);
    }
    const { traces } = tracesOf(graded, readFileSync(journalFile, 'utf8'));
    return new Map(
      [...measured].map(([scenario, all]) => {
        const map = maps.get(scenario);
        return [scenario, { ...summary(lab, scenario, all, traces), ...(map && { map }) }];
      }),
    );
  } finally {
    await running.stop();
    rmSync(journalFile, { force: true });
  }
}

async function measure(lab: RunningLab, scenario: Scenario, runs: number): Promise<Measured[]> {
  lab.scope(scenario.id);
  const all: Measured[] = [];
  for (let i = 0; i < warmUps + runs; i += 1) {
    all.push(await scenario.run(new Tools(lab)));
    lab.witness.runs.endAll();
    await lab.calm();
  }
  return all.slice(warmUps);
}

function summary(
  { slug }: Lab,
  { id, title, units }: Scenario,
  all: Measured[],
  traces: Trace[],
): RecordedScenario {
  const [first] = all;
  const replies = new Set(all.map(({ reply }) => reply));
  if (!first || replies.size > 1)
    throw new Error(
      `[record] ${id}: got replies ${[...replies].join(' and ')}, expected the same each time. Try: npm run grade ${slug.slice(0, 2)} -- --source solution`,
    );
  const names = Object.keys(first.figures);
  const figures = names.map((name) => [name, spread(all.map((m) => m.figures[name]!))] as const);
  const shown = all[nearest(all.map((m) => m.figures))]!;
  const trace = traces.find(({ run }) => run === shown.run.key)!;
  return {
    title,
    reply: first.reply,
    figures: Object.fromEntries(figures),
    ...(units && { units }),
    trace: kept(trace),
  };
}

/** What a page shows of a trace: no verdict, as nobody asked for one; no handshakes, and no tidying up. */
function kept(run: Trace): Trace {
  const { verdict: _, ...trace } = run;
  const end = trace.hops.at(-1)?.at ?? 0;
  const notes = trace.notes.filter(
    ({ at, what }) => at <= end && (what === 'killed' || what === 'started'),
  );
  return { ...trace, notes };
}
