// The notifications, and the bell that counts them.

import { findings } from '../stage/axe';
import { fill } from '../stage/catalogues';
import { appIsThere } from '../stage/pages';
import { WITHIN_A_SECOND, expect, test } from '../stage/story';

test('are counted on every page, listed by day, and read once they were seen', async ({ orders, page, shop, seed, words }) => {
  const unread = await shop.unread(seed.tokens.lin);
  expect(unread).toBeGreaterThan(0);
  await orders.open();
  const count = unread > 99 ? '99+' : String(unread);
  const bell = page.getByRole('banner').getByRole('link', { name: fill(words.common.notifications_unread, { n: count }) });
  await expect(bell).toBeVisible();
  await bell.click();
  await expect(page).toHaveURL(/\/notifications$/);
  const main = page.getByRole('main');
  await expect(main.getByRole('heading', { level: 1 })).toHaveText(words.notifications.title);
  await expect(main.locator('[data-unread]').first()).toBeVisible();
  expect(await findings(page)).toEqual([]);
  // They were seen: the bell is empty, and the marks stay for this visit.
  const empty = page.getByRole('banner').getByRole('link', { name: words.common.notifications, exact: true });
  await expect(empty).toBeVisible(WITHIN_A_SECOND);
  expect(await shop.unread(seed.tokens.lin)).toBe(0);
  await expect(main.locator('[data-unread]').first()).toBeVisible();
  await page.reload();
  await appIsThere(page);
  await expect(main.locator('.notification').first()).toBeVisible();
  await expect(main.locator('[data-unread]')).toHaveCount(0);
});

test('come while a page is open, and lead to what they are about', async ({ orders, page, shop, seed, words }) => {
  const { id: one } = await shop.asksForReturn(seed.tokens.lin);
  const before = await shop.unread(seed.tokens.lin);
  await orders.open();
  await shop.decidesCase(one, 'reject', { note: '照片看不清楚' });
  const name = fill(words.common.notifications_unread, { n: before + 1 });
  await page.getByRole('banner').getByRole('link', { name }).click();
  const row = page.getByRole('main').getByRole('link').filter({ hasText: '照片看不清楚' });
  await expect(row).toContainText(words.notifications.case_rejected);
  await expect(row).toContainText(words.notifications.urgent);
  // Another comes while they are read.
  await shop.decidesCase((await shop.asksForReturn(seed.tokens.lin)).id, 'reject', { note: '没有看到问题' });
  await expect(page.getByRole('main')).toContainText('没有看到问题', WITHIN_A_SECOND);
  await row.click();
  await expect(page).toHaveURL(new RegExp(`/cases/${one}$`));
});

test.describe('without the app', () => {
  test.use({ javaScriptEnabled: false });

  test('are listed, and marked as read by a button', async ({ page, shop, seed, words }) => {
    await page.goto('/notifications');
    await expect(page.locator('[data-unread]').first()).toBeVisible();
    await page.getByRole('button', { name: words.notifications.read_all }).click();
    await expect(page.locator('[data-unread]')).toHaveCount(0);
    expect(await shop.unread(seed.tokens.lin)).toBe(0);
  });
});
