// After-sale cases, and other accounts for refunds, decided in the console with the keyboard alone.

import type { Locator } from '@playwright/test';

import { findings } from '../stage/axe';
import { PASSWORD } from '../stage/seed';
import { type Console, expect, test } from '../stage/staff';

/** Begins an act by its key, from the page. */
async function begins(desk: Console, name: string): Promise<void> {
  const key = await desk.offered(name).first().getAttribute('aria-keyshortcuts');
  await desk.page.locator('#main').focus();
  await desk.page.keyboard.press(key!);
}

/** On to something within a few steps. */
async function tabsTo(desk: Console, target: Locator): Promise<void> {
  const there = () => target.evaluate((one) => one === document.activeElement);
  for (let steps = 0; steps < 6 && !(await there()); steps += 1) await desk.page.keyboard.press('Tab');
  await expect(target).toBeFocused();
}

test('a case is answered and granted', async ({ sits, seed, shop, says }) => {
  const opened = await shop.asksForReturn(seed.tokens.lin);
  const { desk } = await sits('wang');
  const keys = desk.page.keyboard;
  await desk.open(opened.order.id);
  await begins(desk, says.order.say);
  await expect(desk.acts.getByLabel(says.order.message)).toBeFocused();
  await keys.type('请问外包装还在吗？');
  await tabsTo(desk, desk.acts.getByRole('button', { name: says.order.send, exact: true }));
  await keys.press('Enter');
  await expect(desk.done(says.order.say)).toBeVisible();
  await expect(desk.page.getByText('请问外包装还在吗？')).toBeVisible();

  await begins(desk, says.order.case);
  const approve = desk.acts.getByRole('radio', { name: says.order.case_approve, exact: true });
  await expect(approve).toBeFocused();
  await keys.press('Space');
  await expect(approve).toBeChecked();
  await tabsTo(desk, desk.acts.getByLabel(says.order.return_to));
  await keys.type('杭州市余杭区退货仓');
  expect(await findings(desk.page)).toEqual([]);
  await tabsTo(desk, desk.acts.getByRole('button', { name: says.order.submit, exact: true }));
  await keys.press('Enter');
  await expect(desk.done('¥')).toBeVisible();
  expect((await shop.case(seed.tokens.lin, opened.id)).state).toBe('awaiting_return');
});

test('another account is declined with a reason, and the next one granted', async ({ sits, seed, shop, says, id }) => {
  const order = id('tp-100030');
  const { refunds } = await shop.order(seed.tokens.lin, order);
  const account = { channel: 'alipay', account: 'lin@example.com', holder: '林小满', password: PASSWORD };
  await shop.asksForWay(seed.tokens.lin, refunds[0].id, account);
  const { desk } = await sits('wang');
  const keys = desk.page.keyboard;
  await desk.open(order);
  await begins(desk, says.order.way);
  await expect(desk.acts).toContainText('林小满');
  const choice = (name: string) => desk.acts.getByRole('radio', { name, exact: true });
  await expect(choice(says.order.approve)).toBeFocused();
  await keys.press('ArrowDown');
  await expect(choice(says.order.decline)).toBeChecked();
  // Not without saying why.
  const submit = desk.acts.getByRole('button', { name: says.order.submit, exact: true });
  await tabsTo(desk, submit);
  await keys.press('Enter');
  await expect(desk.acts.getByText(says.order.note_missing)).toBeVisible();
  await expect(desk.acts.getByLabel(says.order.note)).toBeFocused();
  expect(await findings(desk.page)).toEqual([]);
  await keys.type('户名与账户不符');
  await tabsTo(desk, submit);
  await keys.press('Enter');
  await expect(desk.done(says.order.way)).toBeVisible();
  await expect(desk.offered(says.order.way)).toHaveCount(0);

  // It comes to the open page by itself.
  await shop.asksForWay(seed.tokens.lin, refunds[0].id, account);
  await expect(desk.offered(says.order.way)).toBeVisible();
  await begins(desk, says.order.way);
  await expect(choice(says.order.approve)).toBeFocused();
  await keys.press('Space');
  await tabsTo(desk, submit);
  await keys.press('Enter');
  await expect(desk.done(says.order.way)).toBeVisible();
  const now = await shop.order(seed.tokens.lin, order);
  expect(now.refunds[0].state).not.toBe('failed');
});
