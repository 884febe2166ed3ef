import { LabFailed } from '../../kit/grade/errors.ts';
import type { Tools } from '../../kit/grade/tools.ts';
import type { SeenHop } from '../../kit/flow/types.ts';
import type { Acted } from '../../kit/run/acted.ts';
import type { HopLine, Line } from '../../kit/wire/journal.ts';
import { shops, type Situation, type Style } from '../cast.ts';
import { heardByShop, tables } from '../lab.ts';

/** How long the lab waits for what must come at last, in milliseconds × its factor. */
const patience = 5_000;

/** One request of a user, and how it went. */
export interface Asked {
  situation: Situation;
  style: Style;
  id: string;
  acted: Acted;
  /** From the request to the reply. */
  latency: number;
  accepted: boolean;
}

const hopTo = ({ run }: Acted, to: string): SeenHop | undefined =>
  run.hops.find((hop) => hop.via === 'http' && hop.to === to && /^\d+$/.test(hop.kind));

/** Asks for one order, or whatever a situation is about, in one style. */
export async function ask(t: Tools, situation: Situation, style: Style, id: string) {
  const acted = await t.act(situation.actions[style], { id }, { timeout: patience });
  const [first, reply] = [acted.run.hops[0], hopTo(acted, 'user')];
  if (!first || !reply || !acted.reply)
    throw new LabFailed(`the user of ${situation.id} got no reply: ${acted.noReply?.message}`);
  const accepted = acted.reply.status < 300;
  return { situation, style, id, acted, latency: reply.at - first.at, accepted } satisfies Asked;
}

/** Who ends a situation's work in the event style: whoever acknowledges last. */
const lastOf = ({ dependent }: Situation): string =>
  dependent === 'payments' || dependent === 'prices' ? 'shop-events' : dependent;

/** Waits until the event's work is done; how long after the reply that was. Undefined: never. */
export async function lateness(t: Tools, asked: Asked): Promise<number | undefined> {
  const { situation, style, acted } = asked;
  const reply = hopTo(acted, 'user') ?? hopTo(acted, 'operator');
  // Who calls has been answered before it answers: nothing is late, and what failed stays so.
  if (style === 'request-response') return isDone(t, asked) ? 0 : undefined;
  if (situation.dependent === 'prices' && acted.run.action !== 'change-price') return 0;
  const done = await t.seen(
    acted.run,
    ({ kind, from }: HopLine) => kind === 'puback' && from === lastOf(situation),
    patience,
  );
  return done && isDone(t, asked) ? Math.max(0, done.at - reply!.at) : undefined;
}

/** How often the work of a request was done. */
export function timesDone(t: Tools, { situation: { dependent }, style, id, acted }: Asked): number {
  if (dependent === 'prices') {
    const copies = acted.run.action === 'change-price' && style === 'event-driven';
    return copies ? t.rows('shop-events-database', heardByShop, id) : 1;
  }
  return t.rows(`${dependent}-database`, tables[dependent], id);
}

/** The work is done; where the shop waits for a decision, it has come back too. */
function isDone(t: Tools, asked: Asked): boolean {
  const { situation, style, id, acted } = asked;
  // The next change takes the row's place: its acknowledgement is what stays.
  if (acted.run.action === 'change-price') return true;
  const decided =
    situation.dependent !== 'payments' ||
    style === 'request-response' ||
    t.rows('shop-events-database', heardByShop, id) > 0;
  return decided && timesDone(t, asked) > 0;
}

/** A new price; how long after the operator's reply the event-driven shop has it. */
export async function changePrice(
  t: Tools,
  situation: Situation,
  priceCents: number,
): Promise<Asked> {
  const id = t.lab.random('n');
  const acted = await t.act('change-price', { id, priceCents }, { timeout: patience });
  if (acted.reply?.status !== 204) throw new LabFailed('the price could not be changed');
  return { situation, style: 'event-driven', id, acted, latency: 0, accepted: true };
}

/** The price that a user was shown. */
export const shown = ({ acted }: Asked): unknown =>
  (acted.reply?.body as { priceCents?: unknown } | undefined)?.priceCents;

/** How many messages services sent each other: what users send and get is the same in both styles. */
export const messages = ({ acted }: Asked): number =>
  acted.run.hops.filter(
    ({ via, from, to }) =>
      via !== 'store' && ![from, to].some((end) => end === 'user' || end === 'operator'),
  ).length;

/** Waits until someone has acknowledged so many deliveries since a line of the journal. */
export async function acknowledged(
  t: Tools,
  { situation }: Asked,
  { since, n }: { since: number; n: number },
): Promise<void> {
  const by = situation.dependent === 'prices' ? 'shop-events' : situation.dependent;
  const pubacks = (): number =>
    t.lab.journal.lines
      .slice(since)
      .filter((line: Line) => line.type === 'hop' && line.kind === 'puback' && line.from === by)
      .length;
  const timeout = patience * t.lab.factor;
  if (!(await t.lab.journal.waitFor(() => pubacks() >= n, { timeout, since })))
    throw new LabFailed(`${by} did not acknowledge what was delivered twice`);
}

/** The addresses of a situation's dependent that a shop has to be given. */
export const addresses = (t: Tools, { dependent }: Situation, style: Style): number =>
  t.lab.network.edge(shops[style], dependent).length;
