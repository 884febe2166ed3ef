import { expect, pages, test } from './fixtures.ts';

test('a reader gets from the home page to the diagram of chapter 1 and reads it', async ({
  page,
}) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByText('npm run lab 01')).toBeVisible();
  const list = page.getByRole('region', { name: /chapters, one question each$/ });
  await list.getByRole('link', { name: 'Visualize' }).first().click();

  await expect(page).toHaveURL(/\/01-nine-hops\/visualize\/$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nine hops');
  await expect(page.getByText('About 12 minutes')).toBeVisible();
});

test('the list of contents leads to each section', async ({ page }) => {
  await page.goto('/01-nine-hops/visualize/');
  const contents = page.getByRole('navigation', { name: 'On this page' });
  await contents.getByRole('link', { name: 'When the bus fails' }).click();
  await expect(page).toHaveURL(/#when-the-bus-fails$/);
  await expect(page.getByRole('heading', { name: 'When the bus fails' })).toBeInViewport();
});

test('the nine hops are listed in order, with their ends', async ({ page }) => {
  await page.goto('/01-nine-hops/visualize/');
  const hops = ['Read a product', 'Place an order'].map((name) =>
    page.locator('.prose > .hops').and(page.getByRole('list', { name })).getByRole('listitem'),
  );
  const ends = [
    /^1\s*User\s*→\s*Load Balancer/,
    /^2\s*Load Balancer\s*→\s*API Gateway/,
    /^3\s*API Gateway\s*→\s*Service A/,
    /^4\s*Service A\s*→\s*Cache A/,
    /^5\s*Cache A\s*→\s*Service A/,
    /^6\s*Service A\s*→\s*User/,
    /^7\s*Service B\s*→\s*Event Bus/,
    /^8\s*Event Bus\s*→\s*Service C/,
    /^9\s*Service C\s*→\s*Database C/,
  ];
  await expect(hops[0]!).toHaveText(ends.slice(0, 6));
  await expect(hops[1]!).toHaveText(ends.slice(6));
});

for (const [name, width, shape] of [
  ['a wide window', 1280, 'wide'],
  ['a phone', 390, 'narrow'],
] as const) {
  test(`the diagram has twelve boxes and nine numbers on ${name}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.goto('/01-nine-hops/visualize/');
    const diagram = page.getByRole('group', { name: 'Nine hops', exact: true });
    await expect(diagram).toHaveCount(1);
    await expect(diagram.locator('[data-component]')).toHaveCount(12);
    const numbers = await diagram.locator('[data-hop]').allTextContents();
    expect([...new Set(numbers)].map(Number).toSorted((a, b) => a - b)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9,
    ]);
    // A phone gets one that is taller than wide, so that it need not be shrunk.
    const { width: w, height: h } = (await diagram.boundingBox())!;
    expect(w > h).toBe(shape === 'wide');
  });
}

test('every component is explained once', async ({ page }) => {
  await page.goto('/01-nine-hops/visualize/');
  await expect(page.locator('.components > li')).toHaveCount(12);
});

test('a prediction is asked for before its answer shows', async ({ page }) => {
  await page.goto('/01-nine-hops/visualize/');
  const first = page.locator('.predict').first();
  const answer = first.locator('details > :not(summary)').first();
  await expect(answer).toBeHidden();
  await first.getByText('Compare your answer').click();
  await expect(answer).toBeVisible();
});

test('no link is dead, and no fragment leads nowhere', async ({ page, request, address }) => {
  const seen = new Set<string>();
  for (const path of pages) {
    await page.goto(path);
    const links = await page
      .locator('a[href]')
      .evaluateAll((all) =>
        all.map((link) => new URL(link.getAttribute('href')!, location.href).href),
      );
    expect(links.length).toBeGreaterThan(2);
    links.forEach((link) => seen.add(link));
  }
  for (const link of seen) {
    const url = new URL(link);
    expect(url.origin, `${link} stays on the course`).toBe(address);
    const reply = await request.get(link, { maxRedirects: 0 });
    expect(reply.status(), link).toBe(200);
    if (url.hash) expect(await reply.text(), link).toContain(`id="${url.hash.slice(1)}"`);
  }
});

test('an address that does not exist says so and leads home', async ({ page, trouble }) => {
  const reply = await page.goto('/02-nothing/');
  expect(reply?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no page here');
  await page.getByRole('main').getByRole('link', { name: 'home page' }).click();
  await expect(page).toHaveURL(/\/$/);
  // The browser reports the 404 that this test asked for.
  expect(trouble.splice(0)).toEqual([expect.stringContaining('404')]);
});

test('localhost leads to the one address that counts', async ({ page, address, trouble }) => {
  await page.goto(`${address.replace('127.0.0.1', 'localhost')}/01-nine-hops/visualize/`);
  await expect(page).toHaveURL(`${address}/01-nine-hops/visualize/`);
  expect(trouble.splice(0)).toEqual([expect.stringContaining('http://localhost')]);
});
