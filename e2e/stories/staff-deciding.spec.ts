// An agent finds orders and decides, with the keyboard alone; two of them meet; a supervisor has the last word.

import { findings } from '../stage/axe';
import type { ConsoleWords } from '../stage/catalogues';
import { dearOrder } from '../stage/new-order';
import { asksToCancel, type Console, expect, orderThat, test } from '../stage/staff';
import { WITHIN_A_SECOND } from '../stage/story';
import { type Order, yuan } from '../stage/wire';

/** What its shopper may cancel at once, and so small that one supervisor cancels it for the seller. */
const oneCancels = ({ state, total, cancellation }: Order): boolean =>
  state === 'unpacked' && cancellation.kind === 'self_service' && total.amount <= 50_000;

test('an agent finds an order, decides, and goes on to the next, with the keyboard alone', async ({ sits, seed, shop, says }) => {
  const asking = await orderThat(shop, seed.tokens.lin, asksToCancel);
  const { desk } = await sits('wang');
  const { page } = desk;
  await page.goto('/staff/orders');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('13800000001');
  await page.keyboard.press('Enter');
  await expect(page.locator('#found-0')).toBeVisible();
  // Off the field, so that letters are keys.
  await page.locator('#main').focus();
  await page.keyboard.press('j');
  await expect(page.locator('#found-1')).toBeFocused();
  await page.keyboard.press('k');
  await expect(page.locator('#found-0')).toBeFocused();
  await page.keyboard.press('/');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(asking.number);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: asking.number })).toBeVisible();
  await page.locator('#main').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText(asking.number);
  await expect(desk.offered(says.order.request)).toBeVisible();
  await page.keyboard.press('1');
  const radios = desk.acts.getByRole('radio');
  await expect(radios.first()).toBeFocused();
  await page.keyboard.press('Space');
  await expect(radios.first()).toBeChecked();
  await page.keyboard.press('Enter');
  await expect(desk.done(says.order.request)).toBeVisible();
  await expect(page.getByText(says.order.audit_whole).first()).toBeVisible();
  await expect(page.getByRole('region', { name: says.order.decisions })).toContainText('wang');
  // Back to what was found, and on.
  await page.locator('#main').focus();
  await page.keyboard.press('u');
  await expect(page.getByRole('link', { name: asking.number })).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: says.keys.title })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test.describe('the queue', () => {
  test.use({ provokes: /409/ });

  test('the day begins with what waits: an agent takes it, a second one sees who has it, and takes it over', async ({ sits, says }) => {
    const { desk: first } = await sits('wang');
    await first.page.goto('/staff');
    await expect(first.page.getByRole('heading', { name: says.work.title })).toBeVisible();
    await expect(first.page.locator('#work-0')).toBeVisible();
    const number = (await first.page.locator('#work-0').textContent())!;
    await first.page.keyboard.press('j');
    await expect(first.page.locator('#work-0')).toBeFocused();
    await first.page.keyboard.press('c');
    const row = (page: typeof first.page) => page.getByRole('row').filter({ hasText: number });
    await expect(row(first.page)).toContainText(says.work.let_go);
    const { desk: second } = await sits('zhou');
    await second.page.goto('/staff');
    await expect(row(second.page)).toContainText('王静');
    // What somebody else has in hand is not decided by the way.
    await second.page.getByRole('link', { name: number }).click();
    await second.offered(says.order.request).click();
    await second.acts.getByRole('radio', { name: says.order.approve, exact: true }).check();
    await second.acts.getByRole('button', { name: says.order.submit }).click();
    await expect(second.refused).toContainText('王静');
    await expect(second.refused).toContainText(says.failures.claimed.split('{time}')[1]);
    await second.acts.getByRole('button', { name: says.order.take_over }).click();
    await expect(second.refused).toHaveText('');
    await second.acts.getByRole('button', { name: says.order.submit }).click();
    await expect(second.done(says.order.request)).toBeVisible();
    // Nothing has moved under the first one's eyes, and it says what has become of it.
    await first.page.keyboard.press('r');
    await expect(row(first.page)).toHaveCount(0);
  });
});

