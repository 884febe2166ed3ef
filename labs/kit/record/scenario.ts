import type { Tools } from '../grade/tools.ts';
import type { Channel } from '../map/bus-map.ts';
import type { Trace } from '../replay/trace.ts';
import type { Run } from '../wire/runs.ts';
import type { Circumstances } from './circumstances.ts';
import type { Spread } from './statistics.ts';

/** What a figure counts, by its name. */
export type Units = Readonly<Record<string, 'count' | 'bytes'>>;

/** What one run of a scenario gave. */
export interface Measured {
  run: Run;
  /** The status that the user got. */
  reply: number;
  /** By name: `replied`, `stored`. Milliseconds since the run began, unless the scenario says otherwise. */
  figures: Record<string, number>;
}

/** Something that a lab does often enough to say how long it takes. It leaves the lab healthy. */
export interface Scenario {
  id: string;
  title: string;
  /** The units of the figures that are no milliseconds. */
  units?: Units;
  /** Measured on the lab's starter, which is as right as a beginner's first try, and not on its solution. */
  starter?: true;
  /** The map of the bus is kept, as the taps had seen it when all runs were done. */
  map?: true;
  run: (tools: Tools) => Promise<Measured>;
}

/** What `labs/NN/recorded.json` keeps of a scenario. */
export interface RecordedScenario {
  title: string;
  /** The status that the user got, in every run. */
  reply: number;
  /** In milliseconds, unless `units` says otherwise. */
  figures: Record<string, Spread>;
  units?: Units;
  /** The run nearest the medians. */
  trace: Trace;
  /** Who had published what to whom by then, since the lab began. */
  map?: readonly Channel[];
}

/** `labs/NN/recorded.json`: figures of one machine on one day, with all that one needs to judge them. */
export interface Recorded extends Circumstances {
  format: 1;
  lab: string;
  /** How many runs of each scenario were measured, and how many before them were not. */
  runs: number;
  warmUps: number;
  scenarios: Record<string, RecordedScenario>;
}
