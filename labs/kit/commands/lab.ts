import { loadLab, slugOf, type Graded } from '../grade/load.ts';
import { findLab, hostLab } from '../live/open.ts';
import { missingSources } from '../live/missing.ts';
import { learnerApps } from '../run/define.ts';
import { resetSources } from '../run/sources.ts';
import { bold, dim } from '../watch/style.ts';
import { Terminal } from '../watch/terminal.ts';
import { placeOf } from '../watch/views.ts';
import { explore } from './explore.ts';
import { map } from './map.ts';
import { readOptions } from './options.ts';
import { storm } from './storm.ts';

const usage =
  'npm run lab 01 [-- --inspect service-a], or: npm run lab reset 01, or: npm run lab explore 01';

/**
 * Runs a lab and watches what the learner edits, until q or Ctrl-C; `reset` restores the starter,
 * `explore` lets random things go wrong, `map` says who tells whom on the bus, `storm` kills the bus while a thousand orders
 * are placed. A lab that the course's page runs already is shown, not started a second time.
 */
export async function lab(args: string[]): Promise<number> {
  if (args[0] === 'explore') return explore(args.slice(1));
  if (args[0] === 'map') return map(args.slice(1));
  if (args[0] === 'storm') return storm(args.slice(1));
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
  missingSources(graded.lab);
  return (await follow(graded, inspect)) ?? run(graded, inspect);
}

function reset({ lab: { slug }, lab: definition }: Graded): number {
  const backup = resetSources(definition);
  console.log(
    backup === undefined
      ? `labs/${slug}/src is the starter already; nothing was changed.`
      : `labs/${slug}/src is the starter again. What you had is in ${placeOf(backup)}`,
  );
  return 0;
}

/** Shows the lab that another process runs; undefined if none does. */
async function follow(graded: Graded, inspect: ReadonlySet<string>): Promise<number | undefined> {
  const { slug } = graded.lab;
  const found = await findLab(slug);
  if (!found) return undefined;
  if (inspect.size > 0) {
    found.close();
    throw new Error(
      `[lab] can't inspect: got a lab ${slug} that runs already, expected to start it. Try: end it where it was started, then start it here.`,
    );
  }
  const terminal = new Terminal(graded, found, { hosts: false });
  const code = await terminal.run();
  found.close();
  return code;
}

/** Runs the lab in this process. */
async function run(graded: Graded, inspect: ReadonlySet<string>): Promise<number> {
  const { host, close } = await hostLab(graded, {
    startedBy: 'terminal',
    brokerUrl: process.env['BROKER_URL'],
    inspect,
    checkAtStart: true,
  });
  const { slug, architecture } = graded.lab;
  console.log(`${bold(`Lab ${slug.slice(0, 2)}: ${architecture.title}`)} ${dim('starting …')}`);
  const terminal = new Terminal(graded, host, { hosts: true });
  const done = terminal.run();
  try {
    await Promise.race([host.start(), done]);
    return await done;
  } finally {
    terminal.close();
    await close();
  }
}