test('a no without a reason is not sent', async ({ sits, seed, shop, says }) => {
  const asking = await orderThat(shop, seed.tokens.lin, asksToCancel);
  const { desk } = await sits('wang');
  await desk.open(asking.id);
  await desk.offered(says.order.request).click();
  await desk.acts.getByRole('button', { name: says.order.submit }).click();
  await expect(desk.acts.getByText(says.order.choose)).toBeVisible();
  await desk.acts.getByRole('radio', { name: says.order.decline }).check();
  await desk.acts.getByRole('button', { name: says.order.submit }).click();
  await expect(desk.acts.getByText(says.order.note_missing)).toBeVisible();
  await expect(desk.acts.getByLabel(says.order.note)).toBeFocused();
});

test.describe('two of them', () => {
  test.use({ provokes: /409/ });

  test('who comes second is told, and sees the order as it is now', async ({ sits, seed, shop, says }) => {
    const asking = await orderThat(shop, seed.tokens.lin, asksToCancel);
    const [{ desk: first }, { desk: second }] = [await sits('wang'), await sits('zhou')];
    for (const desk of [first, second]) {
      await desk.open(asking.id);
      await desk.offered(says.order.request).click();
      await desk.acts.getByRole('radio', { name: says.order.approve, exact: true }).check();
    }
    await first.acts.getByRole('button', { name: says.order.submit }).click();
    await expect(first.done(says.order.request)).toBeVisible();
    await second.acts.getByRole('button', { name: says.order.submit }).click();
    await expect(second.refused).toHaveText(says.failures.no_open_request);
    await expect(second.offered(says.order.request)).toHaveCount(0);
    await expect(second.page.getByRole('region', { name: says.order.decisions })).toContainText('wang');
  });
});

test('an answer that was lost is asked for again under the same key, and it is done once', async ({ sits, seed, shop, says }) => {
  const asking = await orderThat(shop, seed.tokens.lin, asksToCancel);
  const { desk } = await sits('wang');
  await desk.open(asking.id);
  const keys: (string | undefined)[] = [];
  await desk.page.route('**/request/decisions', async (route) => {
    keys.push(route.request().headers()['idempotency-key']);
    if (keys.length > 1) return route.continue();
    // It arrives, and its answer does not.
    await route.fetch();
    return route.abort();
  });
  await desk.offered(says.order.request).click();
  await desk.acts.getByRole('radio', { name: says.order.approve, exact: true }).check();
  await desk.acts.getByRole('button', { name: says.order.submit }).click();
  await expect(desk.refused).toHaveText(says.failures.unanswered);
  await desk.acts.getByRole('button', { name: says.order.submit }).click();
  await expect(desk.done(says.order.request)).toBeVisible();
  expect(keys).toHaveLength(2);
  expect(keys[0]).toBe(keys[1]);
});

test('what an agent may not do is not offered, and a supervisor cancels for the seller with a reason', async ({ sits, seed, shop, says }) => {
  const asking = await orderThat(shop, seed.tokens.lin, oneCancels);
  const { desk: agent } = await sits('wang');
  await agent.open(asking.id);
  await expect(agent.acts.getByText(says.order.acts_none)).toBeVisible();
  const { desk: supervisor } = await sits('zhou');
  await supervisor.open(asking.id);
  await supervisor.offered(says.order.cancel).click();
  await supervisor.acts.getByRole('radio').first().check();
  await supervisor.acts.getByRole('button', { name: says.order.submit }).click();
  await expect(supervisor.done(says.order.cancel)).toBeVisible();
  const now = await shop.order(seed.tokens.lin, asking.id);
  expect(now.state).toBe('cancelled');
});

