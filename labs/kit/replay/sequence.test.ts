import assert from 'node:assert/strict';
import { test } from 'node:test';
import architecture from '../../01-nine-hops/flow.ts';
import { clockFor } from './clock.ts';
import { messagesOf, waitsOf } from './messages.ts';
import { timeInWords, traceRows } from './rows.ts';
import { sequenceSvg } from './sequence.ts';
import { failedRead, lateOrder } from './testing/made.ts';

const folded = { show: ['user', 'api-gateway', 'service-a'] };

test('the drawing of a late order, and of a read that failed, is the same bytes each time', (t) => {
  const svgs = [
    sequenceSvg(architecture, [lateOrder]),
    sequenceSvg(architecture, [failedRead], { ...folded, show: [folded.show], narrow: true }),
  ];
  t.assert.snapshot(svgs.map((svg) => svg.replaceAll('><', '>\n<').split('\n')));
});

test('nothing in a drawing can run or style the page: what learners wrote is text', () => {
  const evil = '</text><script>alert("1")</script>';
  const [first, ...rest] = failedRead.hops;
  const trace = {
    ...failedRead,
    title: evil,
    hops: [{ ...first!, text: evil }, ...rest],
    verdict: { ...failedRead.verdict!, headline: evil },
    notes: [{ at: 1, component: 'service-a', what: 'crashed', text: evil }],
  };
  const svg = sequenceSvg(architecture, [trace], { column: 400 });
  assert.doesNotMatch(svg, /<script|style=|\son\w+=/);
  assert.ok(svg.includes('&lt;script>alert(&quot;1&quot;)'));
});

test('only those who take part stand across, in the architecture’s order', () => {
  const svg = sequenceSvg(architecture, [lateOrder]);
  const names = [...svg.matchAll(/font-weight="600">([^<]+)</g)].map(([, name]) => name);
  assert.deepEqual(names, [
    'User',
    'Load Balancer',
    'API Gateway',
    'Service B',
    'Database B',
    'Event Bus',
    'Service C',
    'Database C',
  ]);
});

test('hops through others become one arrow, from when it left to when it arrived', () => {
  assert.deepEqual(
    messagesOf(failedRead, folded).map(({ from, to, sent, arrived, fault }) => [
      from,
      to,
      sent,
      arrived,
      fault,
    ]),
    [
      ['user', 'api-gateway', 1, 2, undefined],
      ['api-gateway', 'service-a', 3, 3, undefined],
      ['api-gateway', 'user', 8, 9, 'odd'],
    ],
  );
});

test('a store whose database is not shown is the service’s own step', () => {
  const stored = messagesOf(lateOrder, { show: ['service-b', 'event-bus', 'service-c'] });
  assert.deepEqual(
    stored.filter((m) => m.via === 'store').map(({ from, to, n }) => [from, to, n]),
    [
      ['service-b', 'service-b', undefined],
      ['service-c', 'service-c', 9],
    ],
  );
});

test('a talk between others leaves no arrow; a reply from one that is not shown comes from aside', () => {
  const messages = messagesOf(failedRead, { show: ['user', 'service-a'] });
  assert.deepEqual(
    messages.map(({ from, to }) => [from, to]),
    [
      ['user', 'service-a'],
      [undefined, 'user'],
    ],
  );
});

test('a question to one that is not shown, and its answer, are left out', () => {
  const { hops } = failedRead;
  const cache = [
    { at: 4, from: 'service-a', to: 'cache-a', via: 'http', text: 'GET /products/p-lamp' },
    { at: 5, from: 'cache-a', to: 'service-a', via: 'http', text: 'reply 404' },
  ] as const;
  const { verdict: _, ...trace } = failedRead;
  const asked = { ...trace, hops: [...hops.slice(0, 3), ...cache] };
  const messages = messagesOf(asked, folded);
  assert.deepEqual(
    messages.map(({ from, to }) => [from, to]),
    [
      ['user', 'api-gateway'],
      ['api-gateway', 'service-a'],
    ],
  );
});

