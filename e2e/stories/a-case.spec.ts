// The page of an after-sale case: whose turn it is and until when, and what the shopper does in it.

import { findings } from '../stage/axe';
import { fill, shape } from '../stage/catalogues';
import { appIsThere } from '../stage/pages';
import { photo } from '../stage/photo';
import { PASSWORD, SHOPPERS } from '../stage/seed';
import { WITHIN_A_SECOND, expect, test } from '../stage/story';
import { yuan } from '../stage/wire';
import { remembered } from '../stage/worker';

test.describe('reading', () => {
  test.use({ readsOnly: true });

  test('sees in every state how it stands, whose turn it is, and what it comes to', async ({ kase, page, shop, seed, words }) => {
    const cases = await shop.casesByState(seed.tokens.lin);
    const said: Record<string, { headline: string; turn: string | null }> = {
      open: { headline: words.casePage.state_open, turn: words.turn.merchant },
      awaiting_return: { headline: words.casePage.state_awaiting_return, turn: words.turn.shopper },
      returning: { headline: words.casePage.state_returning, turn: words.turn.merchant },
      rejected: { headline: words.casePage.state_rejected, turn: null },
      appealed: { headline: words.casePage.state_appealed, turn: words.turn.staff },
      refunded: { headline: words.casePage.state_arrived, turn: null },
      withdrawn: { headline: words.casePage.state_withdrawn, turn: null },
      closed: { headline: words.casePage.state_closed, turn: null },
    };
    expect(Object.keys(cases).sort()).toEqual(Object.keys(said).sort());
    for (const [state, { case: id }] of Object.entries(cases)) {
      const { headline, turn } = said[state];
      await kase.open(id);
      await expect(kase.state).toHaveText(headline);
      const { settlement } = await shop.case(seed.tokens.lin, id);
      await expect(kase.main).toContainText(yuan(settlement.amount.amount));
      if (turn) await expect(kase.here).toContainText(turn);
      await expect(kase.thread.getByRole('listitem').first()).toContainText(words.casePage.act_opened);
      expect(await findings(page), state).toEqual([]);
    }
  });

  test('comes from the order to its case, to the refund, and back', async ({ kase, order, shop, seed, page, words }) => {
    const { refunded } = await shop.casesByState(seed.tokens.lin);
    await order.open(refunded.order);
    await kase.section(words.order.after_sale).getByRole('link').first().click();
    await expect(page).toHaveURL(/\/cases\/[^/]+$/);
    await expect(page.getByRole('main')).toBeFocused();
    await kase.section(words.casePage.refunds).getByRole('link').click();
    await expect(page).toHaveURL(/\/refunds\/[^/]+$/);
    await page.goBack();
    await expect(kase.course).toBeVisible();
    await kase.section(words.casePage.order).getByRole('link').click();
    await expect(page).toHaveURL(new RegExp(`/orders/${refunded.order}$`));
  });

  test('sees that the merchant was silent, and that it was granted for that', async ({ kase, seed, words }) => {
    await kase.open(`${seed.orders['wf-100122'].id}-C1`);
    await expect(kase.thread).toContainText(words.casePage.act_approved_by_silence);
    await expect(kase.section(words.casePage.refunds).getByRole('link')).toHaveCount(1);
  });

  test('of a dismissed appeal, sees the reason, a person, and the way outside', async ({ kase, shop, seed, words }) => {
    const { closed } = await shop.casesByState(seed.tokens.lin);
    await kase.open(closed.case);
    const out = kase.section(words.casePage.way_out);
    await expect(out).toContainText('不支持退款');
    await expect(out.getByRole('link', { name: words.casePage.outside_call })).toHaveAttribute('href', 'tel:12315');
    const mail = new URL((await out.getByRole('link', { name: words.support.write }).getAttribute('href')) ?? '');
    expect(mail.searchParams.get('subject')).toContain(closed.case);
  });

  test('a case of somebody else does not exist', async ({ page, words }) => {
    await page.goto('/cases/no-such-C1');
    await expect(page.getByRole('heading', { name: words.casePage.gone_title })).toBeVisible();
  });

  test.describe('without the network', () => {
    test.use({ serviceWorkers: 'allow', provokes: /ERR_INTERNET_DISCONNECTED|ERR_FAILED/ });

    test('sees a case again that was seen before', async ({ kase, shop, seed, page, context }) => {
      const { open } = await shop.casesByState(seed.tokens.lin);
      await kase.open(open.case);
      await page.mouse.move(5, 5);
      await remembered(page, `/api/v1/cases/${open.case}`);
      await context.setOffline(true);
      await page.reload();
      await appIsThere(page);
      await expect(kase.course).toBeVisible();
    });
  });
});

