// Chinese and English, and the choice between them.

import { wordsIn } from '../stage/catalogues';
import { expect, test } from '../stage/story';

test.describe('a browser that prefers English', () => {
  test.use({ lang: 'en' });

  test('cancels an order in English', async ({ orders, order, dialog, number, words, page }) => {
    await orders.open();
    await expect(page).toHaveTitle('My Orders · Tepai');
    await orders.search.fill(number('tp-100011'));
    await expect(orders.cards).toHaveCount(1);
    await orders.link(number('tp-100011')).click();
    await order.cancel.click();
    await dialog.ready();
    await expect(dialog.title).toHaveText('Cancel this order?');
    await expect(dialog.keep).toHaveText('Keep the order');
    await dialog.reason('I changed my mind').check();
    await dialog.root.getByRole('button', { name: 'Yes, cancel the order' }).click();
    await expect(dialog.result).toHaveText(words.cancel.done);
    await expect(dialog.slip).toContainText('WeChat');
    await page.keyboard.press('Escape');
    await expect(order.state).toHaveText('Cancelled');
  });
});

test.describe('a browser that prefers something else', () => {
  test.use({ locale: 'fr-FR', readsOnly: true });

  test('gets Chinese', async ({ page, orders }) => {
    await orders.open();
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  });
});

test('changes to English in the menu, and it stays so', async ({ orders, order, page, id }) => {
  const english = wordsIn('en');
  await orders.open();
  await page.getByRole('banner').locator('summary').click();
  await page.getByRole('link', { name: 'English' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(english.common.my_orders);
  await expect(page).toHaveURL(/\/orders$/);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(english.common.my_orders);
  await page.goto(`/orders/${id('tp-100010')}`);
  await expect(order.state).toHaveText(english.state.unpacked);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

test('changes the language without losing tab and search', async ({ orders, page }) => {
  await orders.open({ tab: 'cancelled', q: '耳机' });
  await page.getByRole('banner').locator('summary').click();
  await page.getByRole('link', { name: 'English' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(wordsIn('en').common.my_orders);
  await expect(page).toHaveURL(/tab=cancelled/);
  await expect(page).toHaveURL(/q=/);
});

test('follows ?lang= of a link from the host app', async ({ page, order, id }) => {
  await page.goto(`/orders/${id('tp-100010')}?lang=en`);
  await expect(order.state).toHaveText(wordsIn('en').state.unpacked);
  await expect(page).toHaveURL(new RegExp(`/orders/${id('tp-100010')}$`));
});