test('words of the page’s own may leave hops out', () => {
  const words = ({ text }: { text: string }): string | undefined =>
    text.startsWith('GET') ? 'asks' : undefined;
  assert.deepEqual(
    messagesOf(failedRead, { words }).map((m) => m.text),
    ['asks', 'asks', 'asks'],
  );
});

test('who waits is told until the reply, or until they have answered without one', () => {
  assert.deepEqual(waitsOf(failedRead), [
    { component: 'user', since: 1, until: 9 },
    { component: 'load-balancer', since: 2, until: 8 },
    { component: 'api-gateway', since: 3, until: 8 },
  ]);
  assert.deepEqual(waitsOf({ ...failedRead, hops: failedRead.hops.slice(0, 1) }), [
    { component: 'user', since: 1 },
  ]);
});

test('time keeps its order on every lane, short gaps are stretched, long ones are told', () => {
  const moments = [
    { at: 0, lane: 0, room: 30 },
    { at: 0.4, lane: 1, room: 30 },
    { at: 0.5, lane: 0, room: 30 },
    { at: 10.5, lane: 0, room: 30 },
    { at: 1_510.5, lane: 0, room: 30 },
  ];
  const { ys, y, pauses } = clockFor(moments, 50);
  assert.deepEqual(
    ys,
    ys.toSorted((a, b) => a - b),
  );
  assert.equal(new Set(ys).size, ys.length);
  assert.ok(ys[2]! - ys[0]! >= 30);
  assert.deepEqual(
    pauses.map((p) => p.ms),
    [1_500],
  );
  assert.equal(y(10.5), ys[3]);
  assert.equal(y(700), ys[3]);
});

test('side by side, drawings of one clock share their heights', () => {
  const both = [failedRead, lateOrder];
  const [left, right] = [0, 1].map((only) => sequenceSvg(architecture, both, { only }));
  const height = (svg = ''): string | undefined => /height="(\d+)"/.exec(svg)?.[1];
  assert.equal(height(left), height(right));
  assert.notEqual(left, right);
  const together = sequenceSvg(architecture, both);
  assert.equal(together.match(/data-index/g)?.length, both.flatMap((t) => t.hops).length + 1);
});

test('the rows say the same: one a hop, and what is missing where it was expected', () => {
  const rows = traceRows(architecture, failedRead);
  assert.deepEqual(rows[3], {
    time: '8.0 ms',
    from: 'API Gateway',
    to: 'Load Balancer',
    text: 'reply 502, instance 1',
    mark: 'the first that does not fit',
  });
  assert.deepEqual(traceRows(architecture, lateOrder).at(-1), {
    time: '',
    n: 9,
    from: 'Service C',
    to: 'Database C',
    text: 'stores what it has to do',
    mark: 'missing',
  });
});

test('the bus that a message went over is said once', () => {
  const text = 'PUBLISH, over the standby';
  const hop = {
    at: 1,
    from: 'service-b',
    to: 'event-bus',
    via: 'mqtt',
    text,
    instance: 2,
  } as const;
  assert.equal(traceRows(architecture, { ...lateOrder, hops: [hop] })[0]?.text, text);
});

test('a hop that is missing between others has its row before the first that does not fit', () => {
  const missing = { from: 'api-gateway', to: 'service-a', via: 'http', text: 'reply' } as const;
  const verdict = { ...failedRead.verdict!, missing };
  const rows = traceRows(architecture, { ...failedRead, verdict });
  assert.deepEqual(
    rows.map(({ mark }) => mark),
    [undefined, undefined, undefined, 'missing', 'the first that does not fit', undefined],
  );
});

test('times have as many digits as one compares', () => {
  assert.deepEqual([0.33, 9.96, 12.3, 999.4, 999.6, 1_337].map(timeInWords), [
    '0.3 ms',
    '10 ms',
    '12 ms',
    '999 ms',
    '1.00 s',
    '1.34 s',
  ]);
});
