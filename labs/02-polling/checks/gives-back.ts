import { NotAsExpected } from '../../kit/grade/errors.ts';
import type { Tools } from '../../kit/grade/tools.ts';
import { ownPart } from '../flow.ts';
import { newOrder } from './given.ts';
import { hears, placed } from './hears.ts';
import { nextPolls, pollAfter } from './polls.ts';

interface Reply {
  orders: unknown[];
  next: string;
}

/** What the order service says to a question with a cursor; undefined for a 304, which has no body. */
function replyIn(text: string): Reply | undefined {
  try {
    const reply = JSON.parse(text) as Reply;
    return Array.isArray(reply.orders) ? reply : undefined;
  } catch {
    return undefined;
  }
}

const cursorIn = (path: string): string | null =>
  new URL(path, 'http://order-service').searchParams.get('after');

/**
 * Hands the warehouse another cursor than it could work out by itself: an old one, which the order
 * service knows. Whoever gives back what it got asks with that one. The next reply brings nothing and
 * leads back to where everything was read, so that no order comes twice.
 */
export async function givesBack(t: Tools): Promise<void> {
  const [old] = await nextPolls(t, 1);
  const cursor = cursorIn(old!.path);
  await placed(t, newOrder(t));
  let changed = 0;
  const body = (text: string): string => {
    const reply = replyIn(text);
    if (!reply || cursor === null || changed === 2) return text;
    if (changed === 0 && reply.orders.length === 0) return text;
    changed += 1;
    return JSON.stringify(changed === 1 ? { ...reply, next: cursor } : { ...reply, orders: [] });
  };
  const [tap] = t.lab.network.edge('warehouse', 'order-service');
  tap!.faults.inject({ kind: 'rewrite', body });
  const since = t.lab.journal.lines.length;
  const acted = await t.act('place-order', { ...newOrder(t) });
  await hears(t, acted, ownPart);
  const [, next] = await pollAfter(t, { run: acted.run, since });
  if (cursor === null || cursorIn(next.path) !== cursor)
    throw new NotAsExpected({
      headline: 'The warehouse asks with another cursor than it was given',
      expected: 'the `next` of the last reply, as it was',
      observed: cursor === null ? 'a question without a cursor' : 'a cursor that it made itself',
    });
  await nextPolls(t, 2);
}