test('a return is rejected, appealed, granted, sent and refunded, without a reload', async ({
  kase,
  shop,
  seed,
  page,
  words,
}) => {
  const text = words.casePage;
  const { id: one } = await shop.asksForReturn(seed.tokens.lin);
  await kase.open(one);
  await expect(kase.state).toHaveText(text.state_open);
  await expect(kase.main).toContainText(shape(text.deadline));
  await expect(kase.main).toContainText(shape(fill(text.silent_open, { then: text.then_refund })));

  await shop.decidesCase(one, 'reject', { note: '照片看不清楚' });
  await expect(kase.state).toHaveText(text.state_rejected, WITHIN_A_SECOND);
  await expect(kase.news).toContainText(text.state_rejected);
  const appeal = kase.section(text.appeal_title);
  await expect(appeal.locator('blockquote')).toHaveText('照片看不清楚');
  await kase.button(text.appeal_send).click();
  await expect(page.getByText(text.required)).toBeVisible();
  await expect(page.getByLabel(text.appeal_label)).toBeFocused();
  await page.getByLabel(text.appeal_label).fill('重新拍了，吊牌都在');
  await kase.button(text.appeal_send).click();
  await expect(kase.state).toHaveText(text.state_appealed);
  await expect(kase.state).toBeFocused();
  await expect(kase.thread).toContainText('重新拍了，吊牌都在');

  await shop.decidesCase(one, 'approve', { staff: 'zhou', return_to: '浙江省 云溪市 仓前路 66 号' });
  await expect(kase.state).toHaveText(text.state_awaiting_return, WITHIN_A_SECOND);
  await expect(kase.section(text.return_title)).toContainText('仓前路 66 号');
  await page.getByLabel(text.courier, { exact: true }).fill('顺丰');
  await page.getByLabel(text.number, { exact: true }).fill('SF1380000047702');
  // A second tap does nothing more.
  await kase.button(text.parcel_send).dblclick();
  await expect(kase.state).toHaveText(text.state_returning);
  await expect(kase.thread.getByText(text.act_sent)).toHaveCount(1);

  await shop.decidesCase(one, 'receive', { staff: 'zhou' });
  await expect(kase.section(text.refunds).getByRole('link')).toBeVisible(WITHIN_A_SECOND);
  await kase.section(text.refunds).getByRole('link').first().click();
  await expect(page).toHaveURL(/\/refunds\/[^/]+$/);
});

test('appeals with a new photo, which is then in the thread', async ({ kase, shop, seed, page, words }) => {
  const text = words.casePage;
  const { id: one } = await shop.asksForReturn(seed.tokens.lin);
  await shop.decidesCase(one, 'reject', { note: '照片看不清楚' });
  await kase.open(one);
  const appeal = kase.section(text.appeal_title);
  await appeal.locator('input[type=file]').setInputFiles(photo('tag.jpg'));
  await expect(appeal).toContainText(words.evidence.ready);
  await page.getByLabel(text.appeal_label).fill('吊牌在这里');
  await kase.button(text.appeal_send).click();
  await expect(kase.state).toHaveText(text.state_appealed);
  const picture = kase.thread.getByRole('img').last();
  await picture.scrollIntoViewIfNeeded();
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(96);
});

test('says something, and takes a case back after being asked once more', async ({ kase, shop, seed, page, words }) => {
  const text = words.casePage;
  const { id: one } = await shop.asksForReturn(seed.tokens.lin);
  await kase.open(one);
  await page.getByLabel(text.say_label).fill('盒子也在');
  await kase.button(text.say_send).click();
  await expect(kase.thread.getByText('盒子也在')).toHaveCount(1);
  await expect(page.getByLabel(text.say_label)).toHaveValue('');

  await kase.button(text.withdraw).click();
  const dialog = page.getByRole('dialog', { name: text.withdraw_title });
  await expect(dialog.getByRole('button', { name: text.withdraw_keep })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await kase.button(text.withdraw).click();
  expect(await findings(page)).toEqual([]);
  await dialog.getByRole('button', { name: text.withdraw_confirm }).click();
  await expect(kase.state).toHaveText(text.state_withdrawn);
  await expect(dialog).toHaveCount(0);
  await expect(kase.button(text.withdraw)).toHaveCount(0);
});

test.describe('a lost answer', () => {
  test.use({ provokes: /ERR_FAILED|ERR_CONNECTION/ });

  test('to a message sends it once', async ({ kase, shop, seed, page, words }) => {
    const text = words.casePage;
    const { id: one } = await shop.asksForReturn(seed.tokens.lin);
    await page.route('**/api/v1/events*', (route) => route.abort());
    await kase.open(one);
    await page.route('**/messages', async (route) => {
      await route.fetch();
      await route.abort();
    }, { times: 1 });
    await page.getByLabel(text.say_label).fill('再看一下');
    await kase.button(text.say_send).click();
    await expect(kase.section(text.say_title).getByRole('alert')).toBeVisible();
    await expect(page.getByLabel(text.say_label)).toHaveValue('再看一下');
    await kase.button(text.say_send).click();
    await expect(page.getByLabel(text.say_label)).toHaveValue('');
    await expect(kase.thread.getByText('再看一下')).toHaveCount(1);
  });
});

test.describe('an ended session', () => {
  test.use({ provokes: /401/ });

  test('asks to log in and goes on with what was meant', async ({ kase, shop, seed, page, words, prompt }) => {
    const text = words.casePage;
    const { id: one } = await shop.asksForReturn(seed.tokens.lin);
    await kase.open(one);
    await page.getByLabel(text.say_label).fill('登录之后也要发出去');
    await shop.endsSession(seed.tokens.lin);
    await kase.button(text.say_send).click();
    await prompt.logIn(SHOPPERS.lin, PASSWORD);
    await expect(kase.thread.getByText('登录之后也要发出去')).toHaveCount(1);
  });
});
