import { expect, test } from '../stage/story';
test('debug', async ({ orders, page, id }) => {
  page.on('console', (m) => console.log('CONSOLE', m.type(), m.text()));
  page.on('pageerror', (e) => console.log('PAGEERROR', e));
  await orders.open();
  await orders.cards.first().getByRole('heading').getByRole('link').click();
  await page.waitForTimeout(2000);
  console.log(page.url(), await page.getByRole('heading',{level:1}).allTextContents(), await page.title());
  await page.goBack(); await page.waitForTimeout(1000);
  console.log(page.url(), await page.getByRole('heading',{level:1}).allTextContents(), await page.title());
  await orders.tab('cancelled').click();
  await page.waitForTimeout(1000);
  console.log(page.url(), await page.getByRole('heading',{level:1}).allTextContents(), await page.title());
  await page.goto('/orders/'+id('tp-100010')); await page.waitForTimeout(1500);
  console.log(page.url(), await page.getByRole('heading',{level:1}).allTextContents(), await page.title());
  await page.getByRole('banner').locator('.back-link').click(); await page.waitForTimeout(1000);
  console.log(page.url(), await page.getByRole('heading',{level:1}).allTextContents(), await page.title());
});
