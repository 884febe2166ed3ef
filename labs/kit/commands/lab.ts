import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { loadLab, slugOf, type Graded } from '../grade/load.ts';
import { journalFor } from '../grade/kept.ts';
import { isCrashNoise } from '../run/crash.ts';
import { root } from '../run/paths.ts';
import { learnerApps, startLab, type RunningLab } from '../run/running-lab.ts';
import { learnerSource, resetSources, serviceFiles } from '../run/sources.ts';
import { removeLeftovers } from '../run/leftovers.ts';
import { Controls } from '../watch/controls.ts';
import { lockLab } from '../run/lock.ts';
import { bold, dim, yellow } from '../watch/style.ts';
import { componentsView, keysView } from '../watch/views.ts';
import { readOptions } from './options.ts';

const usage = 'npm run lab 01 [-- --inspect service-a], or: npm run lab reset 01';

/** Runs a lab and watches what the learner edits, until q or Ctrl-C; `reset` restores the starter. */
export async function lab(args: string[]): Promise<number> {
  const options = { inspect: { type: 'string', multiple: true } } as const;
  const { values, positionals } = readOptions(args, options, usage);
  const isReset = positionals[0] === 'reset';
  const graded = await loadLab(slugOf(positionals[isReset ? 1 : 0]));
  if (isReset) return reset(graded);
  const inspect = new Set(values.inspect);
  for (const component of inspect)
    if (!learnerApps(graded.lab).some((app) => app.component === component))
      throw new Error(
        `[lab] can't inspect: got ${component}, expected one of ${learnerApps(graded.lab)
          .map((app) => app.component)
          .join(', ')}. Try: ${usage}`,
      );
  missingSources(graded);
  removeLeftovers();
  const unlock = lockLab(graded.lab.slug, 'watching');
  try {
    return await watch(graded, inspect);
  } finally {
    unlock();
  }
}

function reset({ lab: { slug }, lab: definition }: Graded): number {
  const backup = resetSources(definition);
  console.log(
    backup === undefined
      ? `labs/${slug}/src is the starter already; nothing was changed.`
      : `labs/${slug}/src is the starter again. What you had is in ${place(backup)}`,
  );
  return 0;
}

function missingSources({ lab: definition }: Graded): void {
  const missing = serviceFiles(definition).filter((f) => !existsSync(learnerSource(definition)(f)));
  if (missing.length > 0)
    throw new Error(
      `[lab] files are missing: got no labs/${definition.slug}/src/${missing.join(', ')}, expected the services that you edit. Try: npm run lab reset ${definition.slug.slice(0, 2)}`,
    );
}

async function watch(graded: Graded, inspect: Set<string>): Promise<number> {
  const { lab: definition } = graded;
  const say = (text: string): void => console.log(text);
  say(
    `${bold(`Lab ${definition.slug.slice(0, 2)}: ${definition.architecture.title}`)} ${dim('starting …')}`,
  );
  const controls = new Controls(graded, say);
  const began = performance.now();
  // Ctrl-C while it starts: what has been started ends with us.
  const early = (): never => process.exit(130);
  process.once('SIGINT', early).once('SIGTERM', early);
  let running: RunningLab;
  try {
    running = await startLab(definition, {
      source: learnerSource(definition),
      brokerUrl: process.env['BROKER_URL'],
      journalFile: journalFor(definition.slug),
      inspect,
      strangers: true,
      onLine: (component, line, stream) => {
        if (stream === 'stderr' && (isCrashNoise(line) || isRepeated(component, line))) return;
        say(outputView(component, line, stream));
      },
      onCrash: (crash) => controls.crashed(crash),
    });
  } finally {
    process.off('SIGINT', early).off('SIGTERM', early);
  }
  say(
    dim(
      `ready in ${Math.round(performance.now() - began)} ms, on the broker ${running.broker.name}`,
    ),
  );
  say(componentsView(running));
  say(
    `\nYou edit ${bold(`labs/${definition.slug}/src/`)}; on save the checks run again. The tasks: labs/${definition.slug}/README.md`,
  );
  say(`${keysView()}\n`);
  const code = await controls.run(running);
  await running.stop();
  return code;
}

/** Whether a component has just said the same: a client that can't reach the bus says so at each try. */
const lastLines = new Map<string, string>();
function isRepeated(component: string, line: string): boolean {
  const same = lastLines.get(component) === line;
  lastLines.set(component, line);
  return same;
}

/** A component's own output, prefixed with its name. */
function outputView(component: string, line: string, stream: 'stdout' | 'stderr'): string {
  const name = `[${component}]`;
  return `${stream === 'stderr' ? yellow(name) : dim(name)} ${line}`;
}

const place = (path: string): string =>
  path.startsWith(root)
    ? path.slice(root.length + 1)
    : `${basename(dirname(path))}/${basename(path)}`;
