// The page of an order: what it says, whom one can reach, and what happens to it while it is open.

import { shape } from '../stage/catalogues';
import { newOrder } from '../stage/new-order';
import { WITHIN_A_SECOND, expect, test } from '../stage/story';
import { yuan } from '../stage/wire';

test.describe('reading', () => {
  test.use({ readsOnly: true });

  test('sees what was ordered, for how much, and what happened', async ({ order, id, shop, seed, words, page }) => {
    const known = await shop.order(seed.tokens.lin, id('tp-100011'));
    await order.open(known.id);
    await expect(order.state).toHaveText(words.state.unpacked);
    await expect(page).toHaveTitle(new RegExp(`${words.state.unpacked}.*${known.number}`));
    for (const line of known.lines) await expect(order.section(words.order.lines)).toContainText(line.title);
    const amounts = await order.section(words.order.lines).locator('dl').textContent();
    expect(amounts).toContain(`${words.order.total_paid}${yuan(known.total.amount)}`);
    for (const what of [words.order.discount, words.order.coupon, words.order.freight]) expect(amounts).toContain(what);
    for (const event of ['placed', 'paid', 'confirmed']) await expect(order.timeline).toContainText(words.event[event]);
  });

  test('finds no order behind an old link, and the way back to the list in its place', async ({ orders, page, words }) => {
    await page.goto('/orders/no-such-order');
    const notice = page.getByRole('main').getByRole('alert');
    await expect(notice).toContainText(words.common.not_found_title);
    await notice.getByRole('link', { name: words.common.back_to_orders }).click();
    await orders.settled();
    await expect(page).toHaveURL(/\/orders$/);
    await expect(orders.cards.first()).toBeVisible();
  });

  test('copies the number', async ({ order, id, number, page, context, words }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await order.open(id('tp-100010'));
    await page.getByRole('button', { name: words.order.copy_number }).click();
    await expect(page.getByRole('status').filter({ hasText: words.common.copied })).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(number('tp-100010'));
  });

  test('can call, or write an e-mail that knows the order', async ({ order, id, number, shop, seed, words }) => {
    const { support } = await shop.order(seed.tokens.lin, id('tp-100019'));
    await order.open(id('tp-100019'));
    const contact = order.section(words.order.support_title);
    await expect(contact.getByRole('link', { name: support.phone })).toHaveAttribute(
      'href',
      `tel:${support.phone.replace(/\D/g, '')}`,
    );
    const mail = await contact.getByRole('link', { name: support.email }).getAttribute('href');
    const url = new URL(mail ?? '');
    expect(url.protocol).toBe('mailto:');
    expect(url.pathname).toBe(support.email);
    expect(url.searchParams.get('subject')).toContain(number('tp-100019'));
    expect(url.searchParams.get('body')).toContain(number('tp-100019'));
  });

  test('sees where each refund is, and when it should arrive', async ({ order, id, shop, seed, words }) => {
    for (const externalId of ['tp-100027', 'tp-100028', 'tp-100029', 'tp-100030', 'tp-100031']) {
      const known = await shop.order(seed.tokens.lin, id(externalId));
      await order.open(known.id);
      const refunds = order.section(words.order.refunds);
      for (const refund of known.refunds) {
        await expect(refunds).toContainText(yuan(refund.amount.amount));
        await expect(refunds).toContainText(words.refund[refund.state]);
        await expect(refunds).toContainText(refund.account);
      }
      if (known.refunds.some((refund) => refund.state === 'failed')) {
        await expect(refunds).toContainText(words.order.refund_failed);
      }
    }
  });

  test('sees the cause why it waits for confirmation', async ({ order, id, words }) => {
    for (const [externalId, cause] of [
      ['tp-100004', words.pending.no_courier],
      ['tp-100006', words.pending.system_delay],
    ]) {
      await order.open(id(externalId));
      await expect(order.main).toContainText(cause);
      await expect(order.section(words.order.address_title)).toHaveCount(0);
    }
    await order.open(id('tp-100008'));
    await expect(order.section(words.order.address_title)).toBeVisible();
  });
});

test('corrects the telephone that was missing, and the shop can confirm', async ({
  order,
  id,
  page,
  shop,
  seed,
  words,
}) => {
  expect((await shop.tell('tp-100008', 'confirmed')).body.code).toBe('incomplete_info');
  await order.open(id('tp-100008'));
  const form = order.section(words.order.address_title);
  const phone = form.getByLabel(words.order.phone);
  await phone.fill('123');
  await form.getByRole('button', { name: words.order.save }).click();
  await expect(phone).toHaveAttribute('aria-invalid', 'true');
  await expect(phone).toBeFocused();

  await phone.fill('13900001234');
  await form.getByRole('button', { name: words.order.save }).click();
  await expect(page.getByText(words.order.news_address)).toBeVisible();
  await expect(form).toHaveCount(0);
  const known = await shop.order(seed.tokens.lin, id('tp-100008'));
  expect(known.address?.phone).toBe('13900001234');
  expect(known.pending?.cause).toBe('system_delay');
  // From now on it waits for the shop, which has a time for that.
  const [untilWhen] = words.order.confirm_by.split('{until}');
  await expect(order.main).toContainText(untilWhen.trim());

  await shop.tells('tp-100008', 'confirmed');
  await expect(order.state).toHaveText(words.state.unpacked, WITHIN_A_SECOND);
});

