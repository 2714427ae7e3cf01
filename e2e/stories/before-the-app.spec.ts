// Links of the server's page while the program is on its way: they lead on within the document, so that the program keeps
// coming, and the app takes over wherever the shopper is by then.

import type { Page } from '@playwright/test';

import { appIsThere } from '../stage/pages';
import { holdBack } from '../stage/program';
import { expect, test } from '../stage/story';

// The browser minds that what it was told to fetch early is not used soon, while it is held back.
test.use({ provokes: /preload/ });

/** The documents that are loaded, and how often the program is asked for. */
function watchLoading(page: Page): { documents: string[]; programs: number } {
  const seen = { documents: [] as string[], programs: 0 };
  page.on('request', (request) => {
    if (request.isNavigationRequest()) seen.documents.push(new URL(request.url()).pathname);
    if (/\/storefront-[^/]*_bg\.wasm$/.test(request.url())) seen.programs += 1;
  });
  return seen;
}

test('opens an order, its dialog, and goes back and forth in one document, and the app goes on from there', async ({
  page,
  orders,
  order,
  dialog,
  id,
  number,
  words,
}) => {
  const seen = watchLoading(page);
  const letGo = await holdBack(page);
  await page.goto('/orders?tab=to_ship');
  await orders.link(number('tp-100010')).scrollIntoViewIfNeeded();
  const top = await page.evaluate(() => scrollY);
  const heading = page.getByRole('heading', { level: 1 });
  await orders.link(number('tp-100010')).click();
  await expect(page).toHaveURL(new RegExp(`/orders/${id('tp-100010')}$`));
  await expect(heading).toHaveText(words.state.unpacked);
  await expect(heading).toBeFocused();
  await expect(page).toHaveTitle(new RegExp(number('tp-100010')));
  expect(await page.evaluate(() => scrollY)).toBe(0);

  await page.locator('#cancel-open').click();
  await expect(page).toHaveURL(/\/cancel$/);
  await expect(dialog.root.getByRole('link', { name: words.cancel.keep })).toBeFocused();
  await page.goBack();
  await expect(dialog.root).toHaveCount(0);
  await page.goBack();
  await expect(page).toHaveURL(/tab=to_ship$/);
  await expect(orders.link(number('tp-100010'))).toBeVisible();
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(top);
  await page.goForward();
  await page.goForward();
  await expect(dialog.root).toBeVisible();
  await page.getByRole('radio', { name: '不想要了' }).check();
  await expect(page.locator('#served')).toBeAttached();

  letGo();
  await appIsThere(page);
  expect(seen).toEqual({ documents: ['/orders'], programs: 1 });
  await expect(page.getByRole('radio', { name: '不想要了' })).toBeChecked();
  await dialog.confirm.click();
  await expect(dialog.result).toHaveText(words.cancel.done);
  await page.keyboard.press('Escape');
  await expect(order.state).toHaveText(words.state.cancelled);
  await page.goBack();
  await expect(order.state).toBeVisible();
  await page.goBack();
  await orders.settled();
  await expect(page).toHaveURL(/tab=to_ship$/);
  expect(seen.documents).toEqual(['/orders']);
});

test('chooses days, and the app goes on with what was chosen', async ({ page, orders, words }) => {
  const letGo = await holdBack(page);
  await page.goto('/orders');
  const from = page.getByLabel(words.orders.from, { exact: true });
  await expect(from).toHaveCount(0);
  await orders.dates.click();
  await from.fill('2026-11-02');
  letGo();
  await appIsThere(page);
  await expect(from).toBeVisible();
  await expect(from).toHaveValue('2026-11-02');
  await page.getByRole('button', { name: words.orders.apply, exact: true }).click();
  await expect(page).toHaveURL(/placed_from=2026-11-02$/);
  await orders.dates.click();
  await expect(from).toHaveValue('2026-11-02');
});

test('closes the dialog by Escape, without the app', async ({ page, order, dialog, id }) => {
  await holdBack(page);
  await page.goto(`/orders/${id('tp-100010')}`);
  await order.cancel.click();
  await expect(dialog.root).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog.root).toHaveCount(0);
  await expect(page).toHaveURL(new RegExp(`/orders/${id('tp-100010')}$`));
});

test('chooses days before the app is there', async ({ page, orders, words }) => {
  await holdBack(page);
  await page.goto('/orders?tab=to_ship');
  await orders.chooseDays('2020-01-01', '2020-01-02');
  await expect(page).toHaveURL(/placed_from=2020-01-01&placed_to=2020-01-02/);
  await expect(page).toHaveURL(/tab=to_ship/);
  await expect(page.getByText(words.orders.no_match_title)).toBeVisible();
});

