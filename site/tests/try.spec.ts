import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const path = '/04-topics/try/';
const task = (page: Page, id: string) => page.locator(`[data-task="04-topics/${id}"]`);
const shown = (page: Page, id: string) =>
  task(page, id).locator('[data-answer]').filter({ visible: true });
const stored = (page: Page) =>
  page.evaluate(() => JSON.parse(localStorage.getItem('nine-hops') ?? '{}').answers);

test('nothing is given away before an answer was run; an empty one is told', async ({ page }) => {
  await page.goto(path);
  await expect(page.locator('.tried').filter({ visible: true })).toHaveCount(0);
  const first = task(page, 'announce-it');
  await first.getByRole('button', { name: 'Run it' }).click();
  await expect(first.getByRole('status')).toHaveText('Choose an answer first.');
});

test('by keyboard only: an answer is run, its journal shows where it left the flow', async ({
  page,
}) => {
  await page.goto(path);
  const first = task(page, 'announce-it');
  await first.getByRole('radio').first().focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await expect(first.getByRole('status')).toContainText('✗ Not quite');
  await expect(first.getByRole('status')).toContainText('2 more tries');
  await expect(shown(page, 'announce-it')).toHaveCount(1);
  const journal = shown(page, 'announce-it').getByRole('list', { name: 'Its journal' });
  await expect(journal.locator('.odd')).toContainText('PUBLISH');
  await expect(first.getByText('What the task shows')).toBeHidden();
});

test('a right answer shows all answers and the explanation, and is remembered', async ({
  page,
}) => {
  await page.goto(path);
  const push = task(page, 'pushed-twice');
  await push.getByRole('radio', { name: 'It stores nothing and answers 204.' }).check();
  await push.getByRole('button', { name: 'Run it' }).click();
  await expect(shown(page, 'pushed-twice')).toHaveCount(3);
  await expect(push.getByText('One row, and the answer 204')).toBeVisible();
  expect(await stored(page)).toEqual({ '04-topics/pushed-twice': 'stores-nothing' });
  await page.reload();
  await expect(push.getByRole('radio', { checked: true })).toHaveCount(1);
  await expect(shown(page, 'pushed-twice')).toHaveCount(3);
});

test('three attempts, then the explanation; the same one again is no attempt', async ({ page }) => {
  await page.goto(path);
  const order = task(page, 'order-the-hops');
  const give = async (...hops: string[]): Promise<void> => {
    for (const [i, hop] of hops.entries())
      await order.getByRole('combobox').nth(i).selectOption(hop);
    await order.getByRole('button', { name: 'Run it' }).click();
  };
  await give('publish', 'order-service-stored', 'reply');
  await give('publish', 'order-service-stored', 'reply');
  await expect(order.getByRole('status')).toContainText('2 more tries');
  await give('publish', 'reply', 'order-service-stored');
  await expect(order.getByText('Any other order')).toBeVisible();
  await give('publish', 'publish', 'reply');
  await expect(order.getByText('What the task shows')).toBeVisible();
  await expect(shown(page, 'order-the-hops')).toHaveCount(3);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('every answer, its verdict, its explanation and its journal can be read', async ({
    page,
  }) => {
    await page.goto(path);
    const answers = page.locator('[data-answer]');
    await expect(answers).toHaveCount(16);
    for (const answer of await answers.all()) {
      await expect(answer.locator('strong').first()).toHaveText(/^(✓ Right|✗ Not quite)$/);
      await answer.locator('summary').first().click();
      await expect(answer.getByText('The flow’s machine says:')).toBeVisible();
      await expect(answer.getByRole('list', { name: 'Its journal' })).toBeVisible();
    }
    await expect(page.getByRole('button', { name: 'Run it' })).toHaveCount(0);
  });
});
