// Complaints in the console, with its own forms: taken up, answered, proposed; a second person for much money; a dispute
// that somebody else decides.

import { findings } from '../stage/axe';
import { type ConsoleWords, fill } from '../stage/catalogues';
import { type Console, expect, orderThat, test } from '../stage/staff';
import { photo } from '../stage/photo';
import { ComplainPage, ComplaintPage } from '../stage/complaint';

test.use({ who: 'lin' });

const ORDER = 'tp-100011';

/** What is filled in for a proposal, and sent. */
async function proposes(desk: Console, says: ConsoleWords, gives: string, what: string | null, reason: string): Promise<void> {
  await desk.offered(says.order.complaint_propose).click();
  await desk.acts.getByRole('radio', { name: gives, exact: true }).check();
  if (what !== null) await desk.acts.locator('#act-gives').fill(what);
  await desk.acts.getByLabel(says.order.note).fill(reason);
  await desk.acts.getByRole('button', { name: says.order.submit }).click();
}

for (const [lang, viewport] of [
  ['zh-CN', { width: 1280, height: 800 }],
  ['en', { width: 390, height: 844 }],
] as const) {
  test.describe(`${lang}, ${viewport.width} pixels wide`, () => {
    test.use({ lang, viewport });

    test('a complaint is found in the queue, taken up, answered, proposed in, disputed, and decided by somebody else', async ({
      page,
      sits,
      seed,
      shop,
      words,
      says,
      id,
    }) => {
      const form = new ComplainPage(page, words);
      const shown = new ComplaintPage(page, words);
      await form.open(id(ORDER));
      await form.fillIn('等了三周，没有人答复', '2.00');
      await form.main.locator('input[type=file]').setInputFiles(photo('box.jpg'));
      await expect(form.main).toContainText(words.evidence.ready);
      await form.send.click();
      await expect(page).toHaveURL(/\/complaints\/[^/]+$/);
      const complaint = page.url().split('/').at(-1)!;
      const { number } = await shop.order(seed.tokens.lin, id(ORDER));

      const [{ desk: agent }, { desk: supervisor }] = [await sits('wang'), await sits('zhou')];
      await agent.page.goto('/staff?kind=complaint&claim=all&sort=age');
      const row = agent.page.getByRole('row').filter({ hasText: number });
      await expect(row).toContainText(says.complaintTopic.service);
      expect(await findings(agent.page)).toEqual([]);
      await row.getByRole('link', { name: number }).click();
      await expect(agent.page.getByText('等了三周，没有人答复')).toBeVisible();
      await expect(agent.page.getByRole('region', { name: says.order.complaints }).getByRole('img')).toHaveCount(1);
      await agent.offered(says.order.complaint_take_up).click();
      await expect(agent.acts.getByText(says.order.complaint_take_up_about)).toBeVisible();
      await agent.acts.getByRole('button', { name: says.order.submit }).click();
      await expect(agent.done(says.order.complaint_take_up)).toBeVisible();
      await expect(agent.offered(says.order.complaint_take_up)).toHaveCount(0);
      await expect(shown.state).toHaveText(words.complaint.state_investigating);
      await agent.offered(says.order.complaint_answer).click();
      await agent.acts.getByRole('button', { name: says.order.send, exact: true }).click();
      await expect(agent.acts.getByText(says.order.message_missing)).toBeVisible();
      await agent.acts.getByLabel(says.order.message).fill('正在核实');
      await agent.acts.getByRole('button', { name: says.order.send, exact: true }).click();
      await expect(agent.done(says.order.complaint_answer)).toBeVisible();
      await expect(shown.thread).toContainText('正在核实');
      // Nothing is sent that says neither what nor why.
      await agent.offered(says.order.complaint_propose).click();
      await agent.acts.getByRole('radio', { name: says.order.gives_goodwill, exact: true }).check();
      await agent.acts.getByRole('button', { name: says.order.submit }).click();
      await expect(agent.acts.getByText(says.order.gives_what_missing)).toBeVisible();
      await expect(agent.acts.getByLabel(says.order.gives_what)).toBeFocused();
      await agent.acts.getByLabel(says.order.gives_what).fill('5 元优惠券');
      await agent.acts.getByRole('button', { name: says.order.submit }).click();
      await expect(agent.acts.getByText(says.order.note_missing)).toBeVisible();
      expect(await findings(agent.page)).toEqual([]);
      await agent.acts.getByLabel(says.order.note).fill('抱歉让您久等');
      await agent.acts.getByRole('button', { name: says.order.submit }).dblclick();
      await expect(agent.done(says.order.complaint_propose)).toBeVisible();
      await expect(agent.offered(says.order.complaint_propose)).toHaveCount(0);

      await expect(shown.section(words.complaint.offer)).toContainText('5 元优惠券');
      await shown.dispute.click();
      await shown.why.fill('我要的是退款');
      await shown.button(words.complaint.dispute_send).click();
      await expect(shown.state).toHaveText(words.complaint.state_disputed);
      // The agent hears of it, and that it is not theirs any more.
      await expect(agent.page.getByText(says.order.complaint_supervisor)).toBeVisible();
      await expect(agent.offered(says.order.complaint_propose)).toHaveCount(0);

      await supervisor.open(id(ORDER));
      await supervisor.offered(says.order.complaint_propose).click();
      await expect(supervisor.acts.getByText(says.order.complaint_last)).toBeVisible();
      expect(await findings(supervisor.page)).toEqual([]);
      await supervisor.acts.getByRole('radio', { name: says.order.gives_refund, exact: true }).check();
      await supervisor.acts.locator('#act-gives').fill('2');
      await supervisor.acts.getByLabel(says.order.note).fill('退还您要求的金额');
      await supervisor.acts.getByRole('button', { name: says.order.submit }).dblclick();
      await expect(supervisor.done(says.order.complaint_propose)).toBeVisible();
      await expect(shown.state).toHaveText(words.complaint.state_final);
      await expect(shown.section(words.complaint.offer_final)).toContainText(fill(words.complaint.offer_refund, { amount: '¥2.00' }));
      expect(await supervisor.page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
      const { state } = await shop.complaint(seed.tokens.lin, complaint);
      expect(state).toBe('proposed');
    });
  });
}

test('much money takes a second person, who may say no for their colleague to read, and yes', async ({ sits, seed, shop, says }) => {
  const dear = await orderThat(shop, seed.tokens.lin, ({ state, total }) => state === 'unpacked' && total.amount > 50_000);
  const { id: complaint } = await shop.complains(seed.tokens.lin, dear.id);
  const [{ desk: agent }, { desk: supervisor }] = [await sits('wang'), await sits('zhou')];
  await agent.open(dear.id);
  await proposes(agent, says, says.order.gives_refund, '500.01', '商品有质量问题');
  await expect(agent.done(says.order.complaint_propose)).toBeVisible();
  // It has not reached the shopper.
  expect(JSON.stringify(await shop.complaint(seed.tokens.lin, complaint))).not.toContain('商品有质量问题');
  // Whoever drafted it does not agree with it.
  await agent.offered(says.order.complaint_second).click();
  await expect(agent.acts.getByText(says.order.complaint_second_other)).toBeVisible();
  await expect(agent.acts.getByRole('radio', { name: says.order.approve, exact: true })).toHaveCount(0);

  await supervisor.open(dear.id);
  await supervisor.offered(says.order.complaint_second).click();
  await expect(supervisor.acts).toContainText('¥500.01');
  await expect(supervisor.acts).toContainText('商品有质量问题');
  await supervisor.acts.getByRole('radio', { name: says.order.decline, exact: true }).check();
  // The shopper never reads this, and it does not say so.
  await supervisor.acts.getByLabel(says.order.note_colleague, { exact: true }).fill('先核实一下');
  await supervisor.acts.getByRole('button', { name: says.order.submit }).click();
  await expect(supervisor.done(says.order.complaint_second)).toBeVisible();
  expect(JSON.stringify(await shop.complaint(seed.tokens.lin, complaint))).not.toContain('先核实一下');

  await expect(agent.page.getByRole('region', { name: says.order.complaints })).toContainText('先核实一下');
  await agent.page.reload();
  await proposes(agent, says, says.order.gives_refund, '500.01', '已核实，同意退款');
  await expect(agent.done(says.order.complaint_propose)).toBeVisible();
  await supervisor.page.reload();
  await supervisor.offered(says.order.complaint_second).click();
  await supervisor.acts.getByRole('radio', { name: says.order.approve, exact: true }).check();
  // Agreeing takes no words: those to the shopper are the draft's.
  await expect(supervisor.acts.getByRole('textbox')).toHaveCount(0);
  await supervisor.acts.getByRole('button', { name: says.order.submit }).click();
  await expect(supervisor.done(says.order.complaint_second)).toBeVisible();
  const { state } = await shop.complaint(seed.tokens.lin, complaint);
  expect(state).toBe('proposed');
});

test('with the keyboard alone: a supervisor who proposed does not decide the dispute; another one does', async ({ page, sits, seed, shop, words, says, id }) => {
  const { id: complaint } = await shop.complains(seed.tokens.lin, id(ORDER));
  const [{ desk: first, token }, { desk: other }] = [await sits('zhou'), await sits('admin')];
  await shop.proposes(token, complaint, { kind: 'none', reason: '没有查到' });
  const shown = new ComplaintPage(page, words);
  await shown.open(complaint);
  await shown.dispute.click();
  await shown.why.fill('请再查');
  await shown.button(words.complaint.dispute_send).click();
  await expect(shown.state).toHaveText(words.complaint.state_disputed);
  await first.open(id(ORDER));
  await expect(first.page.getByText(says.order.complaint_other)).toBeVisible();
  await expect(first.offered(says.order.complaint_propose)).toHaveCount(0);
  const keys = other.page.keyboard;
  await other.open(id(ORDER));
  await expect(other.offered(says.order.complaint_propose)).toBeVisible();
  const place = await other.acts.getByRole('button').evaluateAll(
    (all, name) => all.findIndex((one) => one.textContent!.includes(name)) + 1,
    says.order.complaint_propose,
  );
  await keys.press(String(place));
  await expect(other.acts.getByRole('radio').first()).toBeFocused();
  // From the first to the last: nothing, with the reason.
  await keys.press('ArrowUp');
  await expect(other.acts.getByRole('radio', { name: says.order.gives_nothing, exact: true })).toBeChecked();
  await keys.press('Tab');
  await keys.type('查过了：当天有答复');
  await keys.press('Tab');
  await keys.press('Enter');
  await expect(other.done(says.order.complaint_propose)).toBeVisible();
  await expect(shown.state).toHaveText(words.complaint.state_resolved);
  await expect(shown.main).toContainText('查过了：当天有答复');
});
