// My Orders: finding an order, and keeping one's place.

import { fill } from '../stage/catalogues';
import { newOrder } from '../stage/new-order';
import { appIsThere, rests } from '../stage/pages';
import { WITHIN_A_SECOND, expect, test } from '../stage/story';

test.describe('finding', () => {
  test.use({ readsOnly: true });

  test('finds an order by its number', async ({ orders, page, number, order, words }) => {
    await orders.open();
    await orders.search.fill(number('tp-100022'));
    await expect(orders.cards).toHaveCount(1);
    await expect(orders.card(number('tp-100022'))).toBeVisible();
    await expect(page).toHaveURL(new RegExp(`q=${number('tp-100022')}`));
    await orders.link(number('tp-100022')).click();
    await expect(order.state).toHaveText(words.state.delivered);
    await expect(order.section(words.order.info)).toContainText(number('tp-100022'));
  });

  test('finds orders by a word of a product, also after a reload, and clears the search', async ({
    orders,
    page,
    words,
    shop,
    seed,
  }) => {
    const found = await shop.list(seed.tokens.lin, { q: '笔记本' });
    expect(found.length).toBeGreaterThan(2);
    await orders.open();
    await orders.search.fill('笔记本');
    await orders.search.press('Enter');
    await expect(orders.cards).toHaveCount(found.length);
    await expect(orders.status).toHaveText(fill(words.orders.found_other, { n: found.length }));

    await page.reload();
    await appIsThere(page);
    await expect(orders.search).toHaveValue('笔记本');
    await expect(orders.cards).toHaveCount(found.length);

    await page.getByRole('link', { name: words.orders.search_clear }).click();
    await expect(orders.search).toHaveValue('');
    await expect(orders.search).toBeFocused();
    await expect(page).toHaveURL(/\/orders$/);
    await expect(orders.status).toHaveText(fill(words.orders.found_other, { n: 60 }));
  });

  test('searches for what looks like HTML or a wildcard as it is written', async ({ orders, words, page }) => {
    for (const text of ['<img src=x onerror=alert(1)>', '%', "' OR 1=1 --"]) {
      await orders.open();
      await orders.search.fill(text);
      await orders.search.press('Enter');
      await expect(page.getByRole('heading', { name: words.orders.no_match_title })).toBeVisible();
    }
  });

  test('sees in each tab as many orders as its count says', async ({ orders, page, words, shop, seed }) => {
    await orders.open();
    for (const tab of ['awaiting_payment', 'to_ship', 'to_receive', 'after_sale', 'cancelled', 'all']) {
      const { length } = await shop.list(seed.tokens.lin, { tab });
      await orders.tab(tab).click();
      await expect(orders.tab(tab)).toHaveAttribute('aria-current', 'page');
      await expect(orders.tab(tab)).toContainText(String(length));
      await expect(orders.cards).toHaveCount(Math.min(length, 20));
      await expect(page).toHaveURL(tab === 'all' ? /\/orders$/ : new RegExp(`tab=${tab}$`));
    }
    await page.goBack();
    await expect(orders.tab('cancelled')).toHaveAttribute('aria-current', 'page');
    await expect(orders.card('').first()).toContainText(words.state.cancelled);
  });

  test('chooses the days in which orders were placed', async ({ orders, page, shop, seed, words }) => {
    const day = (instant: string) =>
      new Date(instant).toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' });
    const all = await shop.list(seed.tokens.lin);
    const from = day(all[40].placed_at);
    const to = day(all[25].placed_at);
    const within = all.filter((order) => day(order.placed_at) >= from && day(order.placed_at) <= to);
    await orders.open();
    await orders.chooseDays(from, to);
    await expect(page).toHaveURL(new RegExp(`placed_from=${from}&placed_to=${to}`));
    await expect(orders.status).toHaveText(fill(words.orders.found_other, { n: within.length }));
    for (const order of within.slice(0, 20)) await expect(orders.card(order.number)).toBeVisible();

    await page.reload();
    await orders.settled();
    await expect(orders.status).toHaveText(fill(words.orders.found_other, { n: within.length }));
    await orders.dates.click();
    await page.getByRole('link', { name: words.orders.clear, exact: true }).click();
    await expect(page).toHaveURL(/\/orders$/);
    await expect(orders.status).toHaveText(fill(words.orders.found_other, { n: 60 }));
  });

  test('turns to something else, and the choice of days closes', async ({ orders, page, words }) => {
    const from = page.getByLabel(words.orders.from, { exact: true });
    await orders.open();
    await orders.dates.click();
    await expect(from).toBeVisible();
    await orders.heading.click();
    await expect(from).toBeHidden();
    // One press opens it again: what the page remembers and what is shown agree.
    await orders.dates.click();
    await expect(from).toBeVisible();
    await orders.search.focus();
    await expect(from).toBeHidden();
    // What is pressed or focused inside leaves it open.
    await orders.dates.click();
    await from.focus();
    await page.getByText(words.orders.to, { exact: true }).click();
    await expect(from).toBeVisible();
    await orders.dates.click();
    await expect(from).toBeHidden();
  });

  test('is told when the first day is after the last', async ({ orders, page, words }) => {
    await orders.open();
    await orders.chooseDays('2026-11-20', '2026-11-10');
    await expect(page.getByText(words.orders.wrong_order)).toBeVisible();
    await expect(page).toHaveURL(/\/orders$/);
  });

  test('sees that nothing matches, and gets out of it', async ({ orders, page, words }) => {
    await orders.open({ q: 'no such thing' });
    await expect(page.getByRole('heading', { name: words.orders.no_match_title })).toBeVisible();
    await page.getByRole('link', { name: words.orders.clear_filters }).click();
    await expect(orders.cards).toHaveCount(20);
    await expect(orders.search).toHaveValue('');
  });

  test('sees that matching orders are in another tab', async ({ orders, page, number, words }) => {
    await orders.open({ tab: 'cancelled', q: number('tp-100010') });
    await page.getByRole('link', { name: words.orders.look_in_all }).click();
    await expect(orders.card(number('tp-100010'))).toBeVisible();
  });

  test('loads all sixty by scrolling', async ({ orders, page }) => {
    await orders.open();
    await expect(orders.cards).toHaveCount(20);
    await expect(async () => {
      await page.mouse.move(640, 400);
      await page.mouse.wheel(0, 20_000);
      expect(await orders.cards.count()).toBe(60);
    }).toPass({ timeout: 10_000 });
    await expect(orders.end).toBeVisible();
    await expect(orders.more).toHaveCount(0);
  });

  test('loads all sixty with the button where the browser cannot watch the scrolling', async ({ orders, page }) => {
    await page.addInitScript(() => Reflect.deleteProperty(window, 'IntersectionObserver'));
    await orders.open();
    await orders.more.click();
    await expect(orders.cards).toHaveCount(40);
    await orders.more.click();
    await expect(orders.cards).toHaveCount(60);
    await expect(orders.end).toBeVisible();
  });

  test('comes back from an order to the same place in the list', async ({ orders, order, page }) => {
    await orders.open();
    await expect(async () => {
      await page.mouse.move(640, 400);
      await page.mouse.wheel(0, 20_000);
      expect(await orders.cards.count()).toBeGreaterThanOrEqual(40);
    }).toPass({ timeout: 10_000 });
    await rests(page);
    const link = orders.cards.nth(33).getByRole('heading').getByRole('link');
    await link.scrollIntoViewIfNeeded();
    await rests(page);
    const title = await link.textContent();
    const before = await page.evaluate(() => window.scrollY);
    expect(before).toBeGreaterThan(1_000);

    for (const back of [() => page.goBack(), () => page.getByRole('banner').locator('.back-link').click()]) {
      await link.click();
      await expect(order.actions).toBeVisible();
      await back();
      await expect(link).toHaveText(title ?? '');
      await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(before - 60);
      await expect.poll(() => page.evaluate(() => window.scrollY)).toBeLessThan(before + 60);
      await expect(link).toBeFocused();
    }
  });

  test('does not find the order of somebody else', async ({ orders, page, seed, words, number }) => {
    await page.goto(`/orders/${seed.orders['tp-100203'].id}`);
    await appIsThere(page);
    await expect(page.getByRole('heading', { name: words.common.not_found_title })).toBeVisible();
    await expect(page.getByText(number('tp-100203'))).toHaveCount(0);
    await page.goto(`/orders/${seed.orders['tp-100203'].id}/cancel`);
    await appIsThere(page);
    await expect(page.getByRole('heading', { name: words.common.not_found_title })).toBeVisible();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await orders.open({ q: number('tp-100203') });
    await expect(page.getByRole('heading', { name: words.orders.no_match_title })).toBeVisible();
  });

  test('finds the way back from a page that does not exist', async ({ orders, page, words }) => {
    await page.goto('/no/such/page');
    await expect(page.getByRole('heading', { level: 1, name: words.common.not_found_title })).toBeVisible();
    await page.getByRole('link', { name: words.common.back_to_orders }).click();
    await expect(orders.cards.first()).toBeVisible();
  });

  test('shows no header inside the host app', async ({ orders, page }) => {
    await page.goto('/orders?embed=1');
    await expect(orders.cards.first()).toBeVisible();
    await expect(page.getByRole('banner')).toBeHidden();
  });
});

