import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import nineHops from '../../01-nine-hops/flow.ts';
import { layout } from './layout.ts';
import { edges } from './steps.ts';
import { diagramSvg } from './svg.ts';
import { twinText } from './twin.ts';

for (const direction of ['RIGHT', 'DOWN'] as const) {
  test(`${direction}: boxes and badges keep apart`, async () => {
    const { boxes, edges: lines, width, height, top } = await layout(nineHops, direction);
    const badges = lines.flatMap((line) => line.badges);
    const rooms = [
      ...boxes.map((box) => ({ name: box.component.id, ...box })),
      ...badges.map(({ n, x, y }) => ({
        name: `badge ${n}`,
        x: x - 11,
        y: y - 11,
        width: 22,
        height: 22,
      })),
    ];
    for (const [i, a] of rooms.entries()) {
      assert.ok(a.x >= 0 && a.x + a.width <= width, `${a.name} is in the picture`);
      assert.ok(a.y >= top && a.y + a.height <= top + height, `${a.name} is in the picture`);
      for (const b of rooms.slice(i + 1)) {
        const across = a.x < b.x + b.width && b.x < a.x + a.width;
        const down = a.y < b.y + b.height && b.y < a.y + a.height;
        assert.ok(!(across && down), `${a.name} lies over ${b.name}`);
      }
    }
  });

  test(`${direction}: lines meet only their own boxes, and cross nowhere`, async () => {
    const { boxes, edges: lines } = await layout(nineHops, direction);
    const stretches = lines.flatMap(({ edge, points }) =>
      points.slice(1).map((b, i) => {
        const a = points[i]!;
        const [left, right] = [Math.min(a.x, b.x), Math.max(a.x, b.x)];
        const [upper, lower] = [Math.min(a.y, b.y), Math.max(a.y, b.y)];
        return { edge, left, right, upper, lower };
      }),
    );
    for (const [i, s] of stretches.entries()) {
      for (const { component, x, y, width, height } of boxes) {
        const inside = s.left < x + width && s.right > x && s.upper < y + height && s.lower > y;
        assert.ok(!inside, `${s.edge.id} runs through ${component.id}`);
      }
      for (const t of stretches.slice(i + 1).filter(({ edge }) => edge !== s.edge)) {
        const apart =
          s.left > t.right || t.left > s.right || s.upper > t.lower || t.upper > s.lower;
        assert.ok(apart, `${s.edge.id} meets ${t.edge.id}`);
      }
    }
  });

  test(`${direction}: the same small SVG each time, with all that a page lights`, async () => {
    const svg = await diagramSvg(nineHops, { direction });
    assert.equal(await diagramSvg(nineHops, { direction }), svg);
    assert.ok(brotliCompressSync(svg).length <= 2_500);
    for (const { id } of nineHops.components) assert.ok(svg.includes(`data-component="${id}"`));
    for (const { id } of edges(nineHops)) assert.ok(svg.includes(`data-edge="${id}"`));
    for (const n of [1, 2, 3, 4, 5, 6, 7, 8, 9]) assert.ok(svg.includes(`data-hop="${n}"`));
    assert.ok(!/#(?!7c8798)[0-9a-f]{3}/.test(svg), 'colours come from the page');
  });
}

test('on a phone the portrait diagram is as wide as the screen', async () => {
  const { width } = await layout(nineHops, 'DOWN');
  assert.ok(width <= 360, `${width} px`);
});

test('names, roles and titles may hold any character', async () => {
  const [first, ...others] = nineHops.components;
  const components = [{ ...first!, name: 'A <b> & "c"', role: '<i>' }, ...others];
  const svg = await diagramSvg({ ...nineHops, title: '<T>', components });
  assert.ok(!svg.includes('<b>') && !svg.includes('<i>') && !svg.includes('<T>'));
});

test('a number gets the shape and the class that it is told', async () => {
  const svg = await diagramSvg(nineHops, {
    badge: (n) => (n > 6 ? { class: 'told', square: true } : undefined),
  });
  const badges = svg.match(/<g data-hop="\d"( class="told")?><(circle|rect) /g)!;
  assert.deepEqual(
    badges.toSorted().map((badge) => badge.replace(/.*"(\d)"(.*)><(.*) /, '$1$2 $3')),
    ['1', '2', '3', '4', '5', '6', '6', '6']
      .map((n) => `${n} circle`)
      .concat(['7', '8', '9'].map((n) => `${n} class="told" rect`)),
  );
});

test('boxes can lead somewhere: links that are in no image, without a word twice', async () => {
  const svg = await diagramSvg(nineHops, { href: ({ id }) => `#is-${id}` });
  for (const { id } of nineHops.components) {
    assert.match(svg, new RegExp(`<a data-component="${id}"[^>]* href="#is-${id}"><title>`));
  }
  assert.doesNotMatch(svg, /role="img"/);
  assert.match(svg, /role="group"/);
  assert.match(svg, /<g [^>]*aria-hidden="true"><g data-edge=/);
});

test('lines and boxes get the classes that they are told, and a box its pile', async () => {
  const svg = await diagramSvg(nineHops, {
    edgeClass: ({ to }) => (to === 'event-bus' ? 'cut' : undefined),
    boxClass: ({ id }) => (id === 'event-bus' ? 'gone' : undefined),
    pile: ({ id }) => (id === 'service-b' ? 'waits' : undefined),
  });
  assert.equal(svg.split('class="').length - 1, 4, 'the root and these three');
  assert.match(svg, /<g data-edge="service-b--event-bus" data-hops="7" class="cut">/);
  assert.match(svg, /<g data-component="event-bus"[^>]* class="gone">/);
  assert.match(
    svg,
    /<g data-component="service-b"(?:(?!<\/g><g data-component).)*<path class="waits"/,
  );
});

test('the text twin tells what the diagram shows', (t: TestContext) => {
  t.assert.snapshot(twinText(nineHops), { serializers: [String] });
});
