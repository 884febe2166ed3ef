import { NotAsExpected } from '../../kit/grade/errors.ts';
import type { RunOf } from '../../kit/grade/expect.ts';
import { findingIn } from '../../kit/grade/finding.ts';
import type { Tools } from '../../kit/grade/tools.ts';
import type { Flow } from '../../kit/flow/types.ts';
import type { Acted } from '../../kit/run/acted.ts';
import { news, ownPart } from '../flow.ts';
import type { HopLine } from '../../kit/wire/journal.ts';
import { brought, own, reserved, type Order } from './given.ts';
import { nextPolls, pollsIn } from './polls.ts';

/** What became of the warehouse's polls since an order was saved, none of which brought it. */
function meanwhile(t: Tools, { run }: RunOf): string {
  const polls = pollsIn(t.lab.journal.lines).filter(({ at }) => at >= run.startAt);
  if (polls.length === 0) return 'the warehouse has not polled since';
  const answered = polls.filter(({ status }) => status !== undefined);
  if (answered.length === 0) return 'the warehouse polled, and had no answer';
  return answered.every(({ status }) => status === 304)
    ? 'the warehouse polled, and each time the answer was 304 Not Modified'
    : 'the warehouse polled, and the order was in no reply';
}

/**
 * Waits until the warehouse has heard of an order, once, and stored it.
 * @throws {NotAsExpected} with what its polls were answered meanwhile, when it hears nothing
 */
export async function hears(t: Tools, saved: RunOf, flow: Flow = news): Promise<void> {
  try {
    await t.expect(saved).toFollow(flow, own);
  } catch (error) {
    const finding = findingIn(error);
    if (!finding || brought(saved.run) > 0) throw error;
    const observed = `${finding.observed}; ${meanwhile(t, saved)}`;
    throw new NotAsExpected({ ...finding, observed });
  }
}

/**
 * Places an order and waits until the warehouse has heard of it and stored it, however often: how it
 * reads is task 1.
 */
export async function learns(t: Tools, order: Order): Promise<Acted & RunOf> {
  const acted = await t.act('place-order', { ...order });
  const isNews = ({ via, to }: HopLine): boolean => via === 'http' && to === 'warehouse';
  const what = 'Hop 3 (order service → warehouse, reply 200)';
  await t.hop(acted.run, isNews, { what, within: 1_500 });
  await nextPolls(t, 1, { answered: false });
  const stands = reserved(t, order) > 0;
  t.expect(stands ? 'stored' : 'not stored', 'An order that a poll brought').toBe('stored');
  return acted;
}

/** Places an order and waits until the warehouse has heard of it, once, and stored it. */
export async function placed(t: Tools, order: Order): Promise<Acted & RunOf> {
  const acted = await t.act('place-order', { ...order });
  await hears(t, acted, ownPart);
  return acted;
}
