// Without JavaScript: the server's pages, links and forms do all of it, with the same rules and words.

import type { Page } from '@playwright/test';

import { type Words, fill } from '../stage/catalogues';
import { OrdersPage } from '../stage/pages';
import { PASSWORD, SHOPPERS } from '../stage/seed';
import { expect, test } from '../stage/story';
import { yuan } from '../stage/wire';

test.use({ javaScriptEnabled: false });

const NOTEBOOK = '布面精装横线笔记本';

/** The dialog as the server draws it. */
function dialogOf(page: Page, words: Words) {
  const root = page.locator('dialog.cancel-dialog');
  return {
    root,
    result: root.getByRole('heading', { level: 3 }),
    slip: root.getByRole('region', { name: words.cancel.slip }),
    reason: (label: string) => root.getByRole('radio', { name: label }),
    confirm: root.locator('.dialog-foot button[type=submit]'),
    keep: root.getByRole('link', { name: words.cancel.keep, exact: true }),
    quantity: (title: string) => root.getByRole('spinbutton', { name: fill(words.cancel.how_many, { title }) }),
  };
}

test.describe('with nobody logged in', () => {
  test.use({ who: null });

  test('logs in: wrong, then right, and comes to where it was going', async ({ page, logIn, id, words }) => {
    await page.goto(`/orders/${id('tp-100011')}/cancel`);
    await expect(page).toHaveURL(/\/login\?next=/);
    await logIn.logIn(SHOPPERS.lin, 'wrong');
    await expect(logIn.alert).toHaveText(words.session.wrong);
    await expect(logIn.login).toHaveValue(SHOPPERS.lin);
    await expect(logIn.password).toHaveValue('');
    await logIn.submit.click();
    await expect(page.getByText(words.session.password_required)).toBeVisible();
    await logIn.logIn(SHOPPERS.lin, PASSWORD);
    await expect(page).toHaveURL(new RegExp(`/orders/${id('tp-100011')}/cancel$`));
    await expect(dialogOf(page, words).confirm).toBeVisible();
  });
});

test('finds orders by tab, search and dates, turns the page, and opens one', async ({
  page,
  orders,
  number,
  shop,
  seed,
  words,
}) => {
  await page.goto('/orders');
  await expect(orders.cards.first()).toBeVisible();
  const first = await orders.cards.count();
  await orders.more.click();
  await expect(page).toHaveURL(/after=/);
  await expect(orders.cards.first()).toBeVisible();
  await page.goto('/orders');
  expect(await orders.cards.count()).toBe(first);

  await orders.tab('to_ship').click();
  await expect(page).toHaveURL(/tab=to_ship/);
  await orders.search.fill(number('tp-100011'));
  await orders.search.press('Enter');
  await expect(page).toHaveURL(/tab=to_ship/);
  await expect(orders.cards).toHaveCount(1);
  await expect(orders.search).toHaveValue(number('tp-100011'));
  await page.getByRole('link', { name: words.orders.search_clear }).click();
  await expect(orders.search).toHaveValue('');

  const all = await shop.list(seed.tokens.lin);
  const day = (at: string) => new Date(Date.parse(at) + 8 * 3600_000).toISOString().slice(0, 10);
  await page.goto('/orders');
  await orders.chooseDays(day(all[40].placed_at), day(all[25].placed_at));
  const within = all.filter(
    ({ placed_at }) => day(placed_at) >= day(all[40].placed_at) && day(placed_at) <= day(all[25].placed_at),
  );
  await expect(orders.status).toHaveText(fill(words.orders.found_other, { n: within.length }));
  await orders.link(within[0].number).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.state[within[0].state]);
});

test('cancels a whole order, with the refund told before and after', async ({ page, order, id, shop, seed, words }) => {
  await page.goto(`/orders/${id('tp-100011')}`);
  await order.cancel.click();
  const dialog = dialogOf(page, words);
  const { total } = await shop.order(seed.tokens.lin, id('tp-100011'));
  await expect(dialog.slip).toContainText(yuan(total.amount));
  const promised = await dialog.slip.locator('.refund-slip-part').allTextContents();
  await dialog.confirm.click();
  await expect(dialog.root.getByText(words.cancel.reason_missing)).toBeVisible();
  await dialog.reason('不想要了').check();
  await dialog.confirm.click();
  await expect(dialog.result).toHaveText(words.cancel.done);
  expect(await dialog.slip.locator('.refund-slip-part').allTextContents()).toEqual(promised);
  await dialog.root.getByRole('link', { name: words.cancel.see_order }).click();
  await expect(dialog.root).toHaveCount(0);
  await expect(order.state).toHaveText(words.state.cancelled);
  expect((await shop.order(seed.tokens.lin, id('tp-100011'))).refunds).toHaveLength(2);
});