test.describe('with the shopper looking on', () => {
  test.use({ who: 'lin' });

  test('what the shop cancels in the console is on the open page at once, with reason and refund', async ({
    order,
    page,
    sits,
    seed,
    shop,
    says,
    words,
  }) => {
    const bought = await orderThat(shop, seed.tokens.lin, oneCancels);
    await order.open(bought.id);
    const { desk: supervisor } = await sits('zhou');
    await supervisor.open(bought.id);
    await supervisor.offered(says.order.cancel).click();
    await supervisor.acts.getByRole('radio').first().check();
    await supervisor.acts.getByLabel(says.order.note_optional).fill('雾蓝色售罄，抱歉');
    await supervisor.acts.getByRole('button', { name: says.order.submit }).click();
    await expect(order.state).toHaveText(words.state.cancelled, WITHIN_A_SECOND);
    await expect(order.news).toContainText(words.order.news_seller);
    await expect(order.main).toContainText('缺货');
    await expect(order.main).toContainText('雾蓝色售罄，抱歉');
    await expect(order.anyCancel).toHaveCount(0);
    const { refunds } = await shop.order(seed.tokens.lin, bought.id);
    expect(refunds).toHaveLength(1);
    await expect(order.section(words.order.refunds)).toContainText(yuan(refunds[0].amount.amount));
    // And it is told, for who does not look.
    await page.goto('/notifications');
    const told = page.getByRole('main').locator('.notification').filter({ hasText: bought.number });
    await expect(told.filter({ hasText: words.notifications.cancelled_seller })).toHaveCount(1);
  });
});

test('an order that waits for its address is corrected, and then confirmed', async ({ sits, seed, shop, says }) => {
  const waiting = await orderThat(shop, seed.tokens.lin, ({ pending }) => pending?.cause === 'incomplete_info');
  const { desk } = await sits('wang');
  await desk.open(waiting.id);
  await desk.offered(says.order.address).click();
  for (const [name, text] of [
    [says.order.recipient, '林晓'],
    [says.order.phone, '13800000001'],
    [says.order.region, '浙江省 杭州市 西湖区'],
    [says.order.street, '文三路 90 号'],
  ]) {
    await desk.acts.getByLabel(name).fill(text);
  }
  await desk.acts.getByRole('button', { name: says.order.submit }).click();
  await expect(desk.done(says.order.address)).toBeVisible();
  // A slip of the pen is corrected, too, before anything is packed.
  await desk.offered(says.order.address).click();
  await desk.acts.getByLabel(says.order.street).fill('文三路 91 号');
  await desk.acts.getByRole('button', { name: says.order.submit }).click();
  await expect(desk.page.getByText('文三路 91 号').first()).toBeVisible();
  await desk.offered(says.order.confirm).click();
  await desk.acts.getByRole('button', { name: says.order.submit }).click();
  await expect(desk.done(says.order.confirm)).toBeVisible();
});

test('who said no to a case does not decide its appeal; a supervisor does', async ({ sits, seed, shop, says }) => {
  const opened = await shop.asksForReturn(seed.tokens.lin);
  const { desk: agent } = await sits('wang');
  await agent.open(opened.order.id);
  await agent.offered(says.order.case).first().click();
  await agent.acts.getByRole('radio', { name: says.order.case_reject }).check();
  await agent.acts.getByLabel(says.order.note).fill('照片里看不出问题');
  await agent.acts.getByRole('button', { name: says.order.submit }).click();
  await expect(agent.done('¥')).toBeVisible();
  await shop.appeals(seed.tokens.lin, opened.id);
  await agent.page.reload();
  await expect(agent.page.getByText(says.order.appeal_supervisor)).toBeVisible();
  await expect(agent.offered(says.order.appeal)).toHaveCount(0);
  const { desk: supervisor } = await sits('zhou');
  await supervisor.open(opened.order.id);
  await supervisor.offered(says.order.appeal).click();
  await supervisor.acts.getByRole('radio', { name: says.order.case_approve }).check();
  await supervisor.acts.getByLabel(says.order.return_to).fill('杭州市余杭区退货仓');
  await supervisor.acts.getByRole('button', { name: says.order.submit }).click();
  await expect(supervisor.done('¥')).toBeVisible();
});

