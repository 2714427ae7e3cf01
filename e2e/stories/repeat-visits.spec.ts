// The service worker: what was seen is there again at once, and without a network; what needs the network says so.

import { appIsThere } from '../stage/pages';
import { PASSWORD } from '../stage/seed';
import { expect, sitDown, test } from '../stage/story';
import { watchCancels } from '../stage/watch';
import { kept, keptShoppers, keptText, remembered } from '../stage/worker';

test.use({ serviceWorkers: 'allow' });
test.describe.configure({ timeout: 90_000 });

/** "No connection. This is from 14:05 today." */
function seenToday(sentence: string): RegExp {
  const [before, after] = sentence.split('{time}');
  return new RegExp(`${before}.*\\d\\d:\\d\\d.*${after}`);
}

test('comes back without a network and sees My Orders as it was, with the time', async ({
  orders,
  page,
  shop,
  words,
  number,
}) => {
  await orders.open();
  await remembered(page, '/orders');
  await shop.stop();

  await page.goto('/orders');
  await expect(orders.card(number('tp-100010'))).toBeVisible();
  const banner = page.getByText(seenToday(words.common.seen));
  await expect(banner).toBeVisible();
  // Pictures, too.
  const broken = () =>
    page.evaluate(() => [...document.images].filter((image) => image.complete && image.naturalWidth === 0).length);
  expect(await broken()).toBe(0);

  // And looks again by itself.
  await shop.start();
  await expect(banner).toHaveCount(0, { timeout: 30_000 });
  await expect(orders.card(number('tp-100010'))).toBeVisible();
});

test('who only glances at a page gets no worker, who does anything with it does', async ({ orders, page }) => {
  await orders.open();
  await page.waitForTimeout(4_500); // It would come after three seconds.
  const there = () => page.evaluate(async () => Boolean(await navigator.serviceWorker.getRegistration()));
  expect(await there()).toBe(false);
  await page.mouse.move(5, 5);
  await expect.poll(there).toBe(true);
});

test('comes back with a network and sees at once what was there, then what is new', async ({
  orders,
  page,
  shop,
  words,
  number,
}) => {
  await orders.open();
  await remembered(page, '/orders');
  await page.goto('about:blank');
  await shop.tells('tp-100010', 'packing_started');

  await page.goto('/orders');
  expect(await page.locator('meta[name="tepai-seen"]').count()).toBe(1);
  await expect(orders.card(number('tp-100010'))).toContainText(words.state.packing);
  await expect(page.getByText(seenToday(words.common.seen))).toHaveCount(0);
});

test('nothing moves when the rest of the page follows, on a large screen whose scroll bar takes room', async ({
  playwright,
  shop,
  seed,
  number,
}) => {
  // Playwright hides scroll bars otherwise.
  const options = { ...test.info().project.use.launchOptions, ignoreDefaultArgs: ['--hide-scrollbars'] };
  const browser = await playwright.chromium.launch(options);
  const context = await browser.newContext({ baseURL: shop.origin, viewport: { width: 1920, height: 1080 } });
  await sitDown(context, shop.origin, seed.tokens.lin);
  const page = await context.newPage();
  await page.addInitScript(() => {
    const moved: number[] = [];
    new PerformanceObserver((list) => {
      for (const shift of list.getEntries()) moved.push((shift as unknown as { value: number }).value);
    }).observe({ type: 'layout-shift', buffered: true });
    Object.assign(window, { moved });
  });
  await page.goto('/orders');
  await appIsThere(page);
  await remembered(page, '/orders');

  await page.goto('/orders');
  expect(await page.locator('meta[name="tepai-seen"]').count()).toBe(1);
  const inner = await page.evaluate(() => [innerWidth, document.documentElement.clientWidth]);
  expect(inner[1]).toBeLessThan(inner[0]);
  await appIsThere(page);
  await expect(page.getByRole('article').filter({ hasText: number('tp-100010') })).toBeVisible();
  expect(await page.evaluate(() => (window as unknown as { moved: number[] }).moved)).toEqual([]);
  await browser.close();
});

test('reloads to see the page as the server has it', async ({ orders, page }) => {
  await orders.open();
  await remembered(page, '/orders');
  await page.reload();
  await orders.settled();
  expect(await page.locator('meta[name="tepai-seen"]').count()).toBe(0);
});

test('opens an order that was seen before, without a network', async ({ orders, order, page, shop, words, id, number }) => {
  const path = `/orders/${id('tp-100010')}`;
  await orders.open();
  await remembered(page, '/orders');
  await orders.link(number('tp-100010')).click();
  await expect(order.state).toHaveText(words.state.unpacked);
  await remembered(page, `/api/v1${path}`);
  await shop.stop();

  await page.goto(path);
  await expect(order.state).toHaveText(words.state.unpacked);
  await expect(page.getByText(seenToday(words.common.seen))).toBeVisible();
});

test('is told that an order which was never opened needs the network', async ({ orders, order, page, shop, words, id }) => {
  await orders.open();
  await remembered(page, '/orders');
  await shop.stop();
  await page.goto(`/orders/${id('tp-100010')}`);
  await expect(page.getByText(words.common.failed_title)).toBeVisible();

  await shop.start();
  await page.getByRole('button', { name: words.common.retry }).click();
  await expect(order.state).toHaveText(words.state.unpacked);
});

