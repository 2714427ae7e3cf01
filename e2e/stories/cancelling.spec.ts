// Cancelling at once: the whole way from finding the order to its refund.

import { shape } from '../stage/catalogues';
import { expect, test } from '../stage/story';
import { isCancel, watchCancels } from '../stage/watch';
import { yuan } from '../stage/wire';

test('finds an unpacked order, cancels it, and sees it in the cancelled tab with its refund dates', async ({
  orders,
  order,
  dialog,
  page,
  id,
  number,
  shop,
  seed,
  words,
}) => {
  await orders.open();
  await orders.search.fill(number('tp-100011'));
  await expect(orders.cards).toHaveCount(1);
  await orders.link(number('tp-100011')).click();
  await order.cancel.click();
  await dialog.ready();
  await expect(page).toHaveURL(new RegExp(`/orders/${id('tp-100011')}/cancel$`));
  await expect(dialog.keep).toBeFocused();

  // What will happen to the money is there before confirming.
  const { total } = await shop.order(seed.tokens.lin, id('tp-100011'));
  await expect(dialog.slip).toContainText(yuan(total.amount));
  await expect(dialog.slip).toContainText(shape(words.cancel.refund_when));
  await expect(dialog.giveBack).toContainText(shape(words.cancel.points_back));
  await expect(dialog.giveBack).toContainText(shape(words.cancel.coupon_back));
  const promised = await dialog.slip.locator('.refund-slip-part').allTextContents();

  await dialog.reason('不想要了').check();
  await dialog.confirm.click();
  await expect(dialog.result).toHaveText(words.cancel.done);
  await expect(dialog.result).toBeFocused();
  await expect(dialog.root.getByRole('status').filter({ hasText: words.cancel.done_refund })).toBeVisible();

  // The refunds that were made are those that were promised.
  expect(await dialog.slip.locator('.refund-slip-part').allTextContents()).toEqual(promised);
  const known = await shop.order(seed.tokens.lin, id('tp-100011'));
  expect(known.state).toBe('cancelled');
  expect(known.refunds).toHaveLength(2);
  expect(known.refunds.reduce((sum, refund) => sum + refund.amount.amount, 0)).toBe(total.amount);
  for (const [at, refund] of known.refunds.entries()) expect(promised[at]).toContain(yuan(refund.amount.amount));

  await dialog.root.getByRole('button', { name: words.cancel.see_order }).click();
  await expect(dialog.root).toHaveCount(0);
  await expect(order.state).toHaveText(words.state.cancelled);
  await expect(order.anyCancel).toHaveCount(0);
  for (const refund of known.refunds) {
    await expect(order.section(words.order.refunds)).toContainText(yuan(refund.amount.amount));
    await expect(order.section(words.order.refunds)).toContainText(refund.account);
  }
  await expect(order.timeline).toContainText(words.event.cancelled);

  await orders.open({ tab: 'cancelled' });
  await expect(orders.card(number('tp-100011'))).toContainText(words.state.cancelled);
  await orders.tab('after_sale').click();
  await expect(orders.card(number('tp-100011'))).toContainText(yuan(total.amount));
});

test('asks what cancelling brings as soon as the button is pressed, and once', async ({ order, dialog, page, id }) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/cancellation/preview')) asked.push(request.url());
  });
  await order.open(id('tp-100011'));
  await order.cancel.hover();
  await page.mouse.down();
  await expect.poll(() => asked.length).toBe(1);
  await expect(dialog.root).toHaveCount(0);
  await page.mouse.up();
  await dialog.ready();
  expect(asked).toHaveLength(1);

  // A press that does not become a click has asked in vain, and its answer does not last.
  await dialog.keep.click();
  await expect(dialog.root).toHaveCount(0);
  await order.cancel.hover();
  await page.mouse.down();
  await expect.poll(() => asked.length).toBe(2);
  await page.mouse.move(0, 0);
  await page.mouse.up();
  await page.waitForTimeout(1_100);
  await expect(dialog.root).toHaveCount(0);
  await order.cancel.press('Enter');
  await dialog.ready();
  expect(asked).toHaveLength(3);
});