test('the app begins with what came with the page, and asks for none of it again', async ({ page, orders, order, id }) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/api/')) asked.push(pathname);
  });
  const listens = () => page.waitForRequest(/\/api\/v1\/events\?after=/);
  for (const go of [() => orders.open(), () => order.open(id('tp-100010'))]) {
    const stream = listens();
    await go();
    await (await stream).response();
    await page.waitForTimeout(500);
  }
  expect(asked).toEqual(['/api/v1/events', '/api/v1/events']);
});

test('a link that was pressed when the program came is followed by the app', async ({ page, orders, order, id, number, words }) => {
  const letGo = await holdBack(page);
  const answer = await holdBack(page, `**/orders/${id('tp-100010')}`);
  await page.goto('/orders?tab=to_ship');
  await orders.link(number('tp-100010')).click();
  await expect(page.locator('#served')).toHaveAttribute('aria-busy', 'true');
  letGo();
  await appIsThere(page);
  answer();
  await expect(page).toHaveURL(new RegExp(`/orders/${id('tp-100010')}$`));
  await expect(order.state).toHaveText(words.state.unpacked);
  await expect(order.actions).toBeVisible();
  await page.goBack();
  await expect(orders.card(number('tp-100010'))).toBeVisible();
});

test('the program that comes while the code of an order does not, waits for the page that the shopper is on', async ({
  page,
  orders,
  order,
  id,
  number,
  words,
}) => {
  const letGo = await holdBack(page, '**/later-order-*.wasm');
  await page.goto(`/orders/${id('tp-100010')}`);
  await page.getByRole('banner').locator('.back-link').click();
  await expect(page).toHaveURL(/\/orders$/);
  await expect(orders.cards.first()).toBeVisible();
  letGo();
  await appIsThere(page);
  await orders.settled();
  await expect(orders.heading).toBeVisible();
  await page.goBack();
  await expect(order.state).toHaveText(words.state.unpacked);
});

test.describe('when it is not to be had so', () => {
  test.use({ provokes: /Failed to (fetch|load)|preload/ });

  test('the browser follows the link: the line breaks', async ({ page, orders, id, number, words }) => {
    const seen = watchLoading(page);
    await holdBack(page);
    await page.goto('/orders?tab=to_ship');
    let asked = 0;
    await page.route(`**/orders/${id('tp-100010')}`, (route) => ((asked += 1) === 1 ? route.abort() : route.continue()));
    await orders.link(number('tp-100010')).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.state.unpacked);
    expect(seen.documents).toEqual(['/orders', `/orders/${id('tp-100010')}`]);
  });

  test('the browser follows the link: the session is over', async ({ page, context, orders, logIn, number }) => {
    await holdBack(page);
    await page.goto('/orders?tab=to_ship');
    await context.clearCookies();
    await orders.link(number('tp-100010')).click();
    await expect(logIn.heading).toBeVisible();
    await expect(page).toHaveURL(/\/login\?next=/);
  });
});

test.describe('in another language', () => {
  test.use({ lang: 'en' });

  test('the browser follows the link that chooses a language', async ({ page }) => {
    const seen = watchLoading(page);
    await holdBack(page);
    await page.goto('/orders');
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await page.locator('.menu-button').click();
    await page.locator('a[href*="lang=zh-CN"]').click();
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
    await expect(page.getByRole('article').first()).toBeVisible();
    expect(seen.documents).toHaveLength(2);
  });
});

test('what happened while the program was on its way is on the page as soon as it is there', async ({
  page,
  order,
  orders,
  shop,
  id,
  number,
  words,
}) => {
  for (const path of [`/orders/${id('tp-100010')}/cancel`, '/orders?tab=to_ship']) {
    const letGo = await holdBack(page);
    await page.goto(path);
    await expect(page.locator('#served')).toBeAttached();
    await shop.tells(path.includes('cancel') ? 'tp-100010' : 'tp-100011', 'packing_started');
    letGo();
    await appIsThere(page);
    if (path.includes('cancel')) {
      await expect(page.locator('dialog.cancel-dialog')).toContainText(words.cancel.overtaken_packing);
      await expect(order.anyCancel).toHaveCount(0);
    } else {
      await expect(orders.card(number('tp-100011'))).toContainText(words.state.packing);
    }
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  }
});
