/** The recorded map of the bus, for those who have no lab and no scripts. */
import { expect, test } from './fixtures.ts';

test.use({ javaScriptEnabled: false, viewport: { width: 320, height: 700 } });

test('the map and the AsyncAPI document can be read without scripts, on a small phone', async ({
  page,
}) => {
  await page.goto('/04-topics/project/');
  const map = page.getByRole('figure').filter({ hasText: 'AsyncAPI' });
  const drawing = map.getByRole('img', { name: 'Topics: who tells whom on the bus' });
  await expect(drawing).toBeVisible();
  // It is not made smaller than it is drawn by more than a twentieth.
  expect((await drawing.boundingBox())!.width).toBeGreaterThan(
    Number(await drawing.getAttribute('width')) * 0.95,
  );
  await expect(drawing).toHaveAccessibleDescription(
    /^orders\/placed\/v1: published by Order service \(\d+\); delivered to Warehouse .*≠ Loyalty listens/,
  );
  await expect(map).toContainText('≠ Loyalty listens in the flow, and was never seen to.');
  await map.getByText('The same in words').click();
  await expect(map.getByText(/published by Order service/).last()).toBeVisible();
  await map.getByText('As an AsyncAPI document').click();
  const code = map.getByRole('region', { name: 'AsyncAPI document' });
  await expect(code).toBeVisible();
  expect(JSON.parse(await code.innerText())).toMatchObject({ asyncapi: '3.0.0' });
  expect(await code.locator('span.keyword').count()).toBeGreaterThan(10);
});
