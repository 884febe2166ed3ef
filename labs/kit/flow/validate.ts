import { allHops, hopEvent, hopsOf, isFork, isHop } from './steps.ts';
import type { Architecture, Flow, Hop, Step } from './types.ts';

const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * What is wrong with an architecture and its flows, each problem in words; empty if nothing is.
 * A flow without problems is deterministic: every hop has one meaning wherever it comes.
 */
export function checkArchitecture(architecture: Architecture): string[] {
  const { id, components, flows } = architecture;
  const problems: string[] = [];
  const report: Report = (where, what, got, expected, advice) =>
    problems.push(`[${where}] ${what}: got ${got}, expected ${expected}. Try: ${advice}.`);

  const known = new Set(components.map((c) => c.id));
  for (const component of components) {
    if (!KEBAB.test(component.id)) {
      report(
        id,
        'component id',
        quote(component.id),
        'kebab-case',
        'lower case, digits and hyphens',
      );
    }
    const touched = flows
      .flatMap((flow) => allHops(flow.steps))
      .some((hop) => hop.from === component.id || hop.to === component.id);
    if (!touched) {
      const advice = 'add a hop, or take the component out';
      report(id, `component ${quote(component.id)}`, 'no hop', 'at least one in some flow', advice);
    }
  }
  for (const twice of repeated(components.map((c) => c.id))) {
    report(id, 'component id', `${quote(twice)} twice`, 'once', 'rename one of them');
  }
  for (const twice of repeated(flows.map((flow) => flow.id))) {
    report(id, 'flow id', `${quote(twice)} twice`, 'once', 'rename one of them');
  }
  for (const flow of flows) {
    checkHops(flow, known, report);
    checkSteps(flow.steps, flow.id, report);
    checkNumbers(flow, report);
    checkRepeats(flow, report);
    for (const limit of ['deadline', 'quiet'] as const) {
      if (flow[limit] > 0) continue;
      report(flow.id, limit, String(flow[limit]), 'milliseconds above 0', `${limit}: 100`);
    }
  }
  return problems;
}

type Report = (where: string, what: string, got: string, expected: string, advice: string) => void;

function checkHops(flow: Flow, known: ReadonlySet<string>, report: Report): void {
  const same = new Map<string, Hop>();
  for (const hop of allHops(flow.steps)) {
    const where = `${flow.id}/${hop.id}`;
    for (const end of ['from', 'to'] as const) {
      if (known.has(hop[end])) continue;
      const names = [...known].join(', ');
      report(where, end, quote(hop[end]), `a component (${names})`, 'correct the id');
    }
    if (hop.from === hop.to) {
      report(where, 'from and to', quote(hop.to), 'two components', 'name the other end');
    }
    if (!KEBAB.test(hop.kind)) {
      report(where, 'kind', quote(hop.kind), 'lower case or digits', '“get”, “200” or “publish”');
    }
    if (hop.within !== undefined && !(hop.within > 0 && hop.within <= flow.deadline)) {
      const expected = `above 0, at most the deadline of ${flow.deadline}`;
      report(where, 'within', String(hop.within), expected, 'a shorter limit');
    }
    const other = same.get(hop.id) ?? hop;
    same.set(hop.id, other);
    if (canonical(other) !== canonical(hop)) {
      report(where, 'hop id', 'two different hops', 'one id a hop', 'rename one of them');
    }
  }
}

/** Checks that hold for each fork, choice and sequence by itself. */
function checkSteps(steps: readonly Step[], where: string, report: Report): void {
  if (steps.length === 0) report(where, 'steps', 'none', 'at least one', 'add a hop or remove it');
  // Steps of one sequence all happen, so an id may stand in one of them only.
  const idsHere = steps.map((step) => [...new Set(allHops([step]).map((hop) => hop.id))]);
  for (const twice of repeated(idsHere.flat())) {
    report(`${where}/${twice}`, 'hop id', 'twice in one way', 'once', 'give each hop its own id');
  }
  for (const step of steps) {
    if (isHop(step)) continue;
    const what = isFork(step) ? 'fork' : 'choice';
    const branches: [string, Step[]][] = Object.entries(isFork(step) ? step.fork : step.choice);
    if (branches.length < 2) {
      const advice = 'write the steps without it';
      report(where, what, `${branches.length} branches`, 'two or more', advice);
    }
    for (const [name, branch] of branches) checkSteps(branch, `${where}/${name}`, report);

    // In a fork every hop must tell its branch; in a choice the first one must.
    const perBranch = branches.map(([, branch]) =>
      allHops(isFork(step) ? branch : branch.slice(0, 1)),
    );
    const telling = perBranch.map((hops) => [...new Set(hops.map(hopEvent))]);
    for (const event of repeated(telling.flat())) {
      const got = `${quote(event)} in two branches`;
      const expected = isFork(step)
        ? 'hops that tell the branches apart'
        : 'first hops that differ';
      report(where, what, got, expected, 'move the common hop out of the branches');
    }
    if (isFork(step)) {
      const ids = perBranch.map((hops) => [...new Set(hops.map((hop) => hop.id))]);
      for (const twice of repeated(ids.flat())) {
        report(`${where}/${twice}`, 'hop id', 'two branches', 'one', 'give each hop its own id');
      }
    } else if (new Set(perBranch.map(([first]) => first?.within)).size > 1) {
      const advice = 'give the first hop of every branch the same `within`, or none';
      report(where, 'choice', 'different limits', 'one `within` for all first hops', advice);
    }
  }
}

/** A number means one arrow: its hops are legs of one way, each starting where the last one ended. */
function checkNumbers(flow: Flow, report: Report): void {
  const byNumber = Map.groupBy(
    hopsOf(flow.steps).filter((hop) => hop.n !== undefined),
    (hop) => hop.n!,
  );
  for (const [n, hops] of byNumber) {
    for (const [i, hop] of hops.entries()) {
      const last = hops[i - 1];
      const sameArrow = last && last.from === hop.from && last.to === hop.to;
      if (!last || sameArrow || last.to === hop.from) continue;
      const got = `${last.from} → ${last.to} and ${hop.from} → ${hop.to}`;
      report(`${flow.id}/${hop.id}`, `hop ${n}`, got, 'legs of one way', 'another number');
    }
  }
}

/** A hop that may come again any time must not look like another one that is waited for. */
function checkRepeats(flow: Flow, report: Report): void {
  const hops = hopsOf(flow.steps);
  for (const hop of hops.filter((h) => h.repeats)) {
    const other = hops.find((h) => h.id !== hop.id && hopEvent(h) === hopEvent(hop));
    if (!other) continue;
    const where = `${flow.id}/${hop.id}`;
    report(where, 'repeats', `the same event as ${other.id}`, 'one of its own', 'drop `repeats`');
  }
}

const repeated = (items: readonly string[]): string[] => [
  ...new Set(items.filter((item, i) => items.indexOf(item) !== i)),
];

const canonical = (hop: Hop): string => JSON.stringify(hop, Object.keys(hop).toSorted());
const quote = (text: string): string => `“${text}”`;
