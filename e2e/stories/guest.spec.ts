// One order by its number and a code, without logging in: the code comes by a real mail server.

import { PostOffice } from '../stage/post-office';
import { SHOPPERS } from '../stage/seed';
import { findings } from '../stage/axe';
import { expect, test as base } from '../stage/story';

const test = base.extend<{ office: PostOffice }>({
  office: async ({}, use) => {
    const office = await PostOffice.open();
    await use(office);
    await office.close();
  },
});

for (const lang of ['zh-CN', 'en'] as const) {
  test.describe(lang, () => {
    test.use({ lang, who: null });

    test('finds the way from the log-in, gets a code by e-mail, and sees one order and the way to all', async ({
      office,
      shop,
      logIn,
      page,
      id,
      number,
      words,
    }) => {
      await shop.runsWith({ ...office.settings, TEPAI_PUBLIC_URL: shop.origin });
      await logIn.open();
      await page.getByRole('link', { name: words.session.guest }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.guest.title);
      // What is missing is said before anything is sent, and the first of it has the focus.
      await page.getByRole('button', { name: words.guest.ask }).click();
      const orderNumber = page.getByLabel(words.guest.number);
      await expect(orderNumber).toBeFocused();
      await orderNumber.fill(number('tp-100011'));
      await page.getByLabel(words.guest.contact_email).fill(SHOPPERS.lin);
      await page.keyboard.press('Enter');

      const code = page.getByLabel(words.guest.code);
      await expect(code).toBeFocused();
      await expect(code).toHaveAttribute('autocomplete', 'one-time-code');
      await expect(code).toHaveAttribute('inputmode', 'numeric');
      await expect(page).toHaveURL(/\/guest\?request=[0-9a-f]+$/);
      expect(await findings(page)).toEqual([]);
      await code.fill('000000');
      await page.keyboard.press('Enter');
      await expect(page.getByText(words.guest.code_wrong)).toBeVisible();
      await expect(code).toBeFocused();

      await expect.poll(() => office.about(number('tp-100011')).length, { timeout: 15_000 }).toBe(1);
      const [letter] = office.about(number('tp-100011'));
      const [sent] = letter.text?.match(/\b\d{6}\b/) ?? [''];
      await code.fill(sent);
      await page.keyboard.press('Enter');
      await expect(page).toHaveURL(new RegExp(`/orders/${id('tp-100011')}$`));
      await expect(page.getByRole('main')).toContainText(number('tp-100011'));

      // No bell and no list, but the ways on.
      const banner = page.getByRole('banner');
      await expect(banner.getByRole('link', { name: words.common.my_orders })).toHaveCount(0);
      await banner.locator('summary').click();
      await expect(banner.getByRole('link', { name: words.common.log_in_for_all })).toBeVisible();
      await page.goto('/orders');
      await expect(page).toHaveURL(new RegExp(`/orders/${id('tp-100011')}$`));
      await page.goto(`/orders/${id('tp-100010')}`);
      await expect(page.getByText(words.common.not_found_title)).toBeVisible();
      const main = page.getByRole('main');
      await expect(main.getByRole('link', { name: words.common.one_order })).toBeVisible();
      await expect(main.getByRole('link', { name: words.common.contact })).toBeVisible();
      await expect(main).not.toContainText(words.common.back_to_orders);
      await page.getByRole('banner').locator('summary').click();
      await page.getByRole('button', { name: words.common.leave }).click();
      await expect(logIn.heading).toBeVisible();
    });
  });
}

test.describe('without settings', () => {
  test.use({ who: null });

  test('the page says that no codes are sent, and where to go instead', async ({ page, words }) => {
    await page.goto('/guest');
    await expect(page.getByText(words.guest.none_title)).toBeVisible();
    await expect(page.getByRole('link', { name: words.common.log_in_for_all })).toBeVisible();
  });
});
