import { nameOf } from '../flow/steps.ts';
import type { Architecture } from '../flow/types.ts';
import { arrow } from '../flow/words.ts';
import type { Check } from '../grade/check.ts';
import type { Graded } from '../grade/load.ts';
import type { CheckResult } from '../grade/results.ts';
import { checkLine, hopsInWords, message } from '../grade/text.ts';
import type { LabInfo, LiveEvent } from '../live/events.ts';
import { isShared } from '../map/bus-map.ts';
import { noteInWords } from '../replay/hop.ts';
import { timeInWords } from '../replay/rows.ts';
import type { TraceHop, TraceNote } from '../replay/trace.ts';
import type { Lab } from '../run/define.ts';
import { root } from '../run/paths.ts';
import { bold, cyan, dim, green, red, yellow } from './style.ts';

/** The keys of `npm run lab`, each with what it does. */
const keyHelp: readonly (readonly [string, string])[] = [
  ['h', 'a hint (again: the next)'],
  ['l', 'list the checks'],
  ['n', 'next check that does not pass'],
  ['a', 'grade all'],
  ['j', 'follow the journal'],
  ['c', 'curl lines, to send requests by hand'],
  ['m', 'map: who tells whom on the bus'],
  ['b', 'break or mend the bus'],
  ['t', 'trouble: the next, after the last none'],
  ['r', 'reset to the starter'],
  ['s', 'solution, once all passes'],
  ['?', 'these keys'],
  ['q', 'quit'],
];

export function keysView({
  actions,
  standby = false,
  troubles = [],
  architecture,
}: Pick<Lab, 'actions' | 'standby' | 'troubles' | 'architecture'>): string {
  const isUsed = (key: string): boolean =>
    key === 't' ? troubles.length > 0 : key !== 'm' || isShared(architecture);
  return [
    ...actions.map(({ title }, i) => [String(i + 1), title] as const),
    ...keyHelp.filter(([key]) => isUsed(key)),
  ]
    .map(([key, what]) => `${bold(key)} ${key === 'b' && standby ? busKeyOfPair : what}`)
    .join(dim(' · '));
}

const busKeyOfPair = 'break the bus, then let the standby serve, then mend it';

/** What runs where: every component with its file, its role and the address of its tap. */
export function componentsView({ architecture, apps }: Lab, info: LabInfo): string {
  const placeOfApp = (id: string): string => {
    const app = apps.find(({ component }) => component === id);
    return app?.learner ? `src/${app.file}` : app ? 'provided' : '';
  };
  const ids = architecture.components.map(({ id }) => id);
  const names = Math.max(...ids.map((id) => nameOf(architecture, id).length));
  const places = Math.max(...ids.map((id) => placeOfApp(id).length));
  const rows = architecture.components.map(({ id, role }) => {
    const place = placeOfApp(id).padEnd(places);
    const file = (place.startsWith('src/') ? green : dim)(place);
    const address = info.components.find((c) => c.id === id)?.address;
    const where = address ? dim(` (${address})`) : '';
    // What may be long comes last: a narrow terminal goes on below it.
    return `  ${nameOf(architecture, id).padEnd(names)}  ${file}  ${role}${where}`;
  });
  return rows.join('\n');
}

/** One hop as it is followed: time, number, who to whom, what. */
export function hopView(architecture: Architecture, hop: TraceHop): string {
  const number = hop.n === undefined ? '       ' : cyan(`hop ${hop.n}  `);
  const inferred = hop.inferred ? dim(' (inferred)') : '';
  return `${dim(clock(hop.at))} ${number} ${arrow(architecture, hop)}  ${hop.text}${inferred}`;
}

export const noteView = (architecture: Architecture, note: TraceNote): string =>
  dim(`                   ${noteInWords(architecture, note)}`);

const clock = (at: number): string => timeInWords(at).padStart(10);

/** A component's own output, prefixed with its name. */
export function outputView({ component, text, stream }: LiveEvent & { is: 'output' }): string {
  const name = `[${component}]`;
  return `${stream === 'stderr' ? yellow(name) : dim(name)} ${text}`;
}

/** A path as a person types it, from the course's folder on. */
export const placeOf = (path: string): string =>
  path.startsWith(root) ? path.slice(root.length + 1) : path;

export function resultView(result: CheckResult): string {
  const { outcome } = result;
  const colour = outcome === 'pass' ? green : outcome === 'fail' ? red : yellow;
  return colour(checkLine(result));
}

/** What a service that ended by itself said, and where. */
export function crashView({ component, error, place }: LiveEvent & { is: 'crash' }): string {
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
    const about = [
      ...(check.hops.length > 0 ? [hopsInWords(check.hops)] : []),
      `${check.points} points`,
      ...(check.quick ? [] : ['on grade all']),
    ].join(', ');
    return `  ${sign} ${check.id.padEnd(36)} ${check.title} ${dim(`(${about})`)}`;
  };
  return tasks
    .map((task) => {
      const own = checks.filter((c) => c.task === task.n).map(one);
      return `${bold(`Task ${task.n}: ${task.title}`)} ${dim(task.files.map((f) => `src/${f}`).join(', '))}\n${own.join('\n')}`;
    })
    .join('\n');
}

/** The whole message of a check that did not pass. */
export const findingView = (result: CheckResult): string =>
  message(result)
    .split('\n')
    .map((line, i) => (i === 0 ? bold(line) : line))
    .join('\n');