/** Who has decided it is asked for another's word, and cannot give it. */
async function standsAlone(desk: Console, says: ConsoleWords, act: string): Promise<void> {
  await desk.offered(act).click();
  await expect(desk.acts.getByText(says.order.second_alone)).toBeVisible();
  await expect(desk.acts.getByRole('radio', { name: says.order.approve, exact: true })).toHaveCount(0);
}

/** The second person looks again and agrees; one tap more has no effect. */
async function agrees(desk: Console, says: ConsoleWords, act: string): Promise<void> {
  await desk.page.reload();
  await desk.offered(act).click();
  await desk.acts.getByRole('radio', { name: says.order.approve, exact: true }).check();
  await desk.acts.getByRole('button', { name: says.order.submit }).dblclick();
  await expect(desk.done(act)).toBeVisible();
}

for (const [lang, viewport] of [
  ['zh-CN', { width: 1280, height: 800 }],
  ['en', { width: 390, height: 844 }],
] as const) {
  test.describe(`a large refund, ${lang}, ${viewport.width} pixels wide`, () => {
    test.use({ lang, viewport });

    test('takes two: one grants it, another does not agree, and then does; the shopper hears of it only then', async ({
      sits,
      seed,
      shop,
      says,
    }) => {
      const shopper = await shop.shopperOf(seed.tokens.lin);
      const { id, number } = await shop.orders('wf-dear-1', dearOrder(shopper, 'WF-DEAR-1', 50_001));
      await shop.asksToCancel(seed.tokens.lin, id);
      const grants = async (desk: Console): Promise<void> => {
        await desk.offered(says.order.request).click();
        await expect(desk.acts.getByText(says.order.takes_two)).toBeVisible();
        await desk.acts.getByRole('radio', { name: says.order.approve, exact: true }).check();
        await desk.acts.getByRole('button', { name: says.order.submit }).click();
        await expect(desk.acts.getByRole('status')).toContainText(says.order.done_draft.split('{what}')[1]);
      };
      const [{ desk: first }, { desk: second }] = [await sits('wang'), await sits('zhou')];
      await first.open(id);
      await grants(first);
      const waits = first.page.getByRole('region', { name: says.order.request_open });
      await expect(waits).toContainText(says.order.draft_waiting);
      expect(await findings(first.page)).toEqual([]);
      // Whoever granted it does not agree with it.
      await standsAlone(first, says, says.order.second);
      const seen = await shop.order(seed.tokens.lin, id);
      expect([seen.cancellation.kind, seen.refunds]).toEqual(['requested', []]);
      expect(JSON.stringify(seen)).not.toContain('wang');

      // In the queue it says what it waits for.
      await second.page.goto('/staff?kind=cancellation_request&claim=all&sort=age');
      const row = second.page.getByRole('row').filter({ hasText: number });
      await expect(row).toContainText(says.work.granted.split('{who}')[1]);
      await row.getByRole('link', { name: number }).click();
      await second.offered(says.order.second).click();
      await expect(second.acts).toContainText('¥500.01');
      await expect(second.acts).toContainText('wang');
      await second.acts.getByRole('radio', { name: says.order.decline, exact: true }).check();
      await second.acts.getByRole('button', { name: says.order.submit }).click();
      await expect(second.acts.getByText(says.order.note_colleague_missing)).toBeVisible();
      await second.acts.getByLabel(says.order.note_colleague, { exact: true }).fill('先确认是否已发码');
      expect(await findings(second.page)).toEqual([]);
      await second.acts.getByRole('button', { name: says.order.submit }).click();
      await expect(second.done(says.order.second)).toBeVisible();
      expect(JSON.stringify(await shop.order(seed.tokens.lin, id))).not.toContain('先确认是否已发码');

      // The first reads why, and grants it again.
      await expect(waits).toContainText('先确认是否已发码');
      await first.page.reload();
      await grants(first);
      await agrees(second, says, says.order.second);
      await expect(second.page.getByRole('region', { name: says.order.request_over })).toContainText(says.order.draft_approved);
      const now = await shop.order(seed.tokens.lin, id);
      expect([now.state, now.refunds.length]).toEqual(['cancelled', 1]);
    });
  });
}