test('cannot cancel without a network, and nothing is cancelled behind their back later', async ({
  orders,
  order,
  dialog,
  page,
  shop,
  seed,
  words,
  id,
  number,
}) => {
  const sent = watchCancels(page);
  await orders.open();
  await remembered(page, '/orders');
  await orders.link(number('tp-100010')).click();
  await expect(order.state).toHaveText(words.state.unpacked);
  await remembered(page, `/api/v1/orders/${id('tp-100010')}`);
  await shop.stop();
  await page.goto(`/orders/${id('tp-100010')}`);
  await expect(page.getByText(seenToday(words.common.seen))).toBeVisible();

  await order.cancel.click();
  await expect(dialog.root.getByText(words.common.failed_unreachable)).toBeVisible();
  await expect(dialog.confirm).toBeDisabled();
  await page.keyboard.press('Escape');

  await shop.start();
  await expect(page.getByText(seenToday(words.common.seen))).toHaveCount(0, { timeout: 30_000 });
  expect(sent).toEqual([]);
  expect((await shop.order(seed.tokens.lin, id('tp-100010'))).state).toBe('unpacked');
  // Neither the question nor the cancel is ever kept.
  expect((await kept(page)).filter((address) => address.includes('cancellation'))).toEqual([]);
});

test('does not see the page from before once something was changed', async ({ orders, order, page, words, number, id }) => {
  const path = `/orders/${id('tp-100010')}`;
  await orders.open();
  await remembered(page, '/orders');
  await page.goto(path);
  await remembered(page, path);
  await page.evaluate(async (url) => {
    await fetch(url, { method: 'DELETE', headers: { 'Idempotency-Key': 'a-key-of-this-story' } });
  }, `/api/v1${path}/cancellation`);
  await expect.poll(() => kept(page)).not.toContain(path);
  await expect(order.state).toHaveText(words.state.unpacked);
  await expect(page.getByText(number('tp-100010')).first()).toBeVisible();
});

test.describe('who logs out', () => {
  test.use({ who: null });

  test('leaves nothing behind, and the next shopper sees nothing of it', async ({
    logIn,
    orders,
    page,
    shop,
    words,
    number,
  }) => {
    await logIn.open();
    await logIn.logIn('lin@example.com', PASSWORD);
    await expect(orders.card(number('tp-100010'))).toBeVisible();
    await remembered(page, '/orders');
    expect(await keptText(page)).toContain(number('tp-100010'));
    await page.evaluate(() => sessionStorage.setItem('tepai-cancel-1', 'a note'));

    await page.getByRole('banner').locator('summary').click();
    await page.getByRole('button', { name: words.common.log_out }).click();
    await page.waitForURL('**/login');
    await appIsThere(page);
    await expect(logIn.heading).toBeVisible();
    expect(await kept(page)).toEqual([]);
    expect(await keptText(page)).toBe('');
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);

    await shop.stop();
    await page.goto('/orders');
    await expect(page.getByText(words.common.failed_title)).toBeVisible();
    await expect(page.getByText(number('tp-100010'))).toHaveCount(0);
    await shop.start();

    await logIn.open();
    await logIn.logIn('zhao@example.com', PASSWORD);
    await expect(orders.cards.first()).toBeVisible();
    await page.goto('/orders');
    await expect(orders.cards.first()).toBeVisible();
    await remembered(page, '/orders');
    await expect(page.getByText(number('tp-100010'))).toHaveCount(0);
    expect(await keptText(page)).not.toContain(number('tp-100010'));
  });
});

test('nothing is left of who was logged in before, even when nobody logged out', async ({
  orders,
  page,
  context,
  shop,
  seed,
  number,
}) => {
  await orders.open();
  await remembered(page, '/orders');
  const [lin] = await keptShoppers(page);
  await sitDown(context, shop.origin, seed.tokens.zhao);

  await page.goto('/orders');
  await expect.poll(() => keptShoppers(page).catch(() => [lin])).not.toContain(lin);
  await expect(orders.cards.first()).toBeVisible();
  await expect(page.getByText(number('tp-100010'))).toHaveCount(0);
  expect(await keptText(page)).not.toContain(number('tp-100010'));
});

test('nothing is kept of a session that was ended elsewhere', async ({ orders, page, shop, context, logIn, prompt }) => {
  const token = await shop.logIn('lin@example.com', PASSWORD);
  await sitDown(context, shop.origin, token);
  await orders.open();
  await remembered(page, '/orders');
  await shop.endsSession(token);

  await page.goto('/orders');
  await expect(logIn.heading.or(prompt.dialog)).toBeVisible();
  await expect.poll(() => kept(page)).toEqual([]);
});

test('changes the language, and no page of the other language comes back', async ({ orders, page }) => {
  await orders.open();
  await remembered(page, '/orders');
  await page.goto('/orders?lang=en');
  await expect(page.getByRole('heading', { level: 1, name: 'My Orders' })).toBeVisible();
  await remembered(page, '/orders');
  await page.goto('/orders');
  await expect(page.getByRole('heading', { level: 1, name: 'My Orders' })).toBeVisible();
});
