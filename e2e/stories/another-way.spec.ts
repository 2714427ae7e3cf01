// A refund that failed is paid to another account: asked for, decided by staff, taken back.

import type { Locator, Page } from '@playwright/test';

import { findings } from '../stage/axe';
import { type Words, shape } from '../stage/catalogues';
import { PASSWORD } from '../stage/seed';
import type { Shop } from '../stage/shop';
import { WITHIN_A_SECOND, expect, test } from '../stage/story';

const CARD = '6222 0212 3456 7890 128';
const MASKED = /工商银行.*0128/;

function formOf(page: Page, words: Words) {
  const text = words.refundPage;
  const root = page.locator('.way-form');
  return {
    root,
    account: root.getByLabel(text.way_card, { exact: true }),
    holder: root.getByLabel(text.way_holder, { exact: true }),
    bank: root.getByLabel(text.way_bank, { exact: true }),
    password: root.getByLabel(text.way_password, { exact: true }),
    ask: root.getByRole('button', { name: text.way_ask, exact: true }),
    withdraw: page.getByRole('button', { name: text.way_withdraw, exact: true }),
  };
}

async function fillIn(form: ReturnType<typeof formOf>, password: string): Promise<void> {
  await form.account.fill(CARD);
  await form.holder.fill('林小满');
  await form.bank.fill('工商银行');
  await form.password.fill(password);
}

/** The refund of lin's that failed. */
async function failedRefund(shop: Shop, token: string, order: string): Promise<string> {
  const { refunds } = await shop.order(token, order);
  return refunds[0].id;
}

/** The keys under which another way is asked for. */
function watchAsking(page: Page): string[] {
  const keys: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/way')) keys.push(request.headers()['idempotency-key'] ?? '');
  });
  return keys;
}

async function isCalm(page: Page, main: Locator): Promise<void> {
  expect(await findings(page)).toEqual([]);
  const small = await main
    .locator('a, button, summary, .segment')
    .evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.textContent));
  expect(small).toEqual([]);
}

for (const lang of ['zh-CN', 'en'] as const) {
  test.describe(lang, () => {
    test.use({ lang, viewport: { width: 390, height: 844 } });

    test('asks for another account: a wrong password, then the right one, and staff agree', async ({
      page,
      refund,
      shop,
      seed,
      id,
      words,
    }) => {
      const failed = await failedRefund(shop, seed.tokens.lin, id('tp-100030'));
      await refund.open(failed);
      const form = formOf(page, words);
      await isCalm(page, refund.main);

      await form.ask.click();
      await expect(form.account).toBeFocused();
      await expect(form.account).toHaveAccessibleDescription(words.refundPage.way_required);
      await isCalm(page, refund.main);

      await fillIn(form, 'wrong');
      await form.ask.click();
      await expect(form.password).toBeFocused();
      await expect(form.password).toHaveAccessibleDescription(words.refundPage.way_password_wrong);
      await expect(form.password).toHaveValue('');
      await expect(form.account).toHaveValue(CARD);

      await form.password.fill(PASSWORD);
      await form.ask.click();
      await expect(page.getByRole('heading', { name: words.refundPage.way_open })).toBeFocused();
      const [untilWhen] = words.support.decide_by.split('{until}');
      await expect(refund.main).toContainText(untilWhen.trim());
      await expect(refund.main).toContainText(MASKED);
      await expect(refund.news).toContainText(shape(words.refundPage.news_way_open));
      await expect(refund.section(words.refundPage.history)).toContainText(words.event.refund_way_asked);
      await isCalm(page, refund.main);
      await page.reload();
      await expect(form.withdraw).toBeVisible();
      expect(await page.content()).not.toContain('7890');

      await shop.decides(failed, 'approve');
      await expect(refund.state).toHaveText(words.refundPage.state_approved, WITHIN_A_SECOND);
      await expect(refund.main).toContainText(shape(words.refundPage.next_paid_out));
      await expect(refund.route.getByRole('listitem').last()).toContainText(MASKED);
      await expect(refund.news).toContainText(MASKED);
      await expect(form.withdraw).toHaveCount(0);
    });
  });
}

