import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { storyPicture } from './story-picture.ts';
import { end, stories, type Story } from './story.ts';

const [ask, tell] = stories as [(typeof stories)[0], (typeof stories)[0]];
const wait = ({ waits }: Story) => waits.find(({ who }) => who === 'Customer')!;
const work = ({ works }: Story, of: (who: string) => boolean) =>
  works.filter(({ who }) => of(who)).map(({ who, from, until }) => [who, until - from]);
const isOther = (who: string): boolean => who !== 'Order service';

for (const { calm, fault } of stories) {
  for (const [name, story] of [
    [calm.title, calm],
    [`${calm.title}, with Analytics down`, fault],
  ] as const) {
    describe(name, () => {
      test('everybody who speaks, works or waits has a lane, within the picture', () => {
        for (const { from, to, at } of story.messages) {
          assert.ok(story.lanes.includes(from) && story.lanes.includes(to), `${from} → ${to}`);
          assert.ok(at >= 0 && at <= end);
        }
        const spans = [...story.works, ...story.waits, ...story.holds, ...story.downs];
        for (const { who, from, until } of spans) {
          assert.ok(story.lanes.includes(who), who);
          assert.ok(from >= 0 && from < until && until <= end, who);
        }
      });

      test('nobody works before a message reached them, or while down', () => {
        for (const { who, from } of story.works) {
          assert.ok(
            story.messages.some(({ to, at }) => to === who && at <= from),
            who,
          );
          assert.ok(
            story.downs.every((down) => down.who !== who || from >= down.until),
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
}

test('the three dependents do the same work in both', () => {
  assert.deepEqual(work(ask.calm, isOther), work(tell.calm, isOther));
});

test('whoever asks waits for all the work; whoever tells only for the order service', () => {
  const total = ask.calm.works.reduce((sum, { from, until }) => sum + until - from, 0);
  assert.equal(wait(ask.calm).until, total);
  const own = tell.calm.works.find(({ who }) => !isOther(who))!;
  assert.equal(wait(tell.calm).until, own.until);
});

test('the dependents work at the same time only when they are told', () => {
  const overlap = ({ works }: Story) => {
    const others = works.filter(({ who }) => isOther(who));
    return others.some((a, i) => others.slice(i + 1).some((b) => b.from < a.until));
  };
  assert.equal(overlap(ask.calm), false);
  assert.equal(overlap(tell.calm), true);
});

describe('the same fault in both', () => {
  const worked = (story: Story) => work(story, (who) => who === 'Analytics');

  test('it is as long, and it lies over the moment at which Analytics is called or told', () => {
    assert.deepEqual(ask.fault.downs, tell.fault.downs);
    const [down] = ask.fault.downs;
    for (const { calm } of stories) {
      const { at } = calm.messages.find(({ to }) => to === 'Analytics')!;
      assert.ok(at >= down!.from && at < down!.until);
    }
  });

  test('asked, Analytics never does its work, and the customer waits longer for an error', () => {
    assert.deepEqual(worked(ask.fault), []);
    assert.ok(wait(ask.fault).until > wait(ask.calm).until);
    assert.equal(ask.fault.reply, 'error');
  });

  test('told, it does the same work later, and the customer notices nothing', () => {
    assert.deepEqual(worked(tell.fault), worked(tell.calm));
    assert.deepEqual(wait(tell.fault), wait(tell.calm));
    assert.equal(tell.fault.reply, 'reply');
  });
});

test('one style is round, the other square', () => {
  const [round, square] = [storyPicture(ask.calm), storyPicture(tell.calm)];
  assert.ok(/rx="[1-9]/.test(round) && round.includes('<circle'));
  assert.ok(!/rx="[1-9]/.test(square) && !square.includes('<circle'));
});
