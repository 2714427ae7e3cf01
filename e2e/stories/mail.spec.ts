// A cancel in the page, and the letter about it in the shopper's mailbox: a real mail server, with TLS and a password.

import { PostOffice } from '../stage/post-office';
import { PASSWORD, SHOPPERS } from '../stage/seed';
import { expect, test as base } from '../stage/story';
import { yuan } from '../stage/wire';

const test = base.extend<{ office: PostOffice }>({
  office: async ({}, use) => {
    const office = await PostOffice.open();
    await use(office);
    await office.close();
  },
});

const LETTERS = {
  'zh-CN': { subject: '订单已取消 · 订单 ', button: '查看订单', from: '特派' },
  en: { subject: 'Your order is cancelled · Order ', button: 'See the order', from: '特派' },
} as const;

for (const lang of ['zh-CN', 'en'] as const) {
  test.describe(lang, () => {
    test.use({ lang, who: null });

    test('cancels an order and finds the letter about it, which leads back to it', async ({
      office,
      shop,
      logIn,
      orders,
      order,
      dialog,
      page,
      id,
      number,
      seed,
    }) => {
      const expected = LETTERS[lang];
      await shop.runsWith({ ...office.settings, TEPAI_PUBLIC_URL: shop.origin });
      await logIn.open();
      await logIn.logIn(SHOPPERS.lin, PASSWORD);
      await expect(orders.cards.first()).toBeVisible();
      await order.open(id('tp-100011'));
      await order.cancel.click();
      await dialog.ready();
      await dialog.reasons.first().check();
      await dialog.confirm.click();
      await expect(dialog.result).toBeVisible();

      const cancelled = () => office.about(number('tp-100011')).filter(({ subject }) => subject?.startsWith(expected.subject));
      await expect.poll(() => cancelled().length, { timeout: 15_000 }).toBe(1);
      const [letter] = cancelled();
      expect(letter.subject).toBe(expected.subject + number('tp-100011'));
      expect(letter.from?.value).toEqual([{ name: expected.from, address: 'orders@example.com' }]);
      expect(letter.to).toMatchObject({ value: [{ address: SHOPPERS.lin }] });
      const known = await shop.order(seed.tokens.lin, id('tp-100011'), lang);
      expect(known.refunds.length).toBeGreaterThan(0);
      for (const refund of known.refunds) {
        expect(letter.text).toContain(yuan(refund.amount.amount));
        expect(letter.text).toContain(refund.account);
      }
      expect(letter.text).toContain(known.lines[0].title);

      // The letter as it is read: its one button leads to the order.
      const mailbox = await page.context().newPage();
      const fetched: string[] = [];
      mailbox.on('request', (request) => fetched.push(request.url()));
      await mailbox.setContent(letter.html || '');
      await expect(mailbox.getByRole('heading', { level: 1 })).toBeVisible();
      expect(fetched).toEqual([]);
      await expect(mailbox.locator('html')).toHaveAttribute('lang', lang);
      const button = mailbox.getByRole('link');
      await expect(button).toHaveText(expected.button);
      await button.click();
      await expect(mailbox).toHaveURL(`${shop.origin}/orders/${id('tp-100011')}`);
      await expect(mailbox.getByRole('main')).toContainText(number('tp-100011'));
    });
  });
}

test('a mail server that is busy twice takes the letter at the third time, and once', async ({ office, shop, seed, number }) => {
  // What it waits for takes sixty times less: a second, and two.
  await shop.runsWith({ ...office.settings, TEPAI_PUBLIC_URL: shop.origin }, ['--refund-haste', '60']);
  const orders = await shop.list(seed.tokens.lin, { tab: 'awaiting_payment' });
  const unpaid = orders.find(({ actions }) => actions.includes('cancel'));
  if (!unpaid) throw new Error('no unpaid order of lin’s can be cancelled');
  office.isBusyFor(unpaid.number, 2);
  await shop.cancels(seed.tokens.lin, unpaid.id);
  await expect.poll(() => office.about(unpaid.number).length, { timeout: 20_000 }).toBe(1);
  const [letter] = office.about(unpaid.number);
  expect(office.putOff.map(({ messageId }) => messageId)).toEqual([letter.messageId, letter.messageId]);
  // Another letter comes, and no second one about the first.
  await shop.tells('tp-100011', 'seller_cancelled', { reason: 'out_of_stock' });
  await expect.poll(() => office.about(number('tp-100011')).length, { timeout: 20_000 }).toBeGreaterThan(0);
  expect(office.about(unpaid.number)).toHaveLength(1);
});
