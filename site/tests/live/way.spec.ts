/** A person's whole way through chapter 1, from what `npm start` prints: once by mouse, once by keyboard. */
import type { Locator, Page } from '@playwright/test';
import { startCourse, type Course } from '../../server/testing/course.ts';
import { expect, test } from '../fixtures.ts';

const slug = '01-nine-hops';

/** How a person gets at something on a page: with a mouse, or with keys and nothing else. */
interface Hand {
  press: (target: Locator) => Promise<void>;
  choose: (radio: Locator) => Promise<void>;
}

const mouse: Hand = {
  press: (target) => target.click(),
  choose: (radio) => radio.check(),
};

const keys = (page: Page): Hand => {
  /** Tab, forward as a person does, until it is there. */
  const reach = async (target: Locator): Promise<void> => {
    await expect(target).toBeVisible();
    for (let tabs = 0; tabs < 250; tabs += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`Tab never came to ${target.toString()}`);
  };
  const reachGroup = async (radio: Locator): Promise<void> => {
    // One tab stop for all of a group: its first, or the one that is chosen.
    const name = (await radio.getAttribute('name'))!;
    const stop = page.locator(`input[name="${name}"]:focus`);
    for (let tabs = 0; tabs < 250 && (await stop.count()) === 0; tabs += 1)
      await page.keyboard.press('Tab');
    await expect(stop).toHaveCount(1);
  };
  return {
    press: async (target) => {
      await reach(target);
      await page.keyboard.press('Enter');
    },
    choose: async (radio) => {
      await reachGroup(radio);
      await page.keyboard.press('Space');
      for (let downs = 0; downs < 15 && !(await radio.isChecked()); downs += 1)
        await page.keyboard.press('ArrowDown');
      await expect(radio).toBeChecked();
    },
  };
};

async function readAndPredict(page: Page, { press, choose }: Hand): Promise<void> {
  await press(page.getByRole('main').getByRole('link', { name: 'Start chapter 1' }));
  await expect(page).toHaveURL(/\/learn\/$/);
  const question = page.getByRole('group', { name: /What do they get\?/ });
  await choose(question.getByRole('radio').first());
  await expect(question.getByText('✗ Not quite.').filter({ visible: true })).toHaveCount(1);
  await press(page.getByRole('navigation', { name: 'What comes next' }).getByRole('link').first());
  await expect(page).toHaveURL(/\/visualize\/$/);
}

async function stepAndAnswer(page: Page, { press, choose }: Hand): Promise<void> {
  const player = page.getByRole('form', { name: 'Hop player' });
  await choose(player.getByRole('radio', { name: 'Load Balancer', exact: true }));
  await press(player.getByRole('button', { name: 'Step' }));
  await expect(player.getByRole('status')).toContainText('You chose Load Balancer: right.');
  const question = page.getByRole('group', { name: /carries the synchronous communication/ });
  await choose(question.getByRole('radio', { name: 'Service A' }));
  await expect(question.getByText('✓ Right.').filter({ visible: true })).toHaveCount(1);
  // Whoever wants to see it happen need not read on first.
  await press(page.getByRole('link', { name: 'Project', exact: true }).first());
  await expect(page).toHaveURL(/\/project\/$/);
}

async function runBreakEditGrade(page: Page, { press }: Hand, course: Course): Promise<void> {
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const status = page.locator('[data-status]');
  const said = page.locator('[data-said]');
  await press(button('Run'));
  await expect(status).toContainText('Runs on the broker');
  await press(button('Read a product'));
  await expect(said).toContainText('Hop 4 is missing');
  await press(button('Break the bus'));
  await expect(said).toContainText('The Event Bus is down');
  await press(button('Mend the bus'));
  await expect(said).toContainText('The Event Bus is back');
  // The person's editor is no page of ours.
  for (const file of ['service-a.ts', 'service-b.ts', 'service-c.ts'])
    await course.put(slug, file, 'solution');
  await expect(status).toContainText('11 of 11 checks pass');
  await press(button('Grade'));
  await expect(status).toHaveText('16 of 16 checks pass, 100 of 100 points', { timeout: 60_000 });
  await press(button('Place an order'));
  await expect(said).toContainText('✓ Place an order: complete, in order and in time');
  await press(button('Read the journals again'));
  const replay = page.getByRole('region', { name: 'Replay' });
  await expect(replay.getByLabel('Run').locator('option').first()).toContainText(
    '✓ Place an order',
  );
  await press(button('Step'));
  await expect(replay.getByRole('status')).toContainText('User → Load Balancer');
}

for (const by of ['mouse', 'keyboard'] as const)
  test(`by ${by}: read, predict, step, answer, run, break, edit, grade, replay`, async ({
    browser,
  }) => {
    test.setTimeout(180_000);
    // A course and a browser profile as they are on the first day.
    const course = await startCourse();
    const context = await browser.newContext();
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    try {
      const hand = by === 'mouse' ? mouse : keys(page);
      await page.goto(course.invitation);
      await expect(page).toHaveURL(`${course.address}/`);
      await readAndPredict(page, hand);
      await stepAndAnswer(page, hand);
      await runBreakEditGrade(page, hand, course);
      expect(errors).toEqual([]);
    } finally {
      await context.close();
      await course.stop();
    }
  });
