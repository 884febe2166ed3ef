/** The table of losses, for those who have no lab and no scripts. */
import { readFileSync } from 'node:fs';
import { expect, test } from './fixtures.ts';
import type { Losses } from '../../labs/kit/storm/losses.ts';

const losses = JSON.parse(
  readFileSync(new URL('../../labs/05-bus-down/losses.json', import.meta.url), 'utf8'),
) as Losses;

test.use({ javaScriptEnabled: false, viewport: { width: 320, height: 700 } });

test('the table of losses shows what was recorded, and a small phone scrolls it alone', async ({
  page,
}) => {
  await page.goto('/05-bus-down/project/');
  const table = page.getByRole('table').filter({ hasText: 'Lost, aedes' });
  for (const { title, on } of losses.variants) {
    const row = table
      .getByRole('row')
      .filter({ has: page.getByRole('rowheader', { name: title }) });
    const values = await row
      .locator('data')
      .evaluateAll((all) => all.map((data) => Number((data as HTMLDataElement).value)));
    const recorded = [on.aedes, on.mosquitto].flatMap((loss) =>
      loss ? [loss.lost.median, loss.twice.median] : [],
    );
    expect(values).toEqual(recorded);
  }
  await expect(page.getByText(`median of ${losses.runs} storms`)).toBeVisible();
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(320);
});
