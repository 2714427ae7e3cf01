// An order keeps the policy that it was placed under: its help and its policy say so, and lead to the one in force.

import { findings } from '../stage/axe';
import { fill } from '../stage/catalogues';
import { appIsThere } from '../stage/pages';
import { expect, test } from '../stage/staff';

test.use({ who: 'lin' });

test('an order of before leads to what holds for it, and from there to what holds now', async ({ page, shop, id, words, sits }) => {
  const { token } = await sits('admin');
  await shop.publishes(token, '2026-99', (text) => text.replaceAll('arrives_within = 10', 'arrives_within = 12'));
  await page.goto(`/orders/${id('tp-100019')}`);
  await appIsThere(page);
  await page.getByRole('link', { name: words.support.help_cancelling }).click();
  await expect(page).toHaveURL(/\/help\/cannot-cancel\?shop=tepai&version=2026-01$/);
  const main = page.getByRole('main');
  // That says nothing of a version; what it leads to is of the order's.
  await expect(main).toContainText(words.help.of_today);
  await main.locator('.help-entry[href*="/help/who-may-cancel"]').click();
  await expect(page).toHaveURL(/\/help\/who-may-cancel\?shop=tepai&version=2026-01$/);
  await expect(main).toContainText(fill(words.help.of_order, { version: '2026-01' }));
  await expect(main).toContainText(words.help.of_order_text);
  expect(await findings(page)).toEqual([]);
  // The order's policy says that it is not in force any more, and in what it differs.
  await main.getByRole('link', { name: fill(words.help.version_read, { version: '2026-01' }) }).click();
  await expect(page).toHaveURL(/\/help\/policies\/tepai\?version=2026-01$/);
  await expect(main).toContainText(words.help.policy_past);
  await expect(main).toContainText(fill(words.help.differs, { sections: words.help.policy_refunds }));
  await expect(main.getByRole('region', { name: words.help.policy_refunds })).toContainText('7–10');
  expect(await findings(page)).toEqual([]);
  // What is in force now has both versions in its list.
  await main.getByRole('link', { name: fill(words.help.policy_now, { version: '2026-99' }) }).click();
  await expect(page).toHaveURL(/\/help\/policies\/tepai$/);
  await expect(main.getByRole('region', { name: words.help.policy_refunds })).toContainText('7–12');
  const versions = main.getByRole('region', { name: words.help.versions });
  await expect(versions.getByRole('link', { name: /^(Version )?2026-/ })).toHaveCount(2);
  await versions.getByRole('link', { name: words.help.versions_more }).click();
  await expect(page).toHaveURL(/\/help\/policy-changes\?shop=tepai$/);
  await expect(main).toContainText('2026-99');
  await expect(main).toContainText('2026-01');
});

test('an article of an order has the numbers of its policy, and leads to those of now', async ({ page, shop, words, sits }) => {
  const { token } = await sits('admin');
  await shop.publishes(token, '2026-99', (text) => text.replaceAll('arrives_within = 10', 'arrives_within = 12'));
  await page.goto('/help/when-is-my-refund-there?shop=tepai&version=2026-01');
  await appIsThere(page);
  const answer = page.locator('.help-answer');
  await expect(answer).toContainText('7–10');
  await page.getByRole('link', { name: fill(words.help.article_now, { version: '2026-99' }) }).click();
  await expect(page).toHaveURL(/\/help\/when-is-my-refund-there\?shop=tepai$/);
  await expect(answer).toContainText('7–12');
  await expect(page.getByRole('main')).toContainText(words.help.orders_keep);
  await expect(page.getByRole('main')).not.toContainText(words.help.of_order_text);
});
