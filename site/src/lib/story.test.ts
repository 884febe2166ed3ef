import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { storyPicture } from './story-picture.ts';
import { end, stories } from './story.ts';

const [ask, tell] = stories as [(typeof stories)[0], (typeof stories)[0]];
const wait = ({ waits }: typeof ask) => waits.find(({ who }) => who === 'Customer')!;

for (const story of stories) {
  describe(story.title, () => {
    test('everybody who speaks, works or waits has a lane, within the picture', () => {
      for (const { from, to, at } of story.messages) {
        assert.ok(story.lanes.includes(from) && story.lanes.includes(to), `${from} → ${to}`);
        assert.ok(at >= 0 && at <= end);
      }
      for (const { who, from, until } of [...story.works, ...story.waits]) {
        assert.ok(story.lanes.includes(who), who);
        assert.ok(from >= 0 && from < until && until <= end, who);
      }
    });

    test('nobody works before a message reached them', () => {
      for (const { who, from } of story.works) {
        assert.ok(
          story.messages.some(({ to, at }) => to === who && at <= from),
          who,
        );
      }
    });

    test('the customer waits until the reply and no longer', () => {
      const reply = story.messages.find(({ to }) => to === 'Customer')!;
      assert.equal(wait(story).until, reply.at);
    });

    test('the picture shows every message and says in words what it shows', () => {
      const svg = storyPicture(story);
      assert.equal(svg.match(/class="origin"/g)?.length, story.messages.length);
      for (const lane of story.lanes.filter(Boolean)) assert.ok(svg.includes(`>${lane}</text>`));
      assert.ok(svg.includes(`aria-label="${story.words}"`));
    });
  });
}

test('the three dependents do the same work in both', () => {
  const work = ({ works }: typeof ask) =>
    works
      .filter(({ who }) => who !== 'Order service')
      .map(({ who, from, until }) => [who, until - from]);
  assert.deepEqual(work(ask), work(tell));
});

test('whoever asks waits for all the work; whoever tells only for the order service', () => {
  const total = ask.works.reduce((sum, { from, until }) => sum + until - from, 0);
  assert.equal(wait(ask).until, total);
  const own = tell.works.find(({ who }) => who === 'Order service')!;
  assert.equal(wait(tell).until, own.until);
});

test('the dependents work at the same time only when they are told', () => {
  const overlap = ({ works }: typeof ask) => {
    const others = works.filter(({ who }) => who !== 'Order service');
    return others.some((a, i) => others.slice(i + 1).some((b) => b.from < a.until));
  };
  assert.equal(overlap(ask), false);
  assert.equal(overlap(tell), true);
});

test('one style is round, the other square', () => {
  assert.ok(!storyPicture(tell).includes('<circle') && storyPicture(ask).includes('<circle'));
  assert.ok(/rx="[1-9]/.test(storyPicture(ask)) && !/rx="[1-9]/.test(storyPicture(tell)));
});
