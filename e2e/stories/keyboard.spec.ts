// Without a mouse.

import { tabTo } from '../stage/keys';
import { expect, test } from '../stage/story';

test('finds an order, opens it and cancels it by keyboard only', async ({
  orders,
  order,
  dialog,
  page,
  number,
  words,
  shop,
  seed,
  id,
}) => {
  await orders.open();
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: words.common.skip_to_content });
  await expect(skip).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();

  await page.keyboard.press('Tab');
  await expect(orders.search).toBeFocused();
  await page.keyboard.type(number('tp-100010'));
  await page.keyboard.press('Enter');
  await expect(orders.cards).toHaveCount(1);
  await tabTo(page, orders.link(number('tp-100010')));
  await page.keyboard.press('Enter');

  await expect(order.cancel).toBeVisible();
  await tabTo(page, order.cancel);
  await page.keyboard.press('Enter');
  await dialog.ready();
  await expect(dialog.keep).toBeFocused();

  await page.keyboard.press('Escape');
  await expect(dialog.root).toHaveCount(0);
  await expect(order.cancel).toBeFocused();
  await page.keyboard.press('Enter');
  await dialog.ready();

  // From behind, one comes to the last of the reasons, and from there to the others.
  await tabTo(page, dialog.reasons.last(), 'Shift+Tab');
  await page.keyboard.press('ArrowDown');
  await expect(dialog.reasons.first()).toBeChecked();
  await page.keyboard.press('ArrowDown');
  await expect(dialog.reasons.nth(1)).toBeChecked();
  await tabTo(page, dialog.keep);
  await page.keyboard.press('Tab');
  await expect(dialog.confirm).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog.result).toHaveText(words.cancel.done);
  await expect(dialog.result).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  await expect(dialog.root).toHaveCount(0);
  await expect(order.state).toHaveText(words.state.cancelled);
  expect((await shop.order(seed.tokens.lin, id('tp-100010'))).state).toBe('cancelled');
});

test('chooses parts by keyboard', async ({ dialog, page, id, words }) => {
  await dialog.open(id('tp-100012'));
  await dialog.ready();
  await expect(dialog.keep).toBeFocused();
  await tabTo(page, dialog.root.getByRole('radio', { name: words.cancel.whole }));
  await page.keyboard.press('ArrowRight');
  await expect(dialog.root.getByRole('radio', { name: words.cancel.part })).toBeChecked();
  await tabTo(page, dialog.root.getByRole('button', { name: words.cancel.more, exact: true }));
  await page.keyboard.press('Enter');
  await page.keyboard.press('Space');
  await expect(dialog.root.getByRole('spinbutton').first()).toHaveValue('2');
});

test('keeps the focus inside the dialog', async ({ dialog, page, id }) => {
  await dialog.open(id('tp-100010'));
  await dialog.ready();
  for (let press = 0; press < 20; press += 1) {
    await page.keyboard.press('Tab');
    const outside = await page.evaluate(() => {
      const { activeElement, body } = document;
      return activeElement !== body && !activeElement?.closest('dialog');
    });
    expect(outside).toBe(false);
  }
});

test('opens and closes menu and dates by keyboard', async ({ orders, page, words }) => {
  await orders.open();
  const menu = page.getByRole('banner').locator('summary');
  await tabTo(page, menu);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: words.common.log_out })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: words.common.log_out })).toBeHidden();
  await tabTo(page, orders.dates);
  await page.keyboard.press('Enter');
  await expect(page.getByLabel(words.orders.from, { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByLabel(words.orders.from, { exact: true })).toBeHidden();
  await expect(orders.dates).toBeFocused();
});

test('talks to a person by keyboard only', async ({ order, page, shop, words, id }) => {
  await order.open(id('tp-100019'));
  await tabTo(page, page.locator('#support').getByRole('link', { name: words.support.chat }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await tabTo(page, page.getByRole('radio').first());
  await page.keyboard.press('ArrowDown');
  await tabTo(page, page.getByRole('textbox', { name: words.talk.text }));
  await page.keyboard.type('where is it?');
  await tabTo(page, page.locator('#ask button[type=submit]'));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/support\/[0-9a-f]+$/);
  await expect(page.getByRole('main')).toBeFocused();
  const messages = page.getByRole('list', { name: words.talk.messages });
  await shop.answers(page.url().split('/').at(-1)!, 'on its way');
  await expect(messages).toContainText('on its way');
  const field = page.getByRole('textbox', { name: words.talk.say, exact: true });
  await tabTo(page, field);
  await page.keyboard.type('thanks');
  await page.keyboard.press('Enter');
  await expect(messages.getByText('thanks')).toHaveCount(1);
  await expect(field).toBeFocused();
  await tabTo(page, page.getByRole('button', { name: words.talk.end, exact: true }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: words.talk.end_keep })).toBeFocused();
  await tabTo(page, page.getByRole('button', { name: words.talk.end_yes }));
  await page.keyboard.press('Enter');
  await expect(page.locator('#rate')).toBeFocused();
  await tabTo(page, page.getByRole('radio', { name: words.talk.rate_5, exact: true }));
  await page.keyboard.press('Space');
  await tabTo(page, page.getByRole('button', { name: words.talk.rate_send }));
  await page.keyboard.press('Enter');
  await expect(page.locator('#rate')).toBeFocused();
});
