// The page of a refund: where the money is, what comes next, and what to do when it is late or has failed.

import type { Page } from '@playwright/test';

import { findings } from '../stage/axe';
import { shape } from '../stage/catalogues';
import { lateRefund } from '../stage/late-refund';
import { appIsThere, refundLinks } from '../stage/pages';
import { PASSWORD, SHOPPERS } from '../stage/seed';
import { WITHIN_A_SECOND, expect, test } from '../stage/story';
import { yuan } from '../stage/wire';
import { remembered } from '../stage/worker';

/** How much of the page has moved by itself. */
async function watchShifts(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const moved = { sum: 0 };
    new PerformanceObserver((list) => {
      for (const shift of list.getEntries()) moved.sum += (shift as unknown as { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
    Object.assign(window, { moved });
  });
  return () => page.evaluate(() => (window as unknown as { moved: { sum: number } }).moved.sum);
}

test.describe('reading', () => {
  test.use({ readsOnly: true });

  test('comes from an order to its refund, and back', async ({ order, refund, id, number, page, words }) => {
    await order.open(id('tp-100028'));
    await refundLinks(page, words).click();
    await expect(page).toHaveURL(/\/refunds\/[^/]+$/);
    await expect(refund.route).toBeVisible();
    await expect(page.getByRole('main')).toBeFocused();
    await refund.section(words.refundPage.order).getByRole('link', { name: number('tp-100028') }).click();
    await expect(page).toHaveURL(new RegExp(`/orders/${id('tp-100028')}$`));
    await page.goBack();
    await expect(refund.route).toBeVisible();
    await page.goBack();
    await expect(order.state).toHaveText(words.state.cancelled);
    await page.goForward();
    await expect(refund.route).toBeVisible();
    await page.reload();
    await appIsThere(page);
    await expect(refund.route).toBeVisible();
  });

  test('sees in each state where the money is, and what comes next', async ({ refund, id, shop, seed, words, page }) => {
    const said: Record<string, { state: RegExp; next: RegExp; stop: number }> = {
      approved: { state: shape(words.refundPage.state_approved), next: shape(words.refundPage.next_approved), stop: 0 },
      sent: { state: shape(words.refundPage.state_sent), next: shape(words.refundPage.next_sent), stop: 1 },
      in_clearing: { state: shape(words.refundPage.state_clearing), next: shape(words.refundPage.next_clearing), stop: 2 },
      arrived: { state: shape(words.refundPage.state_arrived), next: shape(words.refundPage.next_arrived), stop: 3 },
    };
    const seen = new Set<string>();
    for (const externalId of ['tp-100027', 'tp-100028', 'tp-100029', 'tp-100031']) {
      const known = await shop.order(seed.tokens.lin, id(externalId));
      for (const part of known.refunds) {
        seen.add(part.state);
        await refund.open(part.id);
        const { state, next, stop } = said[part.state];
        await expect(refund.state).toHaveText(state);
        await expect(page).toHaveTitle(new RegExp(yuan(part.amount.amount).replace('.', '\\.')));
        await expect(refund.main).toContainText(yuan(part.amount.amount));
        await expect(refund.main).toContainText(next);
        const stops = refund.route.getByRole('listitem');
        await expect(stops).toHaveCount(4);
        await expect(stops.first()).toContainText('B特派');
        await expect(stops.last()).toContainText(part.account);
        await expect(stops.nth(stop)).toHaveAttribute('aria-current', 'step');
        await expect(refund.here).toHaveCount(1);
        await expect(refund.here).toContainText(words.refundPage.here);
        await expect(refund.section(words.refundPage.history)).toContainText(words.event.refund_approved);
      }
    }
    expect([...seen].sort()).toEqual(['approved', 'arrived', 'in_clearing', 'sent']);
  });

  test('sees that a failed refund is still owed, why, and whom to ask', async ({ refund, id, number, shop, seed, words }) => {
    const { refunds, support } = await shop.order(seed.tokens.lin, id('tp-100030'));
    await refund.open(refunds[0].id);
    await expect(refund.state).toHaveText(words.refundPage.state_failed);
    await expect(refund.main).toContainText(shape(words.refundPage.failed_title));
    const { failure } = refunds[0];
    await expect(refund.main).toContainText(failure ? words.refundFailure[failure] : words.refundPage.failed_unknown);
    await expect(refund.here).toHaveCount(0);
    await expect(refund.route.getByRole('listitem').last()).toContainText(words.refundPage.stop_not_arrived);
    const mail = new URL((await refund.way(words.support.write).getAttribute('href')) ?? '');
    expect(mail.pathname).toBe(support.email);
    for (const text of [number('tp-100030'), refunds[0].id, yuan(refunds[0].amount.amount)]) {
      expect(mail.searchParams.get('body')).toContain(text);
    }
    await expect(refund.way(words.support.call)).toHaveAttribute('href', `tel:${support.phone.replace(/\D/g, '')}`);
  });

  test('sees all parts of a split payment, each with a page of its own', async ({ refund, id, shop, seed, words, page }) => {
    const { refunds, total } = await shop.order(seed.tokens.lin, id('tp-100029'));
    expect(refunds).toHaveLength(2);
    await refund.open(refunds[0].id);
    const parts = refund.section(words.refundPage.all);
    for (const part of refunds) {
      await expect(parts).toContainText(part.account);
      await expect(parts).toContainText(yuan(part.amount.amount));
    }
    await expect(parts).toContainText(yuan(total.amount));
    await parts.getByRole('link').click();
    await expect(page).toHaveURL(new RegExp(`/refunds/${refunds[1].id}$`));
    await expect(refund.route.getByRole('listitem').last()).toContainText(refunds[1].account);
    await page.goBack();
    await expect(refund.route.getByRole('listitem').last()).toContainText(refunds[0].account);
  });

  test('copies the number of the refund', async ({ refund, id, shop, seed, page, context, words }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const { refunds } = await shop.order(seed.tokens.lin, id('tp-100028'));
    await refund.open(refunds[0].id);
    await page.getByRole('button', { name: words.refundPage.copy_number }).click();
    await expect(page.getByRole('status').filter({ hasText: words.common.copied })).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(refunds[0].id);
  });

  test('finds no refund behind an old link, and the way back in its place', async ({ orders, page, words }) => {
    const answer = await page.goto('/refunds/no-such-refund');
    expect(answer?.status()).toBe(404);
    await appIsThere(page);
    const notice = page.getByRole('main').getByRole('alert');
    await expect(notice).toContainText(words.refundPage.gone_title);
    await notice.getByRole('link', { name: words.common.back_to_orders }).click();
    await orders.settled();
    await expect(page).toHaveURL(/\/orders$/);
  });

  test('finds no refund of somebody else', async ({ page, id, shop, seed, words, context }) => {
    const { refunds } = await shop.order(seed.tokens.lin, id('tp-100028'));
    await context.clearCookies();
    await context.addCookies([{ name: 'tepai_session', value: seed.tokens.zhao, url: shop.origin }]);
    await page.goto(`/refunds/${refunds[0].id}`);
    await expect(page.getByRole('heading', { name: words.refundPage.gone_title })).toBeVisible();
  });

  test('has no header in a host app, and keeps the wish in its links', async ({ page, refund, id, shop, seed }) => {
    const { refunds } = await shop.order(seed.tokens.lin, id('tp-100028'));
    await page.goto(`/refunds/${refunds[0].id}?embed=1`);
    await appIsThere(page);
    await expect(refund.route).toBeVisible();
    await expect(page.getByRole('banner')).toBeHidden();
  });

  test('nothing moves while the app takes over', async ({ page, refund, id, shop, seed }) => {
    const { refunds } = await shop.order(seed.tokens.lin, id('tp-100029'));
    const moved = await watchShifts(page);
    await refund.open(refunds[0].id);
    await page.waitForLoadState('networkidle');
    expect(await moved()).toBe(0);
  });
});

test.describe('late', () => {
  test.use({ readsOnly: true, who: 'many' });

  test('is told that a refund is late before asking, and is one tap away from a person', async ({ refund, shop, words }) => {
    const late = await lateRefund(shop);
    await refund.open(late.refund.id);
    await expect(refund.main).toContainText(words.refundPage.late_title);
    const text = late.refund.late === 'not_sent' ? words.refundPage.late_sent : words.refundPage.late_arrived;
    await expect(refund.main).toContainText(shape(text));
    await expect(refund.route.locator('[data-step="late"]').last()).toBeVisible();
    const mail = new URL((await refund.way(words.support.write).getAttribute('href')) ?? '');
    const body = mail.searchParams.get('body');
    for (const fact of [late.order.number, late.refund.id, yuan(late.refund.amount.amount)]) expect(body).toContain(fact);
  });

  test('sees in the order, too, that a refund is late', async ({ order, page, shop, words }) => {
    const late = await lateRefund(shop);
    await order.open(late.order.id);
    const text = late.refund.late === 'not_sent' ? words.order.refund_late_sent : words.order.refund_late_arrived;
    await expect(order.section(words.order.refunds)).toContainText(shape(text));
    await refundLinks(page, words).first().click();
    await expect(page).toHaveURL(/\/refunds\//);
  });
});

test('sees the money move on while the page is open, and hears of it', async ({ shop, seed, id, refund, words, page }) => {
  const { refunds } = await shop.order(seed.tokens.lin, id('tp-100028'));
  await refund.open(refunds[0].id);
  await expect(refund.here).toContainText(words.refundPage.stop_processing);
  await expect(refund.news).toBeEmpty();
  await shop.tells('tp-100028', 'refund_progressed', { refund: refunds[0].id, state: 'in_clearing' });
  await expect(refund.state).toHaveText(words.refundPage.state_clearing, WITHIN_A_SECOND);
  await expect(refund.here).toContainText(words.refundPage.stop_clearing);
  await expect(refund.news).toContainText(words.refundPage.state_clearing);
  await shop.tells('tp-100028', 'refund_progressed', { refund: refunds[0].id, state: 'arrived' });
  await expect(refund.state).toHaveText(words.refundPage.state_arrived, WITHIN_A_SECOND);
  await expect(refund.news).toContainText(words.refundPage.state_arrived);
  await expect(refund.section(words.refundPage.history)).toContainText(words.event.refund_arrived);
  await expect(page).toHaveTitle(new RegExp(words.refundPage.state_arrived));
});

test('hears that it failed while the page is open, with the way to a person', async ({ shop, seed, id, refund, words }) => {
  const { refunds } = await shop.order(seed.tokens.lin, id('tp-100028'));
  await refund.open(refunds[0].id);
  await shop.tells('tp-100028', 'refund_progressed', { refund: refunds[0].id, state: 'failed' });
  await expect(refund.state).toHaveText(words.refundPage.state_failed, WITHIN_A_SECOND);
  await expect(refund.news).toContainText(words.refundPage.state_failed);
  await expect(refund.way(words.support.call)).toBeVisible();
});

test('goes from a cancel to the refund that it made', async ({ dialog, refund, id, page, words }) => {
  await dialog.open(id('tp-100010'));
  await dialog.ready();
  await dialog.reasons.first().check();
  await dialog.confirm.click();
  await expect(dialog.result).toHaveText(words.cancel.done);
  await dialog.root.getByRole('link', { name: words.cancel.follow_refund }).click();
  await expect(page).toHaveURL(/\/refunds\//);
  // How far it is by then is the provider's business.
  await expect(refund.here).toHaveCount(1);
});

test('tries again after the server was away', async ({ order, refund, shop, id, page, words }) => {
  await order.open(id('tp-100028'));
  await page.mouse.move(5, 5);
  await page.waitForLoadState('networkidle');
  await shop.stop();
  await refundLinks(page, words).click();
  const failure = page.getByRole('alert').filter({ hasText: words.common.failed_title });
  await expect(failure).toBeVisible();
  const retry = failure.getByRole('button', { name: words.common.retry });
  await retry.click();
  await expect(failure).toBeVisible();
  await shop.start();
  // It tries by itself, too, when it hears of the server again: there may be nothing left to press.
  await expect(async () => {
    if (await retry.isVisible()) await retry.click({ timeout: 1_000 });
    await expect(refund.route).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 15_000 });
});

test('logs in again when the session has ended, and the refund is there', async ({
  order,
  refund,
  prompt,
  id,
  shop,
  seed,
  page,
  words,
}) => {
  await order.open(id('tp-100028'));
  await shop.endsSession(seed.tokens.lin);
  await refundLinks(page, words).click();
  await prompt.logIn(SHOPPERS.lin, PASSWORD);
  await expect(refund.route).toBeVisible();
});

test.describe('with nobody logged in', () => {
  test.use({ who: null, readsOnly: true });

  test('logs in and comes to the refund', async ({ page, logIn, refund, id, shop, seed }) => {
    const { refunds } = await shop.order(seed.tokens.lin, id('tp-100028'));
    await page.goto(`/refunds/${refunds[0].id}`);
    await expect(page).toHaveURL(/\/login\?next=/);
    await logIn.logIn(SHOPPERS.lin, PASSWORD);
    await expect(page).toHaveURL(new RegExp(`/refunds/${refunds[0].id}$`));
    await expect(refund.route).toBeVisible();
  });
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false, readsOnly: true });

  test('comes from an order to its refund, and to the other parts', async ({ page, refund, id, words }) => {
    await page.goto(`/orders/${id('tp-100029')}`);
    await refundLinks(page, words).first().click();
    await expect(refund.route).toBeVisible();
    await expect(refund.state).toHaveText(words.refundPage.state_arrived);
    const first = page.url();
    await refund.section(words.refundPage.all).getByRole('link').click();
    await expect(page).not.toHaveURL(first);
    await expect(refund.route).toBeVisible();
  });
});

for (const lang of ['zh-CN', 'en'] as const) {
  test.describe(lang, () => {
    test.use({ lang, readsOnly: true, viewport: { width: 390, height: 844 } });

    test('axe finds nothing, and what can be tapped is large enough', async ({ page, refund, id, shop, seed }) => {
      for (const externalId of ['tp-100027', 'tp-100029', 'tp-100030', 'tp-100031']) {
        const { refunds } = await shop.order(seed.tokens.lin, id(externalId));
        await refund.open(refunds[0].id);
        expect(await findings(page), externalId).toEqual([]);
        const small = await refund.main.locator('a, button').evaluateAll((all) =>
          all.filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.textContent),
        );
        expect(small, externalId).toEqual([]);
      }
    });
  });
}

test.describe('coming back', () => {
  test.use({ serviceWorkers: 'allow' });
  test.describe.configure({ timeout: 90_000 });

  test('sees a refund again without a network, with the time it is of', async ({ page, refund, id, shop, seed, words }) => {
    const { refunds } = await shop.order(seed.tokens.lin, id('tp-100028'));
    const path = `/refunds/${refunds[0].id}`;
    await refund.open(refunds[0].id);
    await remembered(page, path);
    await shop.stop();
    await page.goto(path);
    await appIsThere(page);
    await expect(refund.route).toBeVisible();
    await expect(page.getByText(shape(words.common.seen))).toBeVisible();
  });
});
