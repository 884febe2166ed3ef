import type { Exploration } from '../kit/explore/exploration.ts';
import { onBus, onEdge } from '../kit/explore/troubles.ts';
import { NotAsExpected } from '../kit/grade/errors.ts';
import { situations } from './cast.ts';
import { ask, lateness, timesDone, type Asked } from './checks/orders.ts';

const audited = situations.find(({ dependent }) => dependent === 'audit')!;

/**
 * What the decisions on the audit trail rest on, under random troubles: an order that the event style
 * has accepted is in the trail at last, and a call never writes it down twice.
 */
export const exploration: Exploration<Asked[]> = {
  action: 'a customer places an order in each style',
  troubles: [
    {
      id: 'audit-slow',
      title: 'Audit takes 100 ms longer to answer',
      apply: onEdge('shop-calls', 'audit', { kind: 'latency', ms: 100 }),
    },
    {
      id: 'audit-down',
      title: 'Audit breaks every connection',
      apply: onEdge('shop-calls', 'audit', { kind: 'reset' }),
    },
    {
      id: 'audit-answer-lost',
      title: 'Audit does its work, and its next answer is lost',
      apply: onEdge('shop-calls', 'audit', { kind: 'reset-after' }, { first: 1 }),
    },
    {
      id: 'event-late',
      title: 'The bus brings audit its next event 100 ms later',
      apply: onBus('audit', {
        direction: 'down',
        kind: 'deliver',
        first: 1,
        fault: { kind: 'delay', ms: 100 },
      }),
    },
    {
      id: 'event-twice',
      title: 'The bus brings audit its next event twice',
      apply: onBus('audit', {
        direction: 'down',
        kind: 'deliver',
        first: 1,
        fault: { kind: 'repeat' },
      }),
    },
    {
      id: 'event-cut',
      title: 'The connection breaks before audit has its next event',
      apply: onBus('audit', {
        direction: 'down',
        kind: 'deliver',
        first: 1,
        fault: { kind: 'cut' },
      }),
    },
  ],

  async act(t) {
    const called = await ask(t, audited, 'request-response', t.lab.random('o'));
    const told = await ask(t, audited, 'event-driven', t.lab.random('o'));
    // A trouble that waits for the event has hit it then.
    await t.seen(told.acted.run, ({ kind }) => kind === 'deliver', 3_000);
    return [called, told];
  },

  async judge(t, placed) {
    for (const asked of placed.flat()) {
      const late = await lateness(t, asked);
      const times = timesDone(t, asked);
      const isRight = asked.style === 'event-driven' ? late !== undefined : times <= 1;
      if (!isRight)
        throw new NotAsExpected({
          headline: `An order of ${asked.style} in the audit trail`,
          expected: asked.style === 'event-driven' ? 'once or more' : 'once at the most',
          observed: `${times} times`,
        });
    }
  },
};
