// A new version announces itself and takes over when it disturbs nobody.

import { expect, test } from '../stage/story';
import { NextBuild, buildOf, newBuildWaits, remembered } from '../stage/worker';

// The files of the build before are gone from the server; what misses them complains in the console.
test.use({ serviceWorkers: 'allow', provokes: /404|MIME/ });
test.describe.configure({ timeout: 90_000 });

let next: NextBuild;

test.beforeEach(() => {
  next = new NextBuild();
});

test.afterEach(() => next.discard());

test('is told quietly of a new version, goes on, and gets it when they say so', async ({ orders, page, shop, words }) => {
  await orders.open();
  await remembered(page, '/orders');
  const before = await buildOf(page);
  await shop.deploys(next.folder);

  // An answer of the API is the first to tell.
  await page.getByRole('main').evaluate((main) => (main.dataset.untouched = ''));
  await orders.search.fill('a');
  const notice = page.getByText(words.common.new_version);
  await expect(notice).toBeVisible({ timeout: 20_000 });
  await expect(orders.search).toHaveValue('a');
  await expect(page.locator('main[data-untouched]')).toHaveCount(1);
  expect(await buildOf(page)).toBe(before);

  await page.getByRole('button', { name: words.common.new_version_reload }).click();
  await expect.poll(() => buildOf(page).catch(() => before)).toBe(next.name);
  await expect(orders.heading).toBeVisible();
  await expect(notice).toHaveCount(0);
});

test('may say later', async ({ orders, page, shop, words }) => {
  await orders.open();
  await remembered(page, '/orders');
  await shop.deploys(next.folder);
  await orders.search.fill('a');
  const notice = page.getByText(words.common.new_version);
  await expect(notice).toBeVisible({ timeout: 20_000 });
  await page.getByRole('button', { name: words.common.new_version_later }).click();
  await expect(notice).toHaveCount(0);
  await expect(orders.search).toHaveValue('a');
});

test('gets the new version with the next page that is opened, not the old one from the cache', async ({
  orders,
  page,
  shop,
}) => {
  await orders.open();
  await remembered(page, '/orders');
  await shop.deploys(next.folder);
  await orders.search.fill('a');
  await newBuildWaits(page);

  await page.goto('/orders');
  expect(await buildOf(page)).toBe(next.name);
  await orders.settled();
  const waits = () => page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting));
  await expect.poll(waits).toBe(false);
});

test('an older page that is still open finds its files, and is told', async ({ orders, page, context, shop, words }) => {
  await orders.open();
  await remembered(page, '/orders');
  const other = await context.newPage();
  await other.goto('/orders');
  // Who comes back gets all of the code, which the first visit did not need.
  const kept = (path: string) => caches.match(path).then(Boolean);
  await expect.poll(() => other.evaluate(kept, next.laterFileBefore), { timeout: 15_000 }).toBe(true);
  await shop.deploys(next.folder);
  await orders.search.fill('a');
  await newBuildWaits(page);

  await page.getByRole('button', { name: words.common.new_version_reload }).click();
  await expect.poll(() => buildOf(page).catch(() => '')).toBe(next.name);
  // The other page was not reloaded, and its code is all there although the server has it no more.
  expect(await buildOf(other)).not.toBe(next.name);
  expect((await fetch(shop.origin + next.laterFileBefore)).status).toBe(404);
  const loads = (path: string) => fetch(path).then((answer) => answer.status);
  expect(await other.evaluate(loads, next.laterFileBefore)).toBe(200);
  await expect(other.getByText(words.common.new_version)).toBeVisible({ timeout: 15_000 });
});
