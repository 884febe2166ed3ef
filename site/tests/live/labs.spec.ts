/** Every later lab on its project page: run the finished one, act, make trouble, run the starter. */
import type { Page } from '@playwright/test';
import { loadLab, slugs } from '../../../labs/kit/grade/load.ts';
import { isShared } from '../../../labs/kit/map/bus-map.ts';
import { learnerFiles } from '../../../labs/kit/run/sources.ts';
import { expect, test } from '../fixtures.ts';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const status = (page: Page) => page.locator('[data-status]');
const said = (page: Page) => page.locator('[data-said]');

// Chapter 1's page has tests of its own: project.spec.ts, way.spec.ts.
for (const slug of slugs().filter((name) => name !== '01-nine-hops'))
  test(`${slug}: what a person does with the finished lab and with the starter`, async ({
    page,
    course,
  }) => {
    test.setTimeout(120_000);
    const { lab } = await loadLab(slug);
    await page.goto(course.invitation);
    await page.goto(`/${slug}/project/`);
    await button(page, 'Run the finished lab').click();
    await expect(status(page)).toContainText('The finished lab, not yours. Runs on the broker');
    for (const { title } of lab.actions) {
      await button(page, title).click();
      await expect(said(page), title).toContainText(`✓ ${title}: complete, in order and in time`);
    }
    for (const { title } of lab.troubles ?? []) {
      const trouble = page.getByRole('button', { name: title, exact: true });
      await trouble.click();
      await expect(trouble).toHaveAttribute('aria-pressed', 'true');
      await expect(said(page)).toContainText(`${title}. Press again to take it back.`);
      await trouble.click();
      await expect(trouble).toHaveAttribute('aria-pressed', 'false');
    }
    await expect(button(page, 'Map')).toHaveCount(isShared(lab.architecture) ? 1 : 0);
    if (lab.feeds)
      await expect(page.locator('[data-polls]')).toContainText(/Polls since you look: \w/);
    // With all troubles over it works as before.
    const [first] = lab.actions;
    await button(page, first!.title).click();
    await expect(said(page)).toContainText(`✓ ${first!.title}: complete, in order and in time`);
    await button(page, 'Stop').click();
    await expect(status(page)).toContainText('The lab does not run');

    await button(page, 'Run').click();
    await expect(status(page)).toContainText('Runs on the broker aedes');
    await button(page, first!.title).click();
    // Where the learner writes records, all services work: what fails is what they have to decide.
    const isWritten = lab.apps.some(({ learner }) => learner);
    await expect(said(page)).toContainText(isWritten ? '✗' : '✓');
    if (isWritten) await expect(said(page).getByRole('definition').first()).toBeVisible();
    else {
      await button(page, 'Grade').click();
      await expect(page.locator('[data-check] [data-finding]').first()).toContainText('TODO');
      await expect(status(page)).toContainText('0 of');
      // A record that is saved is judged at once, and nothing starts again for it.
      const [record] = learnerFiles(lab);
      await course.put(slug, record!, 'solution');
      const output = page.getByRole('list', { name: 'Output, the newest last' });
      await expect(output).toContainText(`saved: ${record}`);
      await expect(status(page)).toContainText(/[1-9]\d* of \d+ checks pass/);
      await expect(output).not.toContainText('restarted');
    }
    await button(page, 'Stop').click();
    await expect(status(page)).toContainText('The lab does not run');
  });
