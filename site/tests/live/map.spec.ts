/** The map of the bus in a lab that runs: who has joined shows in it. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../fixtures.ts';

test('loyalty is missing on the map until it has joined and heard of an order', async ({
  page,
  course,
}) => {
  test.setTimeout(60_000);
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const map = page.getByRole('region', { name: 'Map' });
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(course.invitation);
  await page.goto('/04-topics/project/');
  await expect(button('Map')).toBeDisabled();
  await button('Run the finished lab').click();
  await expect(page.locator('[data-status]')).toContainText('Runs on the broker');

  await button('Map').click();
  await expect(map.getByRole('status').first()).toContainText(
    '1 difference from the flow. Seen until',
  );
  await expect(map).toContainText('≠ Loyalty listens in the flow, and was never seen to.');
  const drawing = map.getByRole('img', { name: 'Topics: who tells whom on the bus' });
  await expect(drawing).toBeVisible();
  await expect(drawing).toContainText('orders/placed/v1');
  await expect(drawing).toContainText('≠ listens');

  await button('Loyalty joins').click();
  await expect(page.locator('[data-said]')).toContainText('✓ Loyalty joins: complete');
  await button('Place an order').click();
  await expect(page.locator('[data-said]')).toContainText('✓ Place an order: complete');
  await button('Map').click();
  await expect(map.getByRole('status').first()).toContainText('As the flow says. Seen until');
  await expect(map).toContainText('The flow says the same.');
  await map.getByText('The same in words').click();
  await expect(map).toContainText('Analytics (2), Loyalty (1).');

  await map.getByText('As an AsyncAPI document').click();
  await button('Copy').click();
  await expect(map).toContainText('Copied.');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const { asyncapi, operations } = JSON.parse(copied) as { asyncapi: string; operations: object };
  expect(asyncapi).toBe('3.0.0');
  expect(Object.keys(operations)).toContain('loyalty-receives-orders-placed-v1');
  const { violations } = await new AxeBuilder({ page }).include('[aria-label="Map"]').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);

  // What another lab did is not shown as this one's.
  await button('Stop').click();
  await expect(page.locator('[data-status]')).toContainText('The lab does not run');
  await expect(drawing).toBeHidden();
  await expect(button('Map')).toBeDisabled();
});