test.describe('a shopper without orders', () => {
  test.use({ who: null });

  test('is told so kindly, without filters to blame', async ({ shop, logIn, page, words }) => {
    await shop.welcomes('shopper_new', {
      display_name: '新来的',
      email: 'new@example.com',
      password: 'demo-Order-2026',
    });
    await logIn.open();
    await logIn.logIn('new@example.com', 'demo-Order-2026');
    await expect(page.getByRole('heading', { name: words.orders.never_title })).toBeVisible();
    await expect(page.getByText(words.orders.never_text)).toBeVisible();
  });
});

test('sees a new order and changes of others in the open list within a second', async ({
  orders,
  shop,
  number,
  words,
}) => {
  await orders.open();
  const card = orders.card(number('tp-100010'));
  await expect(card).toContainText(words.state.unpacked);
  await expect(orders.cancelIn(card)).toBeVisible();
  await shop.tells('tp-100010', 'packing_started');
  await expect(card).toContainText(words.state.packing, WITHIN_A_SECOND);
  await expect(orders.cancelIn(card)).toHaveCount(0);

  const toPay = Number((await orders.tab('awaiting_payment').textContent())?.replace(/\D/g, ''));
  await shop.orders('tp-new-1', newOrder('shopper_lin', 'T209911220000001', 3_600));
  await expect(orders.card('T209911220000001')).toBeVisible(WITHIN_A_SECOND);
  await expect(orders.tab('awaiting_payment')).toContainText(String(toPay + 1));
});

