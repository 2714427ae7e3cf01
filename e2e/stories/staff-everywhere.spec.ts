// Every page of the console, and every form of an act, as axe sees them, in both looks, wide and narrow; and acts made with
// the keyboard alone.

import type { Page } from '@playwright/test';

import { findings } from '../stage/axe';
import { asksToCancel, expect, orderThat, test } from '../stage/staff';

test.use({ who: 'lin' });

const LOOKS = [
  ['zh-CN', { width: 1280, height: 800 }, 'light'],
  ['en', { width: 390, height: 844 }, 'dark'],
] as const;

async function isSound(page: Page, what: string): Promise<void> {
  expect(await findings(page), what).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), what).toBe(false);
}

for (const [lang, viewport, look] of LOOKS) {
  test.describe(`${lang}, ${viewport.width} pixels wide, ${look}`, () => {
    test.use({ lang, viewport });

    test('every list can be read by everybody', async ({ sits }) => {
      const { desk } = await sits('zhou');
      const { page } = desk;
      await page.emulateMedia({ colorScheme: look });
      const lists = [
        ...['waiting', 'mine', 'left', 'served', 'closed'].map((show) => `/staff/conversations?show=${show}`),
        ...['cancellation_request', 'pending_confirmation', 'after_sale_case', 'refund_way', 'complaint', 'conversation'].map(
          (kind) => `/staff?kind=${kind}&claim=all&sort=age`,
        ),
        '/staff/orders',
        '/staff/replies',
        '/staff/policies',
        '/staff/insight',
      ];
      for (const path of lists) {
        await page.goto(path);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
        await isSound(page, path);
      }
    });

    test('every form of an act can be read by everybody', async ({ sits, seed, shop }) => {
      const asking = await orderThat(shop, seed.tokens.lin, asksToCancel);
      const pending = await orderThat(shop, seed.tokens.lin, ({ pending }) => pending?.cause === 'incomplete_info');
      const unpacked = await orderThat(
        shop,
        seed.tokens.lin,
        ({ state, cancellation }) => state === 'unpacked' && cancellation.kind === 'self_service',
      );
      const opened = await shop.asksForReturn(seed.tokens.lin);
      const { desk } = await sits('zhou');
      await desk.page.emulateMedia({ colorScheme: look });
      for (const order of [asking.id, pending.id, unpacked.id, opened.order.id]) {
        const offers = desk.acts.locator('button[aria-keyshortcuts]');
        let count = 1;
        for (let index = 0; index < count; index += 1) {
          await desk.open(order);
          await expect(offers.first()).toBeVisible();
          count = await offers.count();
          await offers.nth(index).click();
          await expect(desk.acts.locator('form')).toBeVisible();
          await isSound(desk.page, `${order}, act ${index + 1}`);
        }
      }
    });
  });
}

test('with the keyboard alone: an address is corrected, and the order confirmed', async ({ sits, seed, shop, says }) => {
  const waiting = await orderThat(shop, seed.tokens.lin, ({ pending }) => pending?.cause === 'incomplete_info');
  const { desk } = await sits('wang');
  const { page } = desk;
  await desk.open(waiting.id);
  const key = async (name: string) => (await desk.offered(name).getAttribute('aria-keyshortcuts'))!;
  await page.locator('#main').focus();
  await page.keyboard.press(await key(says.order.address));
  await expect(desk.acts.getByLabel(says.order.recipient)).toBeFocused();
  for (const text of ['林晓', '13800000001', '浙江省 杭州市 西湖区', '文三路 90 号']) {
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(text);
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await expect(desk.done(says.order.address)).toBeVisible();
  await page.locator('#main').focus();
  await page.keyboard.press(await key(says.order.confirm));
  await expect(desk.acts.locator('form')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(desk.done(says.order.confirm)).toBeVisible();
});
