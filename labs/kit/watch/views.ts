import { arrow } from '../flow/words.ts';
import { nameOf } from '../flow/steps.ts';
import type { Flow } from '../flow/types.ts';
import type { Check } from '../grade/check.ts';
import type { CheckResult } from '../grade/results.ts';
import type { Graded } from '../grade/load.ts';
import { checkLine, hopsInWords, message } from '../grade/text.ts';
import { noteInWords, traceHop, traceNote } from '../replay/hop.ts';
import type { Crash } from '../run/crash.ts';
import type { RunningLab } from '../run/running-lab.ts';
import type { HopLine, NoteLine } from '../wire/journal.ts';
import { bold, cyan, dim, green, red, yellow } from './style.ts';

/** The keys of `npm run lab`, each with what it does. */
const keyHelp: readonly (readonly [string, string])[] = [
  ['1 2 3', 'do what a user does'],
  ['h', 'a hint (again: the next)'],
  ['l', 'list the checks'],
  ['n', 'next check that does not pass'],
  ['a', 'grade all'],
  ['j', 'follow the journal'],
  ['c', 'curl lines'],
  ['b', 'break or mend the bus'],
  ['r', 'reset to the starter'],
  ['s', 'solution, once all passes'],
  ['?', 'these keys'],
  ['q', 'quit'],
];

export const keysView = (): string =>
  keyHelp.map(([key, what]) => `${bold(key)} ${what}`).join(dim(' · '));

/** What runs where: every component with its role, its file and the address of its tap. */
export function componentsView(running: RunningLab): string {
  const { architecture, apps } = running.lab;
  const width = Math.max(...architecture.components.map((c) => c.role.length));
  const rows = architecture.components.map(({ id, role }) => {
    const app = apps.find((a) => a.component === id);
    const place = app?.learner ? `src/${app.file}` : app ? 'provided' : '';
    const file = (app?.learner ? green : dim)(place.padEnd(16));
    const bus = running.network.mqtt[0]?.to === id ? running.broker.name : '';
    const taps = running.network.http.filter((t) => t.to === id).map((t) => t.url.slice(7));
    const where = taps.length > 0 ? taps.join(', ') : bus;
    return `  ${nameOf(architecture, id).padEnd(14)} ${role.padEnd(width)} ${file} ${dim(where)}`;
  });
  return rows.join('\n');
}

/** One hop as it is followed: time, number, who to whom, what. */
export function hopView(running: RunningLab, flow: Flow | undefined, line: HopLine): string {
  const { architecture } = running.lab;
  const { at, n, text, inferred } = traceHop(architecture, flow, line, 0);
  const number = n === undefined ? '       ' : cyan(`hop ${n}  `);
  const how = inferred ? dim(' (inferred)') : '';
  return `${dim(clock(at))} ${number} ${arrow(architecture, line)}  ${text}${how}`;
}

export function noteView(running: RunningLab, line: NoteLine): string {
  const note = traceNote(line, 0);
  return dim(`${clock(note.at)}         ${noteInWords(running.lab.architecture, note)}`);
}

const clock = (at: number): string => `${(at / 1000).toFixed(3)} s`.padStart(10);

export function resultView(result: CheckResult): string {
  const line = checkLine(result);
  return result.outcome === 'pass'
    ? green(line)
    : result.outcome === 'fail'
      ? red(line)
      : yellow(line);
}

/** What a service that ended by itself said, and where. */
export function crashView({ component, error, place }: Crash): string {
  const where = place ? `\n  at ${bold(place)}` : '';
  return `${red(`${component} stopped:`)} ${error}${where}\n  Save the file to start it again.`;
}

/** All tasks and checks, with what is known of each. */
export function listView(
  { tasks, checks }: Graded,
  results: ReadonlyMap<string, CheckResult>,
): string {
  const one = (check: Check): string => {
    const result = results.get(check.id);
    const sign = !result ? dim('·') : result.outcome === 'pass' ? green('✓') : red('✗');
    const about = `${hopsInWords(check.hops)}, ${check.points} points${check.quick ? '' : ', on grade all'}`;
    return `  ${sign} ${check.id.padEnd(36)} ${check.title} ${dim(`(${about})`)}`;
  };
  return tasks
    .map((task) => {
      const own = checks.filter((c) => c.task === task.n).map(one);
      return `${bold(`Task ${task.n}: ${task.title}`)} ${dim(`src/${task.file}`)}\n${own.join('\n')}`;
    })
    .join('\n');
}

/** The whole message of a check that did not pass. */
export const findingView = (result: CheckResult): string =>
  message(result)
    .split('\n')
    .map((line, i) => (i === 0 ? bold(line) : line))
    .join('\n');