test('sees on one device what was cancelled on another within a second', async ({
  orders,
  page,
  dialog,
  id,
  number,
  words,
  anotherDevice,
}) => {
  const other = await anotherDevice();
  // How far down the list it is depends on the hour.
  await other.goto(`/orders?q=${number('tp-100013')}`);
  const card = other.getByRole('article').filter({ hasText: number('tp-100013') });
  await expect(card).toContainText(words.state.unpacked);

  await dialog.open(id('tp-100013'));
  await dialog.ready();
  await dialog.reasons.first().check();
  await dialog.confirm.click();
  await expect(dialog.result).toHaveText(words.cancel.done);
  await expect(card).toContainText(words.state.cancelled, WITHIN_A_SECOND);
  await dialog.root.getByRole('link', { name: words.cancel.my_orders }).click();
  await expect(page).toHaveURL(/\/orders$/);
  await orders.search.fill(number('tp-100013'));
  await expect(orders.card(number('tp-100013'))).toContainText(words.state.cancelled);
});

test('is told when the network is gone, and when it is back', async ({ orders, page, context, words }) => {
  await orders.open();
  await context.setOffline(true);
  await expect(page.getByText(words.common.offline)).toBeVisible();
  await expect(orders.cards.first()).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText(words.common.offline)).toHaveCount(0);
});

test('tries again after the server was away', async ({ orders, page, shop, words }) => {
  await orders.open();
  await shop.stop();
  await orders.tab('cancelled').click();
  const failure = page.getByRole('alert').filter({ hasText: words.common.failed_title });
  await expect(failure).toContainText(words.common.failed_unreachable);
  await shop.start();
  await failure.getByRole('button', { name: words.common.retry }).click();
  await expect(orders.cards.first()).toContainText(words.state.cancelled);
});

test('loads by itself what could not be loaded without a network', async ({ orders, page, context, words }) => {
  await orders.open();
  await context.setOffline(true);
  await orders.tab('to_receive').click();
  await expect(page.getByRole('alert')).toContainText(words.common.failed_title);
  await context.setOffline(false);
  await expect(orders.cards.first()).toContainText(words.state.shipped);
});