test('what was asked before the order changed does not count', async ({ order, dialog, page, id, shop }) => {
  let asked = 0;
  let answer = (): void => {};
  const held = new Promise<void>((done) => (answer = done));
  await page.route('**/cancellation/preview', async (route) => {
    asked += 1;
    if (asked === 1) await held;
    await route.continue();
  });
  await order.open(id('tp-100004'));
  await order.cancel.click();
  await expect(dialog.root).toBeVisible();
  expect(asked).toBe(1);
  await shop.tells('tp-100004', 'confirmed');
  await dialog.ready();
  expect(asked).toBe(2);
  answer();
});

test('cancels an order that waits for confirmation, straight from the list', async ({
  orders,
  dialog,
  page,
  number,
  shop,
  seed,
  id,
  words,
}) => {
  await orders.open();
  await orders.cancelIn(orders.card(number('tp-100004'))).click();
  await dialog.ready();
  await dialog.reason('等待时间太长').check();
  await dialog.confirm.click();
  await expect(dialog.result).toHaveText(words.cancel.done);
  await dialog.root.getByRole('link', { name: words.cancel.my_orders }).click();
  await expect(page).toHaveURL(/\/orders$/);
  await expect(orders.card(number('tp-100004'))).toContainText(words.state.cancelled);
  expect((await shop.order(seed.tokens.lin, id('tp-100004'))).refunds).toHaveLength(1);
});

test('cancels an unpaid order of a shop that lets it, without any refund', async ({
  dialog,
  id,
  shop,
  seed,
  words,
}) => {
  await dialog.open(id('wf-100101'));
  await dialog.ready();
  await expect(dialog.root).toContainText(words.cancel.nothing_paid);
  await dialog.reasons.first().check();
  await dialog.confirm.click();
  await expect(dialog.result).toHaveText(words.cancel.done);
  await expect(dialog.root).toContainText(words.cancel.done_unpaid);
  const known = await shop.order(seed.tokens.lin, id('wf-100101'));
  expect(known.state).toBe('cancelled');
  expect(known.refunds).toEqual([]);
});

test('cancels a one-tap product at once, although its shop decides about others', async ({ dialog, id, words }) => {
  await dialog.open(id('wf-100111'));
  await dialog.ready();
  await expect(dialog.root).not.toContainText(words.cancel.staff_decide);
  await dialog.reasons.first().check();
  await dialog.confirm.click();
  await expect(dialog.result).toHaveText(words.cancel.done);
});

test('is warned that an expired coupon does not come back', async ({ dialog, id, words }) => {
  await dialog.open(id('tp-100014'));
  await dialog.ready();
  await expect(dialog.giveBack).toContainText(shape(words.cancel.coupon_expired));
});

test('reads buttons that cannot be misunderstood', async ({ dialog, id }) => {
  await dialog.open(id('tp-100010'));
  await dialog.ready();
  await expect(dialog.keep).toHaveText('再想想');
  await expect(dialog.confirm).toHaveText('确认取消订单');
  await expect(dialog.root.getByRole('button', { name: '取消', exact: true })).toHaveCount(0);
});

test('has to say why, and to write a few words when it is another reason', async ({ dialog, page, id, words, shop, seed }) => {
  const sent = watchCancels(page);
  await dialog.open(id('tp-100010'));
  await dialog.ready();
  await dialog.confirm.click();
  await expect(dialog.root).toContainText(words.cancel.reason_missing);
  await expect(dialog.reasons.first()).toBeFocused();

  await dialog.reason('其他原因').check();
  await dialog.confirm.click();
  await expect(dialog.root).toContainText(words.cancel.note_missing);
  const note = dialog.root.getByLabel(words.cancel.note);
  await expect(note).toBeFocused();
  expect(sent).toEqual([]);

  await note.fill('朋友送了一个 <b>杯子</b> & "更好"');
  await dialog.confirm.click();
  await expect(dialog.result).toHaveText(words.cancel.done);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('main')).toContainText('朋友送了一个 <b>杯子</b> & "更好"');
  expect((await shop.order(seed.tokens.lin, id('tp-100010'))).state).toBe('cancelled');
});