test('corrects district and street, and keeps what was filled in while others change the order', async ({
  order,
  id,
  page,
  shop,
  seed,
  words,
}) => {
  await order.open(id('tp-100009'));
  const form = order.section(words.order.address_title);
  await form.getByLabel(words.order.region).fill('浙江省 云溪市 望湖区');
  await shop.tells('tp-100009', 'held', { cause: 'incomplete_info', missing: ['street'] });
  await expect(form.getByLabel(words.order.region)).toHaveValue('浙江省 云溪市 望湖区');
  await form.getByLabel(words.order.street).fill('桂花路 20 号');
  await form.getByRole('button', { name: words.order.save }).click();
  await expect(page.getByText(words.order.news_address)).toBeVisible();
  const { address } = await shop.order(seed.tokens.lin, id('tp-100009'));
  expect(address).toMatchObject({ region: '浙江省 云溪市 望湖区', street: '桂花路 20 号' });
});

test('sees an unpaid order count down and close by itself', async ({ shop, order, words, page }) => {
  const known = await shop.orders('tp-new-2', newOrder('shopper_lin', 'T209911220000002', 5));
  await order.open(known.id);
  await expect(order.state).toHaveText(words.state.awaiting_payment);
  const left = page.getByRole('timer');
  const first = await left.textContent();
  await expect(left).not.toHaveText(first ?? '');
  await expect(order.state).toHaveText(words.state.cancelled, { timeout: 12_000 });
  await expect(order.news).toContainText(words.order.news_timeout);
  await expect(page.getByRole('timer')).toHaveCount(0);
});

test('sees the payment of an unpaid order arrive', async ({ shop, order, words }) => {
  const body = newOrder('shopper_lin', 'T209911220000003', 3_600);
  const known = await shop.orders('tp-new-3', body);
  await order.open(known.id);
  await expect(order.state).toHaveText(words.state.awaiting_payment);
  await shop.tells('tp-new-3', 'paid', {
    payments: [
      {
        channel: 'wechat_pay',
        account: { 'zh-CN': '微信零钱', en: 'WeChat balance' },
        amount: body.amounts.total,
        paid_at: new Date().toISOString(),
      },
    ],
  });
  await expect(order.state).not.toHaveText(words.state.awaiting_payment, WITHIN_A_SECOND);
});

test('is told at once, with reason and refund, when the seller cancels', async ({ shop, seed, id, order, words }) => {
  await order.open(id('tp-100010'));
  await shop.tells('tp-100010', 'seller_cancelled', { reason: 'out_of_stock', note: '雾蓝色售罄，抱歉' });
  await expect(order.state).toHaveText(words.state.cancelled, WITHIN_A_SECOND);
  await expect(order.news).toContainText(words.order.news_seller);
  await expect(order.main).toContainText('雾蓝色售罄，抱歉');
  await expect(order.anyCancel).toHaveCount(0);
  const { refunds, total } = await shop.order(seed.tokens.lin, id('tp-100010'));
  await expect(order.section(words.order.refunds)).toContainText(yuan(total.amount));
  expect(refunds).toHaveLength(1);
});

test('sees a refund move on while the page is open', async ({ shop, seed, id, order, words }) => {
  const { refunds } = await shop.order(seed.tokens.lin, id('tp-100028'));
  await order.open(id('tp-100028'));
  await expect(order.section(words.order.refunds)).toContainText(words.refund.sent);
  await shop.tells('tp-100028', 'refund_progressed', { refund: refunds[0].id, state: 'in_clearing' });
  await expect(order.section(words.order.refunds)).toContainText(words.refund.in_clearing, WITHIN_A_SECOND);
  await shop.tells('tp-100028', 'refund_progressed', { refund: refunds[0].id, state: 'arrived' });
  await expect(order.section(words.order.refunds)).toContainText(shape(words.order.refund_done), WITHIN_A_SECOND);
});

test('tries again to open an order after the server was away', async ({ orders, order, shop, number, page, words }) => {
  await orders.open();
  await shop.stop();
  await orders.link(number('tp-100010')).click();
  const failure = page.getByRole('alert').filter({ hasText: words.common.failed_title });
  await expect(failure).toBeVisible();
  await shop.start();
  await failure.getByRole('button', { name: words.common.retry }).click();
  await expect(order.state).toHaveText(words.state.unpacked);
});
