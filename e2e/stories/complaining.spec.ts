// Complaining: from the order or a refused case to an offer, a dispute, a supervisor's last word, and the money.

import { findings } from '../stage/axe';
import { fill } from '../stage/catalogues';
import { ComplainPage, ComplaintPage } from '../stage/complaint';
import { PASSWORD, SHOPPERS } from '../stage/seed';
import { expect, test } from '../stage/staff';
import { WITHIN_A_SECOND } from '../stage/story';
import { tabTo } from '../stage/keys';
import { photo } from '../stage/photo';

const ORDER = 'tp-100011';

test.use({ who: 'lin' });

test('complains, turns an offer down, accepts the supervisor’s, and gets the money', async ({
  order,
  page,
  shop,
  seed,
  sits,
  words,
  id,
}) => {
  const text = words.complaint;
  const form = new ComplainPage(page, words);
  const shown = new ComplaintPage(page, words);

  await order.open(id(ORDER));
  await page.getByRole('link', { name: words.order.complain, exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/orders/${id(ORDER)}/complain$`));
  await expect(page.getByRole('main')).toBeFocused();
  await form.send.click();
  await expect(page.getByText(text.text_missing)).toBeVisible();
  await expect(page.locator('input[name=topic]').first()).toBeFocused();
  await form.fillIn('等了三周，没有人答复', '2.00');
  await form.main.locator('input[type=file]').setInputFiles(photo('box.jpg'));
  await expect(form.main).toContainText(words.evidence.ready);
  expect(await findings(page)).toEqual([]);
  // A second tap makes no second complaint.
  await form.send.dblclick();
  await expect(page).toHaveURL(/\/complaints\/[^/]+$/);
  const complaint = page.url().split('/').at(-1)!;
  await expect(shown.state).toHaveText(text.state_received);
  await expect(shown.thread).toContainText('等了三周，没有人答复');
  await expect(shown.thread.getByRole('img')).toHaveCount(1);
  await expect(shown.main.getByRole('link', { name: fill(text.outside_call, { phone: '12315' }) })).toBeVisible();
  expect(await findings(page)).toEqual([]);

  const { token: wang } = await sits('wang');
  await shop.takesUp(wang, complaint);
  await expect(shown.state).toHaveText(text.state_investigating, WITHIN_A_SECOND);
  await shop.proposes(wang, complaint, { kind: 'goodwill', gift: '5 元优惠券', reason: '抱歉让您久等' });
  await expect(shown.state).toHaveText(text.state_proposed, WITHIN_A_SECOND);
  await expect(shown.news).toContainText(text.state_proposed);
  await expect(shown.section(text.offer)).toContainText('5 元优惠券');
  await expect(shown.section(text.offer)).toContainText('抱歉让您久等');
  expect(await findings(page)).toEqual([]);

  await shown.dispute.click();
  await shown.button(text.dispute_send).click();
  await expect(page.getByText(words.casePage.required, { exact: true })).toBeVisible();
  await expect(shown.why).toBeFocused();
  await shown.why.fill('我要的是退款');
  await shown.button(text.dispute_send).dblclick();
  await expect(shown.state).toHaveText(text.state_disputed);
  await expect(shown.state).toBeFocused();
  await expect(shown.thread.getByText('我要的是退款')).toHaveCount(1);

  const { token: zhou } = await sits('zhou');
  await shop.proposes(zhou, complaint, { kind: 'refund', amount: 200, reason: '退还您要求的金额' });
  await expect(shown.state).toHaveText(text.state_final, WITHIN_A_SECOND);
  await expect(shown.section(text.offer_final)).toContainText(fill(text.offer_refund, { amount: '¥2.00' }));
  await shown.button(text.accept).click();
  await expect(shown.dialog.getByRole('button', { name: text.accept_keep })).toBeFocused();
  await expect(shown.dialog).toContainText('¥2.00');
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(shown.dialog).toHaveCount(0);
  await shown.button(text.accept).click();
  await shown.dialog.getByRole('button', { name: text.accept_confirm }).dblclick();
  await expect(shown.state).toHaveText(text.state_accepted);
  await expect(shown.dialog).toHaveCount(0);
  // As it was paid in two ways, it goes back in two.
  await expect(shown.section(text.refunds).getByRole('link')).toHaveCount(2);
  const { refunds } = await shop.complaint(seed.tokens.lin, complaint);
  expect(refunds.reduce((sum, { amount }) => sum + amount.amount, 0)).toBe(200);
  await shown.section(text.refunds).getByRole('link').first().click();
  await expect(page).toHaveURL(/\/refunds\/[^/]+$/);
  // Should something be wrong with that, its page leads to the form with it.
  await page.getByRole('link', { name: words.refundPage.complain, exact: true }).click();
  await expect(page).toHaveURL(/\/complain\?refund=/);
  await expect(page.locator('input[name=about][value^="refund:"]:checked')).toHaveCount(1);
});

test('a refused case leads straight to the form, with the case', async ({ kase, page, shop, seed, words }) => {
  const text = words.complaint;
  const { id: one } = await shop.asksForReturn(seed.tokens.lin);
  await shop.decidesCase(one, 'reject', { note: '照片看不清楚' });
  await kase.open(one);
  await page.getByRole('link', { name: new RegExp(words.casePage.complain) }).click();
  await expect(page).toHaveURL(/\/complain\?case=/);
  await expect(page.getByText(text.about_history)).toBeVisible();
  const form = new ComplainPage(page, words);
  await expect(form.choice(words.complaintTopic.refund_refused)).toBeChecked();
  await form.text.fill('照片很清楚');
  await form.choice(words.complaintWish.refund).check();
  await form.send.click();
  const shown = new ComplaintPage(page, words);
  await expect(shown.state).toHaveText(text.state_received);
  await shown.section(text.order).locator(`a[href*="/cases/${one}"]`).click();
  await expect(page).toHaveURL(new RegExp(`/cases/${one}$`));
  await expect(page.getByRole('link', { name: new RegExp(words.casePage.complaint_see) })).toBeVisible();
});

test('finds again what was begun, and starts over', async ({ page, words, id }) => {
  const form = new ComplainPage(page, words);
  await form.open(id(ORDER));
  await form.fillIn('等了三周', '2.00');
  await page.reload();
  await expect(page.getByText(words.complaint.restored)).toBeVisible();
  await expect(form.text).toHaveValue('等了三周');
  await expect(form.amount).toHaveValue('2.00');
  await page.getByRole('button', { name: words.complaint.begin_anew }).click();
  await expect(form.text).toHaveValue('');
  await expect(form.choice(words.complaintWish.refund)).not.toBeChecked();
});

test.describe('a lost answer', () => {
  test.use({ provokes: /ERR_FAILED|ERR_CONNECTION/ });

  test('makes one complaint', async ({ page, shop, seed, words, id }) => {
    const form = new ComplainPage(page, words);
    await form.open(id(ORDER));
    await form.fillIn('等了三周', '2.00');
    await page.route('**/complaints', async (route) => {
      await route.fetch();
      await route.abort();
    }, { times: 1 });
    await form.send.click();
    await expect(page.getByText(words.complaint.lost)).toBeVisible();
    await form.send.click();
    await expect(page).toHaveURL(/\/complaints\/[^/]+$/);
    const { complaints } = await shop.order(seed.tokens.lin, id(ORDER));
    expect(complaints).toHaveLength(1);
  });
});

test.describe('an ended session', () => {
  test.use({ provokes: /401/ });

  test('asks to log in and goes on with what was meant', async ({ page, prompt, shop, seed, words, id }) => {
    const form = new ComplainPage(page, words);
    await form.open(id(ORDER));
    await form.fillIn('登录之后也要发出去', '2.00');
    await shop.endsSession(seed.tokens.lin);
    await form.send.click();
    await prompt.logIn(SHOPPERS.lin, PASSWORD);
    await expect(page).toHaveURL(/\/complaints\/[^/]+$/);
    await expect(page.getByText('登录之后也要发出去')).toHaveCount(1);
  });
});

test('by keyboard only: complains, and withdraws it after being asked', async ({ page, words, id }) => {
  const text = words.complaint;
  const form = new ComplainPage(page, words);
  await form.open(id(ORDER));
  await tabTo(page, form.choice(words.complaintTopic.late));
  await page.keyboard.press('Space');
  await tabTo(page, form.text);
  await page.keyboard.type('too slow');
  await tabTo(page, page.locator('input[name=wish]').first());
  await page.keyboard.press('ArrowDown');
  await tabTo(page, form.send);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/complaints\/[^/]+$/);
  await expect(page.getByRole('main')).toBeFocused();
  const shown = new ComplaintPage(page, words);
  await tabTo(page, shown.button(text.withdraw));
  await page.keyboard.press('Enter');
  await expect(shown.dialog.getByRole('button', { name: text.withdraw_keep })).toBeFocused();
  await tabTo(page, shown.dialog.getByRole('button', { name: text.withdraw_confirm }));
  await page.keyboard.press('Enter');
  await expect(shown.state).toHaveText(text.state_withdrawn);
  await expect(shown.state).toBeFocused();
});

test.describe('without WebAssembly', () => {
  test.use({ javaScriptEnabled: false });

  test('complains, turns an offer down and accepts the last one by forms', async ({
    page,
    shop,
    seed,
    sits,
    words,
    id,
  }) => {
    const text = words.complaint;
    const form = new ComplainPage(page, words);
    const shown = new ComplaintPage(page, words);
    await page.goto(`/orders/${id(ORDER)}/complain`);
    await form.send.click();
    await expect(page.getByText(text.text_missing)).toBeVisible();
    await expect(page.getByText(text.topic_missing)).toBeVisible();
    await form.fillIn('没有程序也要能投诉', '2.00');
    await form.send.click();
    await expect(page).toHaveURL(/\/complaints\/[^/]+$/);
    await expect(shown.state).toHaveText(text.state_received);
    const complaint = page.url().split('/').at(-1)!;

    const { token: wang } = await sits('wang');
    await shop.proposes(wang, complaint, { kind: 'none', reason: '没有查到' });
    await page.reload();
    await shown.dispute.click();
    await shown.why.fill('请再查');
    await shown.button(text.dispute_send).click();
    await expect(shown.state).toHaveText(text.state_disputed);

    const { token: zhou } = await sits('zhou');
    await shop.proposes(zhou, complaint, { kind: 'refund', amount: 200, reason: '查到了' });
    await page.reload();
    await page.locator('summary', { hasText: text.accept }).click();
    await shown.button(text.accept_confirm).click();
    await expect(shown.state).toHaveText(text.state_accepted);
    const { state } = await shop.complaint(seed.tokens.lin, complaint);
    expect(state).toBe('accepted');
  });
});