test.describe('a large cancel for the seller', () => {
  test.use({ who: 'lin', lang: 'zh-CN' });

  test('takes two supervisors: the shopper sees nothing until the second agrees, and then hears the reason of the first', async ({
    order,
    sits,
    seed,
    shop,
    says,
    words,
  }) => {
    const shopper = await shop.shopperOf(seed.tokens.lin);
    const { id, number } = await shop.orders('wf-dear-2', dearOrder(shopper, 'WF-DEAR-2', 50_001));
    await order.open(id);
    await expect(order.state).toHaveText(words.state.unpacked);
    const cancels = async (desk: Console): Promise<void> => {
      await desk.offered(says.order.cancel).click();
      await expect(desk.acts.getByText(says.order.cancel_takes_two)).toBeVisible();
      await desk.acts.getByRole('radio').first().check();
      await desk.acts.getByLabel(says.order.note_optional).fill('盘点后发现缺货');
      await desk.acts.getByRole('button', { name: says.order.submit }).click();
      await expect(desk.acts.getByRole('status')).toContainText(says.order.done_draft.split('{what}')[1]);
    };
    const [{ desk: first }, { desk: second }] = [await sits('zhou'), await sits('admin')];
    await first.open(id);
    await cancels(first);
    const waits = first.page.getByRole('region', { name: says.order.seller_cancel });
    await expect(waits).toContainText('zhou');
    await expect(waits).toContainText(says.order.draft_waiting);
    expect(await findings(first.page)).toEqual([]);
    // Whoever drafted it may take it back, and nothing else about the cancelling is offered.
    await expect(first.offered(says.order.cancel)).toHaveCount(0);
    await standsAlone(first, says, says.order.second_cancel);
    const seen = await shop.order(seed.tokens.lin, id);
    expect([seen.state, seen.refunds]).toEqual(['unpacked', []]);
    expect(JSON.stringify(seen)).not.toContain('盘点后发现缺货');
    await expect(order.state).toHaveText(words.state.unpacked);

    // In the queue it says what it waits for.
    await second.page.goto('/staff?kind=cancellation_request&claim=all&sort=age');
    const row = second.page.getByRole('row').filter({ hasText: number });
    await expect(row).toContainText(says.work.seller_cancel.replace('{who}', 'zhou').replace('{amount}', '¥500.01'));
    await row.getByRole('link', { name: number }).click();
    await second.offered(says.order.second_cancel).click();
    await expect(second.acts).toContainText('zhou');
    await expect(second.acts).toContainText('缺货');
    await expect(second.acts).toContainText('¥500.01');
    await second.acts.getByRole('radio', { name: says.order.decline, exact: true }).check();
    await second.acts.getByLabel(says.order.note_colleague, { exact: true }).fill('先问仓库');
    expect(await findings(second.page)).toEqual([]);
    await second.acts.getByRole('button', { name: says.order.submit }).click();
    await expect(second.done(says.order.second_cancel)).toBeVisible();

    // The first reads why, and cancels it again.
    await expect(waits).toContainText('先问仓库');
    await first.page.reload();
    await cancels(first);
    await agrees(second, says, says.order.second_cancel);
    await expect(order.state).toHaveText(words.state.cancelled, WITHIN_A_SECOND);
    await expect(order.main).toContainText('盘点后发现缺货');
    await expect(order.main).not.toContainText('先问仓库');
    const now = await shop.order(seed.tokens.lin, id);
    expect([now.state, now.refunds.length]).toEqual(['cancelled', 1]);
  });
});
