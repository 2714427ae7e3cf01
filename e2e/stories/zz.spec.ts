import { expect, test } from '../stage/story';
for (let i = 0; i < 6; i++) {
test('offline click ' + i, async ({ orders, order, page, id }) => {
  await orders.open();
  await page.context().setOffline(true);
  await orders.cards.first().getByRole('heading').getByRole('link').click();
  await page.waitForURL(/orders\/.+/);
  await expect(orders.heading).toHaveCount(0, { timeout: 3000 });
});
test('online click ' + i, async ({ orders, order, page, id }) => {
  await orders.open();
  await orders.cards.first().getByRole('heading').getByRole('link').click();
  await page.waitForURL(/orders\/.+/);
  await expect(order.actions).toBeVisible({ timeout: 3000 });
});
}
