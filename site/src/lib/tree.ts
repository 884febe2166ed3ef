import type { TwinLine } from '../../../labs/kit/flow/twin.ts';

/** A line of a flow told in words, with the lines that belong under it. */
export interface TwinNode extends TwinLine {
  children: TwinNode[];
}

/** Lines with depths as a tree, so that a page can nest its lists. */
export function treeOf(lines: readonly TwinLine[]): TwinNode[] {
  const roots: TwinNode[] = [];
  const open: TwinNode[] = [];
  for (const line of lines) {
    const node = { ...line, children: [] };
    open.length = Math.min(line.depth, open.length);
    (open.at(-1)?.children ?? roots).push(node);
    open.push(node);
  }
  return roots;
}