test('cancels a part, after having its money worked out', async ({ page, id, shop, seed, words }) => {
  await page.goto(`/orders/${id('tp-100012')}/cancel`);
  const dialog = dialogOf(page, words);
  await expect(dialog.quantity(NOTEBOOK)).toBeHidden();
  await dialog.reason(words.cancel.part).check();
  await dialog.quantity(NOTEBOOK).fill('2');
  await dialog.reason('不想要了').check();
  const whole = await dialog.slip.locator('.refund-slip-total').textContent();
  await dialog.root.getByRole('button', { name: words.cancel.calculate }).click();
  await expect(dialog.slip.locator('.refund-slip-total')).not.toHaveText(whole ?? '');
  await expect(dialog.quantity(NOTEBOOK)).toHaveValue('2');
  await expect(dialog.reason('不想要了')).toBeChecked();
  await expect(dialog.confirm).toHaveText(fill(words.cancel.confirm_part_other, { n: 2 }));
  const shown = await dialog.slip.locator('.refund-slip-total').textContent();
  await dialog.confirm.click();
  await expect(dialog.result).toHaveText(words.cancel.done_part);
  const known = await shop.order(seed.tokens.lin, id('tp-100012'));
  expect(known.lines[0].cancelled_quantity).toBe(2);
  expect(known.refunds.map((refund) => yuan(refund.amount.amount))).toEqual([shown]);
});

test('is asked for words only with the reason that needs them', async ({ page, id, words }) => {
  await page.goto(`/orders/${id('tp-100010')}/cancel`);
  const dialog = dialogOf(page, words);
  const note = dialog.root.getByLabel(words.cancel.note, { exact: true });
  await expect(note).toBeHidden();
  await dialog.reason('其他原因').check();
  await expect(note).toBeVisible();
  await dialog.confirm.click();
  await expect(dialog.root.getByText(words.cancel.note_missing)).toBeVisible();
  await expect(dialog.reason('其他原因')).toBeChecked();
  await note.fill('太大了 <b>&amp;</b>');
  await dialog.confirm.click();
  await expect(dialog.result).toHaveText(words.cancel.done);
});

test('is overtaken by the warehouse: told the new state and whom to call', async ({ page, order, id, shop, words }) => {
  await page.goto(`/orders/${id('tp-100010')}/cancel`);
  const dialog = dialogOf(page, words);
  await dialog.reason('不想要了').check();
  await shop.tells('tp-100010', 'packing_started');
  await dialog.confirm.click();
  await expect(dialog.result).toHaveText(words.cancel.refused_packing);
  await expect(dialog.root).toContainText(fill(words.cancel.refused_text, { state: words.state.packing }));
  await expect(dialog.root.locator('a[href^="tel:"]')).toBeVisible();
  await dialog.root.getByRole('link', { name: words.cancel.understood }).last().click();
  await expect(order.state).toHaveText(words.state.packing);
  await expect(order.anyCancel).toHaveCount(0);
});

test('sends the same form twice: one effect, one answer', async ({ page, context, id, shop, seed, words }) => {
  await page.goto(`/orders/${id('tp-100012')}/cancel`);
  const form: Record<string, string> = { part: '1', 'line-L1': '1', reason: 'changed_mind' };
  for (const name of ['key', 'known']) {
    form[name] = (await page.locator(`dialog input[name=${name}]`).getAttribute('value')) ?? '';
  }
  const path = `/orders/${id('tp-100012')}/cancel`;
  const answers = await Promise.all([1, 2, 3].map(() => context.request.post(path, { form })));
  for (const answer of answers) {
    expect(answer.status()).toBe(201);
    expect(await answer.text()).toContain(words.cancel.done_part);
  }
  const known = await shop.order(seed.tokens.lin, id('tp-100012'));
  expect(known.lines[0].cancelled_quantity).toBe(1);
  expect(known.refunds).toHaveLength(1);
});

test('asks staff to cancel, and withdraws that', async ({ page, order, id, shop, seed, words }) => {
  await page.goto(`/orders/${id('wf-100106')}`);
  await order.requestCancel.click();
  const dialog = dialogOf(page, words);
  await dialog.root.getByRole('radiogroup').getByRole('radio').first().check();
  await dialog.confirm.click();
  await expect(dialog.result).toHaveText(words.cancel.requested);
  await dialog.root.getByRole('link', { name: words.cancel.see_order }).click();
  expect((await shop.order(seed.tokens.lin, id('wf-100106'))).cancellation.kind).toBe('requested');
  await order.withdraw.click();
  await expect(order.news).toContainText(words.order.withdrawn);
  await expect(order.requestCancel).toBeVisible();
  expect((await shop.order(seed.tokens.lin, id('wf-100106'))).cancellation.kind).toBe('by_request');
});

test('keeps the order: the way out of the dialog is a link', async ({ page, order, id, words }) => {
  await page.goto(`/orders/${id('tp-100010')}/cancel`);
  await dialogOf(page, words).keep.click();
  await expect(page).toHaveURL(new RegExp(`/orders/${id('tp-100010')}$`));
  await expect(order.cancel).toBeVisible();
});

test('reads it in English, and logs out', async ({ page, words }) => {
  await page.goto('/orders?tab=to_ship');
  await page.locator('.menu-button').click();
  await page.getByRole('link', { name: 'English' }).click();
  await expect(page).toHaveURL(/tab=to_ship&lang=en$/);
  await expect(page.getByRole('heading', { level: 1, name: 'My Orders' })).toBeVisible();
  await page.goto('/orders');
  await expect(page.getByRole('heading', { level: 1, name: 'My Orders' })).toBeVisible();
  await page.locator('.menu-button').click();
  await page.getByRole('button', { name: 'Log out' }).click();
  await expect(page).toHaveURL(/\/login$/);
  await page.goto('/orders');
  await expect(page).toHaveURL(/\/login\?next=/);
  await expect(new OrdersPage(page, words).cards).toHaveCount(0);
});