test('confirms twice quickly: one cancel, one refund', async ({ dialog, page, id, shop, seed, words }) => {
  const sent = watchCancels(page);
  const { version } = await shop.order(seed.tokens.lin, id('tp-100010'));
  await dialog.open(id('tp-100010'));
  await dialog.ready();
  await dialog.reasons.first().check();
  await dialog.confirm.evaluate((button: HTMLButtonElement) => {
    button.click();
    button.click();
  });
  await expect(dialog.result).toHaveText(words.cancel.done);
  expect(sent).toHaveLength(1);
  const known = await shop.order(seed.tokens.lin, id('tp-100010'));
  expect(known.refunds).toHaveLength(1);
  expect(known.version).toBe(version + 1);
});

test('double-clicks while the server takes its time: one cancel, one refund', async ({ dialog, page, id, shop, seed, words }) => {
  const sent = watchCancels(page);
  let letGo = (): void => {};
  const held = new Promise<void>((go) => (letGo = go));
  await page.route('**/cancellation', async (route) => {
    if (isCancel(route.request())) await held;
    await route.continue();
  });
  await dialog.open(id('tp-100010'));
  await dialog.ready();
  await dialog.reasons.first().check();
  await dialog.confirm.dblclick();
  await expect(dialog.confirm).toHaveText(words.cancel.cancelling);
  await expect(dialog.confirm).toHaveAttribute('aria-busy', 'true');
  await dialog.confirm.dispatchEvent('click');
  letGo();
  await expect(dialog.result).toHaveText(words.cancel.done);
  expect(sent).toHaveLength(1);
  expect((await shop.order(seed.tokens.lin, id('tp-100010'))).refunds).toHaveLength(1);
});

test('two devices cancel the same order: one refund, and the second is told that it is done', async ({
  dialog,
  page,
  id,
  shop,
  seed,
  words,
  anotherDevice,
}) => {
  await dialog.open(id('tp-100010'));
  await dialog.ready();
  await dialog.reasons.first().check();
  await page.route('**/cancellation', async (route) => {
    if (isCancel(route.request())) {
      const other = await anotherDevice();
      await other.goto(`/orders/${id('tp-100010')}/cancel`);
      await other.getByRole('radio', { name: '误操作下单' }).check();
      await other.getByRole('button', { name: words.cancel.confirm }).click();
      await expect(other.getByRole('heading', { name: words.cancel.done })).toBeVisible();
    }
    await route.continue();
  });
  await dialog.confirm.click();
  await expect(dialog.result).toHaveText(words.cancel.already_cancelled);
  expect((await shop.order(seed.tokens.lin, id('tp-100010'))).refunds).toHaveLength(1);
});

test('opens the dialog by its own link and closes it with the back button, the cross, Escape and its button', async ({
  dialog,
  order,
  page,
  id,
}) => {
  const orderUrl = new RegExp(`/orders/${id('tp-100010')}$`);
  await order.open(id('tp-100010'));
  const ways = [
    () => page.goBack(),
    () => dialog.close.click(),
    () => page.keyboard.press('Escape'),
    () => dialog.keep.click(),
  ];
  for (const leave of ways) {
    await order.cancel.click();
    await dialog.ready();
    await expect(page).toHaveURL(/\/cancel$/);
    await leave();
    await expect(dialog.root).toHaveCount(0);
    await expect(page).toHaveURL(orderUrl);
    await expect(order.cancel).toBeFocused();
  }

  // The same by a link from outside, where there is nothing of ours to go back to.
  await page.goto('about:blank');
  await dialog.open(id('tp-100010'));
  await dialog.ready();
  await dialog.keep.click();
  await expect(dialog.root).toHaveCount(0);
  await expect(page).toHaveURL(orderUrl);
  await expect(order.cancel).toBeVisible();
});

test('goes forward into the dialog again and finds it fresh', async ({ dialog, order, page, id }) => {
  await order.open(id('tp-100010'));
  await order.cancel.click();
  await dialog.ready();
  await dialog.reasons.first().check();
  await page.goBack();
  await expect(dialog.root).toHaveCount(0);
  await page.goForward();
  await dialog.ready();
  await page.reload();
  await dialog.ready();
});
