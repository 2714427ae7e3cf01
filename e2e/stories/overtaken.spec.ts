// The warehouse is faster.

import { fill } from '../stage/catalogues';
import { WITHIN_A_SECOND, expect, test } from '../stage/story';
import { isCancel, watchCancels } from '../stage/watch';

test('is overtaken with the dialog open: told within a second why, and whom to call', async ({
  dialog,
  order,
  page,
  id,
  shop,
  words,
}) => {
  await order.open(id('tp-100010'));
  await order.cancel.click();
  await dialog.ready();
  await dialog.reasons.first().check();
  await shop.tells('tp-100010', 'packing_started');
  await expect(dialog.result).toHaveText(words.cancel.overtaken_packing, WITHIN_A_SECOND);
  await expect(dialog.result).toBeFocused();
  await expect(dialog.root).toContainText(words.cancel.overtaken_packing_text);
  await expect(dialog.root.locator('a[href^="tel:"]')).toBeVisible();
  await expect(dialog.confirm).toHaveCount(0);

  await dialog.root.getByRole('button', { name: words.cancel.understood }).last().click();
  await expect(dialog.root).toHaveCount(0);
  await expect(order.state).toHaveText(words.state.packing);
  await expect(order.anyCancel).toHaveCount(0);
  await expect(page).toHaveURL(new RegExp(`/orders/${id('tp-100010')}$`));
});

test('is overtaken with only the page open: the button goes, and it says why', async ({ order, id, shop, words }) => {
  await order.open(id('tp-100010'));
  await expect(order.cancel).toBeVisible();
  await shop.tells('tp-100010', 'packing_started');
  await expect(order.cancel).toHaveCount(0, WITHIN_A_SECOND);
  await expect(order.news).toContainText(words.order.news_packing);
  await expect(order.news).toContainText(words.order.news_packing_text);
  await expect(order.state).toHaveText(words.state.packing);
  await expect(order.section(words.order.why_title)).toContainText(words.order.support_title);
});

test('loses the race at the moment of confirming: refused, with the new state and the next step', async ({
  dialog,
  order,
  page,
  id,
  shop,
  seed,
  words,
}) => {
  await dialog.open(id('tp-100010'));
  await dialog.ready();
  await dialog.reasons.first().check();
  await page.route('**/cancellation', async (route) => {
    if (isCancel(route.request())) await shop.tells('tp-100010', 'packing_started');
    await route.continue();
  });
  await dialog.confirm.click();
  await expect(dialog.title).toHaveText(words.cancel.title_refused);
  await expect(dialog.result).toHaveText(words.cancel.refused_packing);
  await expect(dialog.result).toBeFocused();
  const alert = dialog.root.getByRole('alert');
  await expect(alert).toContainText(fill(words.cancel.refused_text, { state: words.state.packing }));
  await expect(dialog.root.locator('a[href^="mailto:"]')).toBeVisible();
  const known = await shop.order(seed.tokens.lin, id('tp-100010'));
  expect(known.state).toBe('packing');
  expect(known.refunds).toEqual([]);

  await page.keyboard.press('Escape');
  await expect(order.state).toHaveText(words.state.packing);
  await expect(order.anyCancel).toHaveCount(0);
});

test('is overtaken by the courier, and told to refuse the parcel', async ({ dialog, id, shop, words }) => {
  await dialog.open(id('tp-100010'));
  await dialog.ready();
  await shop.tells('tp-100010', 'shipped', { parcel: { courier: '顺丰速运', tracking_number: 'SF1' } });
  await expect(dialog.result).toHaveText(words.cancel.overtaken_other, WITHIN_A_SECOND);
  await expect(dialog.root).toContainText(words.order.refuse_title);
});

test('is overtaken while staff are asked: the request is refused, too', async ({ dialog, page, id, shop, words }) => {
  await dialog.open(id('wf-100109'));
  await dialog.ready();
  await dialog.reasons.first().check();
  await page.route('**/cancellation', async (route) => {
    if (isCancel(route.request())) await shop.tells('wf-100109', 'packing_started');
    await route.continue();
  });
  await dialog.confirm.click();
  await expect(dialog.result).toHaveText(words.cancel.refused_packing);
});

test('goes on filling in the form when the order changes without consequence', async ({ dialog, page, id, shop, words }) => {
  const sent = watchCancels(page);
  await dialog.open(id('tp-100006'));
  await dialog.ready();
  await dialog.reason('其他原因').check();
  await dialog.root.getByLabel(words.cancel.note).fill('等了一天');
  await shop.tells('tp-100006', 'confirmed');
  await expect(page.locator('#order-state')).toHaveText(words.state.unpacked, WITHIN_A_SECOND);
  await dialog.ready();
  await expect(dialog.root.getByLabel(words.cancel.note)).toHaveValue('等了一天');
  await dialog.confirm.click();
  await expect(dialog.result).toHaveText(words.cancel.done);
  expect(sent).toHaveLength(1);
  expect(sent[0].body).toMatchObject({ reason: 'other', note: '等了一天' });
});
