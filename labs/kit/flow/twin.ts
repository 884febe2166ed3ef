import { allHops, hopsOf, isFork, isHop, nameOf, numberedHops } from './steps.ts';
import type { Architecture, Component, Flow, Step } from './types.ts';
import { arrow, expectedInWords, oneOf } from './words.ts';

/** A component and the hops that it takes part in. */
export interface TwinComponent extends Component {
  /** The type in words: `load balancer`. */
  typeName: string;
  /** Numbers of the hops that begin here, end here or pass. */
  numbers: readonly number[];
  /** The other components that it speaks with, by id. */
  speaksWith: readonly string[];
}

/** A line of a flow told in words: a hop, or what stands over the branches of a choice or a fork. */
export interface TwinLine {
  /** 0 for the flow itself; a branch's lines stand deeper than what announces it. */
  depth: number;
  text: string;
  /** The hop's id, for a page that lights its line. */
  hop?: string;
}

/** A diagram as text: for screen readers, for pages without scripts, for print. */
export interface Twin {
  title: string;
  components: readonly TwinComponent[];
  /** `Service A → User` for hop 6: the hops as the course counts them. */
  numbered: readonly { n: number; text: string }[];
  flows: readonly { id: string; title: string; lines: readonly TwinLine[] }[];
}

/** The text twin of an architecture's diagram, as data. */
export function twin(architecture: Architecture): Twin {
  const { title, components, flows } = architecture;
  return {
    title,
    components: components.map((component) => twinComponent(component, flows)),
    numbered: flows
      .flatMap((flow) => numberedHops(flow.steps))
      .map((hop) => ({ n: hop.n, text: arrow(architecture, hop) })),
    flows: flows.map(({ id, title: name, steps }) => ({
      id,
      title: name,
      lines: linesOf(architecture, steps, 0),
    })),
  };
}

function twinComponent(component: Component, flows: readonly Flow[]): TwinComponent {
  const hops = flows
    .flatMap((flow) => hopsOf(flow.steps))
    .filter(({ from, to }) => from === component.id || to === component.id);
  const numbers = hops.flatMap(({ n }) => (n === undefined ? [] : [n]));
  const others = hops.map(({ from, to }) => (from === component.id ? to : from));
  return {
    ...component,
    typeName: component.type.replace('_', ' ').replace('api', 'API'),
    numbers: [...new Set(numbers)].toSorted((a, b) => a - b),
    speaksWith: [...new Set(others)],
  };
}

function linesOf(architecture: Architecture, steps: readonly Step[], depth: number): TwinLine[] {
  return steps.flatMap((step) => {
    if (isHop(step)) {
      const again = step.repeats ? '; may come again' : '';
      return [{ depth, text: `${expectedInWords(architecture, step)}${again}`, hop: step.id }];
    }
    const branches: [string, Step[]][] = Object.entries(isFork(step) ? step.fork : step.choice);
    const names = oneOf(
      branches.map(([name]) => `“${name}”`),
      isFork(step) ? 'and' : 'or',
    );
    const head = isFork(step) ? `All of these at once, in any order: ${names}` : `Either ${names}`;
    return [
      { depth, text: head },
      ...branches.flatMap(([name, branch]) => [
        { depth: depth + 1, text: `${name}, ${count(branch)}:` },
        ...linesOf(architecture, branch, depth + 2),
      ]),
    ];
  });
}

function count(branch: readonly Step[]): string {
  const { length } = allHops(branch);
  return length === 1 ? '1 hop' : `${length} hops`;
}

/** The same as plain text, two spaces deeper for each branch. */
export function twinText(architecture: Architecture): string {
  const { title, components, numbered, flows } = twin(architecture);
  const parts = components.map(({ name, typeName, role, numbers, speaksWith }) => {
    const hops =
      numbers.length > 0
        ? ` Hop${numbers.length > 1 ? 's' : ''} ${oneOf(numbers.map(String), 'and')}.`
        : '';
    const others = oneOf(
      speaksWith.map((id) => nameOf(architecture, id)),
      'and',
    );
    return `- ${name}, ${typeName}: ${role}. Speaks with ${others}.${hops}`;
  });
  const told = flows.flatMap((flow) => [
    '',
    flow.title,
    ...flow.lines.map(({ depth, text }) => `${'  '.repeat(depth)}- ${text}`),
  ]);
  const hops = numbered.map(({ n, text }) => `${n}. ${text}`);
  return [title, '', 'Components', ...parts, '', 'Hops', ...hops, ...told, ''].join('\n');
}
