// The help centre: for everybody, found by asking, filled in from the policy.

import { findings } from '../stage/axe';
import { appIsThere } from '../stage/pages';
import { expect, test } from '../stage/story';

test.use({ readsOnly: true });

for (const [asked, answer] of [
  ['退款什么时候到账', /\/help\/when-is-my-refund-there\?shop=tepai$/],
  ['How do I cancel my order?', /\/help\/cancel-an-order\?shop=tepai$/],
  ['如何联系B特派的客服？', /\/help\/contact-support\?shop=tepai$/],
] as const) {
  test(`an article is found by “${asked}” as it is typed, and its question is in the address`, async ({ page, words }) => {
    await page.goto('/help');
    await appIsThere(page);
    await page.getByRole('searchbox', { name: words.help.search }).fill(asked);
    await expect(page).toHaveURL(/\/help\?q=/);
    const first = page.locator('.help-entry').first();
    await expect(first).toHaveAttribute('href', answer);
    expect(await findings(page)).toEqual([]);
    await page.reload();
    await expect(page.getByRole('searchbox', { name: words.help.search })).toHaveValue(asked);
    await first.click();
    await expect(page).toHaveURL(answer);
    await expect(page.locator('.help-answer')).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await page.goBack();
    await expect(page.getByRole('searchbox', { name: words.help.search })).toHaveValue(asked);
  });
}

test('another article begins with its own text, and with the focus', async ({ page }) => {
  await page.goto('/help/cancel-an-order');
  await appIsThere(page);
  const title = page.getByRole('heading', { level: 1 });
  const first = await title.textContent();
  await page.locator('.help-entry').first().click();
  await expect(page).not.toHaveURL(/cancel-an-order/);
  await expect(title).not.toHaveText(first ?? '');
  await expect(page.getByRole('main')).toBeFocused();
});

test('what nobody has answered says so, and leads to a person', async ({ page, words }) => {
  await page.goto('/help?q=xyzzy');
  await expect(page.getByRole('heading', { name: words.help.none_title })).toBeVisible();
  await page.getByRole('link', { name: words.help.topic_support }).click();
  await expect(page).toHaveURL(/\/help\/contact-support/);
});

test('an order that cannot be cancelled leads to why', async ({ order, page, id, words }) => {
  await page.goto(`/orders/${id('tp-100019')}`);
  await appIsThere(page);
  await expect(order.cancel).toHaveCount(0);
  await page.getByRole('link', { name: words.support.help_cancelling }).click();
  await expect(page).toHaveURL(/\/help\/cannot-cancel\?shop=tepai&version=2026-01$/);
  // It goes by the version in force, so that there is nothing to explain.
  await expect(page.getByText(words.help.of_order_text)).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('the other shop has its own policy', async ({ page }) => {
  await page.goto('/help/policies/tepai');
  await expect(page.getByRole('main')).toContainText('7–10');
  await page.getByRole('main').getByRole('navigation').first().getByRole('link').nth(1).click();
  await expect(page).toHaveURL(/\/help\/policies\/wanfu$/);
  await expect(page.getByRole('main')).toContainText('1–3');
  expect(await findings(page)).toEqual([]);
});

test('is used by keyboard only', async ({ page, words }) => {
  await page.goto('/help');
  await appIsThere(page);
  await page.getByRole('searchbox', { name: words.help.search }).focus();
  await page.keyboard.type('refund rejected');
  await page.keyboard.press('Enter');
  const first = page.locator('.help-entry').first();
  await expect(first).toHaveAttribute('href', /refund-rejected/);
  for (let press = 0; press < 20; press += 1) {
    await page.keyboard.press('Tab');
    if (await first.evaluate((found) => found === document.activeElement)) break;
  }
  await expect(first).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/help\/refund-rejected/);
  await expect(page.getByRole('main')).toBeVisible();
});

test.describe('without being logged in', () => {
  test.use({ who: null, provokes: /401/ });

  test('is read, with a way to log in', async ({ page, words }) => {
    await page.goto('/help/cancel-an-order');
    await appIsThere(page);
    await expect(page.locator('.help-answer')).toBeVisible();
    await expect(page.getByRole('link', { name: words.help.log_in })).toHaveAttribute('href', /^\/login\?next=%2Fhelp%2Fcancel-an-order/);
  });
});

test.describe('without the app', () => {
  test.use({ javaScriptEnabled: false });

  test('answers by a form', async ({ page, words }) => {
    await page.goto('/help?shop=wanfu');
    const field = page.getByRole('searchbox', { name: words.help.search });
    await field.fill('银行卡退款多久到账');
    await field.press('Enter');
    await expect(page).toHaveURL(/[?&]shop=wanfu/);
    await page.locator('.help-entry').first().click();
    await expect(page.locator('.help-answer')).toContainText('3–5');
  });
});
