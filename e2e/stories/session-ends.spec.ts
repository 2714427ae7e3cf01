// The session ends in the middle of something.

import { PASSWORD } from '../stage/seed';
import { expect, test } from '../stage/story';
import { watchCancels } from '../stage/watch';

test('logs in again in the middle of a cancel, and it goes on by itself', async ({
  dialog,
  prompt,
  page,
  id,
  shop,
  seed,
  words,
}) => {
  const sent = watchCancels(page);
  await dialog.open(id('tp-100010'));
  await dialog.ready();
  await dialog.reason('误操作下单').check();
  await shop.endsSession(seed.tokens.lin);
  await dialog.confirm.click();
  await expect(prompt.dialog).toBeVisible();

  await prompt.logIn('lin@example.com', 'not-the-password');
  await expect(prompt.dialog.getByRole('alert')).toHaveText(words.session.wrong);
  await prompt.logIn('lin@example.com', PASSWORD);
  await expect(prompt.dialog).toHaveCount(0);
  await expect(dialog.result).toHaveText(words.cancel.done);
  expect(new Set(sent.map(({ key }) => key)).size).toBe(1);
  expect(sent.at(-1)?.body.reason).toBe('ordered_by_mistake');
  const token = await shop.logIn('lin@example.com', PASSWORD);
  expect((await shop.order(token, id('tp-100010'))).refunds).toHaveLength(1);
});

test('logs in again before the dialog has shown the money', async ({ order, dialog, prompt, id, shop, seed, words }) => {
  await order.open(id('tp-100010'));
  await shop.endsSession(seed.tokens.lin);
  await order.cancel.click();
  await prompt.logIn('lin@example.com', PASSWORD);
  await dialog.ready();
  await dialog.reasons.first().check();
  await dialog.confirm.click();
  await expect(dialog.result).toHaveText(words.cancel.done);
});

test('logs in again while looking through the orders', async ({ orders, prompt, shop, seed, words }) => {
  await orders.open();
  await shop.endsSession(seed.tokens.lin);
  await orders.tab('cancelled').click();
  await prompt.logIn('13800000001', PASSWORD);
  await expect(prompt.dialog).toHaveCount(0);
  await expect(orders.cards.first()).toContainText(words.state.cancelled);
});

test('sees nothing of the shopper before when somebody else logs in', async ({ orders, prompt, page, number, shop, seed }) => {
  await orders.open();
  await shop.endsSession(seed.tokens.lin);
  await orders.tab('cancelled').click();
  await prompt.logIn('zhao@example.com', PASSWORD);
  await expect(orders.card(number('tp-100203'))).toBeVisible();
  await expect(page.getByText(number('tp-100010'))).toHaveCount(0);
  await expect(page.getByRole('banner')).toContainText('赵一宁');
});
