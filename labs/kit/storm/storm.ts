import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { slugs } from '../grade/load.ts';
import { labFolder } from '../run/paths.ts';

/**
 * What a storm does in a lab, and what it counts there: `labs/NN/storm.ts` exports one as `storm`.
 */
export interface Storm {
  /** What users do, over and over: an action of the lab, with the parameters of its example. */
  action: string;
  /** The status that accepts what they ask for. */
  accepted: number;
  /**
   * The effect that each accepted order has to have once: a word for it (“reserved”), and where it stands.
   * `sql` gives rows of an order’s id and how often.
   */
  effect: { done: string; database: string; sql: string };
  /** The component that announces what was accepted: its messages are counted. */
  publisher: string;
  /** The component that does the work: an order is under way until this one has acknowledged it. */
  worker: string;
  /**
   * Milliseconds × factor without a message after which nobody repeats anything any more: longer than
   * what is not confirmed waits to be announced again.
   */
  quiet: number;
  /** Ways to do it whose losses are compared, each by the name of its source; the lab’s own is the last. */
  variants: readonly Variant[];
}

/** One way to do what a storm is about. */
export interface Variant {
  /** kebab-case: what a text calls it. */
  id: string;
  title: string;
  /** `solution`, `mutants/NAME` or `alternatives/NAME`. */
  source: string;
}

const fileOf = (slug: string): string => join(labFolder(slug), 'storm.ts');

/**
 * A lab’s storm.
 * @throws if it has no `storm.ts`, naming the labs that have one
 */
export async function loadStorm(slug: string): Promise<Storm> {
  const file = fileOf(slug);
  if (!existsSync(file)) {
    const having = slugs().filter((other) => existsSync(fileOf(other)));
    throw new Error(
      `[storm] no storm: got lab ${slug}, which has no storm.ts, expected one of ${having.join(', ') || 'none so far'}. Try: npm run lab storm ${having[0]?.slice(0, 2) ?? '05'}`,
    );
  }
  const { storm } = (await import(pathToFileURL(file).href)) as { storm: Storm };
  return storm;
}
