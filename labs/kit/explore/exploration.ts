import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { slugs } from '../grade/load.ts';
import type { Tools } from '../grade/tools.ts';
import { labFolder } from '../run/paths.ts';

/** A trouble in place. What a tap's `inject` returns is one. */
export interface Placed {
  /** How often it has hit something: one that hit nothing was not tried. */
  readonly hits: number;
  /** Takes it back, where `lab.calm()` alone would not: a lock, a service on its way up. */
  undo?: () => Promise<unknown> | void;
}

/** Something that may go wrong. It lasts to the end of its episode, or ends by itself. */
export interface Trouble {
  /** kebab-case: what a plan calls it. */
  id: string;
  /** What goes wrong, as a sentence without its full stop: `Cache A answers 503`. */
  title: string;
  /** Lets it go wrong from now on; nothing else runs until it returns. */
  apply: (t: Tools) => Placed | Promise<Placed>;
}

/**
 * What may go wrong in a lab, and what must hold all the same: `labs/NN/explore.ts` exports one as
 * `exploration`. A right solution survives every trouble in it, alone and together with others.
 */
export interface Exploration<Deed = unknown> {
  /** What one action is, to stand after `action 1: `: `a user places an order`. */
  action: string;
  troubles: readonly Trouble[];
  /**
   * Does the action, with random values, and returns what `judge` has to know of it. What is wrong at
   * once (a reply) may be told at once.
   * @param n which action of its episode it is, from 1: for messages
   * @throws NotAsExpected, or what an assertion throws
   */
  act: (t: Tools, n: number) => Promise<Deed>;
  /**
   * Once all troubles are taken back and the lab is calm: waits, by journal events, for what must
   * follow, then says whether all holds.
   * @throws NotAsExpected, or what an assertion throws
   */
  judge: (t: Tools, deeds: readonly Deed[]) => Promise<void>;
}

const fileOf = (slug: string): string => join(labFolder(slug), 'explore.ts');

/**
 * What a lab explores.
 * @throws if it has no `explore.ts`, naming the labs that have one, or no troubles
 */
export async function loadExploration(slug: string): Promise<Exploration> {
  const file = fileOf(slug);
  if (!existsSync(file)) {
    const having = slugs().filter((other) => existsSync(fileOf(other)));
    throw new Error(
      `[explore] nothing to explore: got lab ${slug}, which has no explore.ts, expected one of ${having.join(', ') || 'none so far'}. Try: npm run lab explore ${having[0]?.slice(0, 2) ?? '01'}`,
    );
  }
  const { exploration } = (await import(pathToFileURL(file).href)) as { exploration: Exploration };
  const ids = exploration.troubles.map(({ id }) => id);
  if (ids.length === 0 || new Set(ids).size < ids.length)
    throw new Error(
      `[labs/${slug}/explore.ts] wrong troubles: got ${ids.join(', ') || 'none'}, expected one or more, each with an id of its own. Try: mend it, then npm run lab explore ${slug.slice(0, 2)}`,
    );
  return exploration;
}