test('takes the wish back, and is told in staff’s words why another one was declined', async ({
  page,
  refund,
  shop,
  seed,
  id,
  words,
}) => {
  const failed = await failedRefund(shop, seed.tokens.lin, id('tp-100030'));
  await refund.open(failed);
  const form = formOf(page, words);
  await fillIn(form, PASSWORD);
  await form.ask.click();
  await form.withdraw.click();
  await expect(refund.main).toContainText(words.refundPage.way_withdrawn);
  await expect(refund.news).toHaveText(words.refundPage.news_way_withdrawn);
  await expect(form.account).toHaveValue('');

  await fillIn(form, PASSWORD);
  await form.ask.click();
  await expect(form.withdraw).toBeVisible();
  await shop.decides(failed, 'decline', '户名与账户不符');
  await expect(refund.main).toContainText('户名与账户不符', WITHIN_A_SECOND);
  await expect(form.account).toBeVisible();
  await isCalm(page, refund.main);
});

test('does all of it by keyboard', async ({ page, refund, shop, seed, id, words }) => {
  await refund.open(await failedRefund(shop, seed.tokens.lin, id('tp-100030')));
  const form = formOf(page, words);
  await form.root.getByRole('radio').first().focus();
  await page.keyboard.press('ArrowRight');
  const account = form.root.getByLabel(words.refundPage.way_alipay, { exact: true });
  await expect(account).toBeVisible();
  await expect(form.bank).toBeHidden();
  await page.keyboard.press('Tab');
  await expect(account).toBeFocused();
  await page.keyboard.type('lin@example.com');
  await page.keyboard.press('Tab');
  await page.keyboard.type('林小满');
  await page.keyboard.press('Tab');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  const title = page.getByRole('heading', { name: words.refundPage.way_open });
  await expect(title).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(form.withdraw).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(refund.main).toContainText(words.refundPage.way_withdrawn);
});

test('one tap more has no effect, a wish that was lost keeps its key, and one whose answer was lost is there', async ({
  page,
  refund,
  shop,
  seed,
  id,
  words,
}) => {
  await refund.open(await failedRefund(shop, seed.tokens.lin, id('tp-100030')));
  const form = formOf(page, words);
  const keys = watchAsking(page);
  await page.route('**/way', async (route) => {
    if (keys.length > 1) await route.fetch();
    await route.abort('connectionreset');
  });
  await fillIn(form, PASSWORD);
  await form.ask.dblclick();
  await expect(page.locator('.way-error').getByRole('alert')).toBeVisible();
  await form.ask.click();
  await expect(form.withdraw).toBeVisible();
  await expect(page.locator('.way-error')).toHaveCount(0);
  expect(keys).toHaveLength(2);
  expect(keys[0]).toBe(keys[1]);
  expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).not.toContain('6222');
});

test('a refund that is not sent yet has the form folded away', async ({ page, refund, shop, seed, id, words }) => {
  await refund.open(await failedRefund(shop, seed.tokens.lin, id('tp-100027')));
  const form = formOf(page, words);
  await expect(form.account).toBeHidden();
  await page.locator('summary').filter({ hasText: words.refundPage.way_title }).click();
  await fillIn(form, PASSWORD);
  await form.ask.click();
  await expect(form.withdraw).toBeVisible();
  await expect(refund.main).toContainText(words.refundPage.next_way_open);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('asks, corrects the password, and takes it back', async ({ page, shop, seed, id, words }) => {
    const failed = await failedRefund(shop, seed.tokens.lin, id('tp-100030'));
    await page.goto(`/refunds/${failed}`);
    const form = formOf(page, words);
    const account = form.root.getByLabel(words.refundPage.way_account, { exact: true });
    await form.root.getByRole('radio').last().check({ force: true });
    await expect(form.bank).toBeHidden();
    await account.fill('lin@example.com');
    await form.holder.fill('林小满');
    await form.password.fill('wrong');
    await form.ask.click();
    await expect(form.password).toHaveAccessibleDescription(words.refundPage.way_password_wrong);
    await expect(form.password).toHaveValue('');
    await expect(account).toHaveValue('lin@example.com');
    await form.password.fill(PASSWORD);
    await form.ask.click();
    await expect(page).toHaveURL(new RegExp(`/refunds/${failed}$`));
    await form.withdraw.click();
    await expect(page.getByText(words.refundPage.way_withdrawn)).toBeVisible();
    await expect(page).toHaveURL(new RegExp(`/refunds/${failed}$`));
  });
});
