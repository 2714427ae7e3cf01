// Canned replies, chosen while one answers and written by a supervisor; and the procedure of support, recorded.

import { findings } from '../stage/axe';
import { fill } from '../stage/catalogues';
import { expect, test } from '../stage/staff';

/** The demo's conversation that Wang leads, about an order that is on its way. */
const TALK = '/staff/conversations/demo-talk-2';

test('an agent answers with a canned reply by its code, and with none that lacks something', async ({ sits, says }) => {
  const { desk } = await sits('wang');
  const { page } = desk;
  await page.goto(TALK);
  const field = page.locator('#say');
  await expect(field).toBeFocused();
  const list = page.getByRole('listbox', { name: says.replies.pick });

  // Nothing comes back for this order.
  await page.keyboard.type('/refund');
  await expect(list.getByRole('option').first()).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Enter');
  await expect(page.locator('.replies-news')).toContainText(says.replies.fact_refund_amount);
  await expect(field).toHaveValue('/refund');
  // Neither key nor button sends a code to the shopper.
  await page.getByRole('button', { name: says.talk.say_send, exact: true }).click();
  await expect(field).toHaveValue('/refund');
  await field.focus();
  await page.keyboard.press('Escape');
  await expect(list).toHaveCount(0);
  await expect(field).toBeFocused();

  await field.fill('');
  await page.keyboard.type('/s');
  const options = list.getByRole('option');
  await expect(options.filter({ hasText: '/shipped' })).toBeVisible();
  await expect(options.filter({ hasText: '/status' })).toBeVisible();
  await expect(field).toHaveAttribute('aria-activedescendant', 'reply-0');
  await page.keyboard.press('ArrowDown');
  await expect(field).toHaveAttribute('aria-activedescendant', 'reply-1');
  await page.keyboard.press('ArrowUp');
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(list).toHaveCount(0);
  await expect(field).not.toHaveValue(/[{}/]/);
  const text = await field.inputValue();
  expect(text.length).toBeGreaterThan(10);
  await page.keyboard.press('Enter');
  await expect(field).toHaveValue('');
  await expect(page.locator('.chat-talk')).toContainText(text);
});

test('the button shows all replies, and a press of one writes it behind what is there', async ({ sits, says }) => {
  const { desk } = await sits('wang');
  const { page } = desk;
  await page.goto(TALK);
  const field = page.locator('#say');
  await page.getByRole('button', { name: says.replies.pick, exact: true }).click();
  const list = page.getByRole('listbox', { name: says.replies.pick });
  await expect(list.getByRole('option')).not.toHaveCount(0);
  // What can be used comes first; all of it can be reached with the keys.
  await expect(list.getByRole('option').first()).not.toHaveAttribute('aria-disabled', 'true');
  expect(await findings(page)).toEqual([]);
  await list.focus();
  await page.keyboard.press('ArrowDown');
  await expect(list.getByRole('option').nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('group', { name: says.replies.language }).getByRole('button', { name: says.replies.en }).click();
  await list.getByRole('option').filter({ hasText: '/thanks' }).click();
  await expect(field).toHaveValue(/Thank you/);
  await expect(field).toBeFocused();
});

test('the procedure is recorded beside the conversation, and is on the screen of the order', async ({ sits, says }) => {
  const { desk } = await sits('wang');
  const { page } = desk;
  await page.goto(TALK);
  const procedure = page.getByRole('region', { name: says.enquiry.title });
  await procedure.getByRole('button', { name: says.enquiry.begin }).click();
  // It is known who writes.
  await expect(procedure.getByLabel(says.enquiry.confirmed_by)).toHaveValue('logged_in');
  await expect(procedure.getByLabel(says.enquiry.topic)).toHaveValue('delivery');
  await procedure.getByRole('button', { name: says.enquiry.save_who }).click();
  await expect(procedure.getByText(says.enquiry.done_who)).toBeVisible();
  await procedure.getByRole('button', { name: says.enquiry.look_this }).click();
  await expect(procedure.getByText(says.enquiry.done_look)).toBeVisible();
  // An answer without words is none.
  await procedure.getByRole('button', { name: says.enquiry.save_answer }).click();
  await expect(procedure.getByRole('alert').getByText(says.enquiry.text_missing)).toBeVisible();
  await procedure.getByLabel(says.enquiry.text).fill('已告知派送时间');
  expect(await findings(page)).toEqual([]);
  await procedure.getByRole('button', { name: says.enquiry.save_answer }).click();
  await expect(procedure.getByText(says.enquiry.done_answer)).toBeVisible();
  await page.locator('.order-card a').click();
  await expect(page).toHaveURL(/\/staff\/orders\//);
  const past = page.getByRole('region', { name: says.enquiry.title }).locator('details');
  await past.getByText(fill(says.enquiry.past, { n: 1 })).click();
  await expect(past).toContainText('已告知派送时间');
});

test('a supervisor writes a reply, changes it and archives it; an agent only reads', async ({ sits, says }) => {
  const words = says.replies;
  const { desk } = await sits('zhou');
  const { page } = desk;
  await page.goto('/staff/replies');
  await expect(page.locator('.reply')).not.toHaveCount(0);
  await page.getByRole('button', { name: words.add }).click();
  await page.getByLabel(words.code, { exact: true }).fill('night');
  await page.getByLabel(words.name, { exact: true }).fill('夜间');
  await page.getByLabel(words.text_zh).fill('您好，订单 {order_no} 已收到');
  await page.getByRole('button', { name: words.save, exact: true }).click();
  await expect(page.getByText(words.fault_fact)).toBeVisible();
  await page.getByLabel(words.text_zh).fill('您好，已收到订单 ');
  await page.getByRole('button', { name: words.fact_order_number }).click();
  expect(await findings(page)).toEqual([]);
  await page.getByRole('button', { name: words.save, exact: true }).click();
  await expect(page.getByText(fill(words.saved, { title: '夜间' }))).toBeVisible();
  const reply = page.locator('.reply').filter({ hasText: '/night' });
  await expect(reply).toContainText('{order_number}');
  await reply.getByRole('button', { name: words.archive }).click();
  await page.getByRole('dialog').getByRole('button', { name: words.archive_yes }).click();
  await expect(page.getByText(fill(words.is_archived, { title: '夜间' }))).toBeVisible();
  await expect(reply).toHaveCount(0);
  await page.getByRole('button', { name: words.archived }).click();
  await expect(reply).toBeVisible();

  const { desk: agent } = await sits('wang');
  await agent.page.goto('/staff/replies');
  await expect(agent.page.getByText(words.only_read)).toBeVisible();
  await expect(agent.page.getByRole('button', { name: words.add })).toHaveCount(0);
});
