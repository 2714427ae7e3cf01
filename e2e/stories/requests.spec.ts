// Asking to cancel where staff decide.

import { WITHIN_A_SECOND, expect, test } from '../stage/story';

test('asks to cancel, with number and payment time at hand, and the warehouse is told to hold', async ({
  order,
  orders,
  dialog,
  page,
  id,
  number,
  shop,
  seed,
  words,
}) => {
  await order.open(id('wf-100106'));
  await expect(order.cancel).toHaveCount(0);
  await order.requestCancel.click();
  await dialog.ready();
  await expect(dialog.title).toHaveText(words.cancel.title_request);
  await expect(dialog.root).toContainText(words.cancel.staff_decide);
  await expect(dialog.root).toContainText(number('wf-100106'));
  const known = await shop.order(seed.tokens.lin, id('wf-100106'));
  await expect(dialog.root.locator(`time[datetime="${known.paid_at}"]`)).toBeVisible();
  await expect(dialog.slip).toContainText(words.cancel.you_get_back_if);
  await expect(dialog.confirm).toHaveText(words.cancel.confirm_request);

  await dialog.reasons.first().check();
  await dialog.confirm.click();
  await expect(dialog.result).toHaveText(words.cancel.requested);
  await expect(dialog.result).toBeFocused();
  await page.keyboard.press('Escape');

  await expect(order.section(words.order.request_title)).toContainText(words.order.request_badge);
  const [untilWhen] = words.support.decide_by.split('{until}');
  await expect(order.main).toContainText(untilWhen.trim());
  await expect(order.anyCancel).toHaveCount(0);
  expect((await shop.order(seed.tokens.lin, id('wf-100106'))).refunds).toEqual([]);
  expect((await shop.tell('wf-100106', 'packing_started')).body.code).toBe('order_on_hold');
  await orders.open({ tab: 'after_sale' });
  await expect(orders.card(number('wf-100106'))).toContainText(words.orders.requested);
});

test('withdraws a request, and may ask again', async ({ order, dialog, page, id, shop, seed, words }) => {
  await order.open(id('wf-100115'));
  await order.withdraw.click();
  await expect(order.requestCancel).toBeVisible();
  await expect(page.getByText(words.order.withdrawn)).toBeVisible();
  await expect(order.withdraw).toHaveCount(0);
  await expect(order.timeline).toContainText(words.event.cancellation_withdrawn);
  expect((await shop.order(seed.tokens.lin, id('wf-100115'))).cancellation.kind).toBe('by_request');

  await order.requestCancel.click();
  await dialog.ready();
  await dialog.reasons.first().check();
  await dialog.confirm.click();
  await expect(dialog.result).toHaveText(words.cancel.requested);
});

test('sees staff grant the request, with the refund', async ({ order, id, shop, words }) => {
  await order.open(id('wf-100115'));
  await expect(order.withdraw).toBeVisible();
  await shop.tells('wf-100115', 'cancellation_approved');
  await expect(order.state).toHaveText(words.state.cancelled, WITHIN_A_SECOND);
  await expect(order.news).toContainText(words.order.news_granted);
  await expect(order.section(words.order.refunds)).toBeVisible();
  await expect(order.withdraw).toHaveCount(0);
});

test('sees staff decline the request, with their words', async ({ order, id, shop, words }) => {
  await order.open(id('wf-100115'));
  await shop.tells('wf-100115', 'cancellation_declined', { note: '点卡已经制卡' });
  await expect(order.news).toContainText(words.order.news_declined, WITHIN_A_SECOND);
  await expect(order.main).toContainText('点卡已经制卡');
  await expect(order.anyCancel).toHaveCount(0);
});

test('withdraws a moment after staff have decided, and sees the decision', async ({ order, page, id, shop, words }) => {
  await order.open(id('wf-100115'));
  await page.route('**/cancellation', async (route) => {
    await shop.tells('wf-100115', 'cancellation_approved');
    await route.continue();
  });
  await order.withdraw.click();
  await expect(order.state).toHaveText(words.state.cancelled);
  await expect(order.withdraw).toHaveCount(0);
});
