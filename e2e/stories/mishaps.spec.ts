// What goes wrong around the pages: the line, and the program itself.

import type { Locator } from '@playwright/test';

import { expect, test } from '../stage/story';

test.use({ readsOnly: true });

/** How wide the symbols in `place` are drawn. */
function drawn(place: Locator): Promise<number[]> {
  return place.locator('svg use').evaluateAll((uses) => uses.map((use) => (use as SVGUseElement).getBBox().width));
}

test('sees icons for the first time while there is no network', async ({ orders, page, context, words }) => {
  await orders.open();
  const before = await page.locator('svg use').evaluateAll((uses) => uses.map((use) => use.getAttribute('href')));
  await context.setOffline(true);
  const banner = page.getByRole('status').filter({ hasText: words.common.offline });
  await expect(banner).toBeVisible();
  const shown = await banner.locator('svg use').getAttribute('href');
  expect(shown).not.toBeNull();
  expect(before).not.toContain(shown);
  for (const width of await drawn(banner)) expect(width).toBeGreaterThan(0);
  await page.getByRole('banner').locator('summary').click();
  const menu = page.getByRole('banner').locator('details');
  expect((await drawn(menu)).filter((width) => width > 0).length).toBeGreaterThan(2);
});

test.describe('the program stops in the middle', () => {
  test.use({ provokes: /unreachable/ });

  for (const way of ['in an event', 'in a promise']) {
    test(`is told so and can reload, when it stops ${way}`, async ({ orders, page }) => {
      await orders.open();
      await expect(page.locator('#boot, #served')).toHaveCount(0);
      const notice = page.locator('#crashed');
      await expect(notice).toBeHidden();
      await page.evaluate((inPromise) => {
        const stop = () => {
          throw new WebAssembly.RuntimeError('unreachable');
        };
        if (inPromise) void Promise.resolve().then(stop);
        else setTimeout(stop);
      }, way === 'in a promise');
      await expect(notice).toBeVisible();
      await expect(page.getByRole('alert').filter({ hasText: '页面' })).toContainText('reload');
      const reload = notice.getByRole('button').first();
      await expect(reload).toBeFocused();
      // No link: axe takes what comes after the first link for no skip link.
      await expect(notice.locator('form')).toHaveAttribute('action', '/support');
      await expect(notice.getByRole('button')).toHaveCount(2);
      await page.evaluate(() => Object.assign(window, { before: true }));
      await reload.click();
      // The page from before is settled, too, as long as it is there.
      await expect.poll(() => page.evaluate(() => 'before' in window).catch(() => true)).toBe(false);
      await orders.settled();
      await expect(page.locator('#crashed')).toBeHidden();
    });
  }

  test('can reload also when a dialog was open', async ({ dialog, page, id }) => {
    await dialog.open(id('tp-100010'));
    await dialog.ready();
    await page.evaluate(() => {
      setTimeout(() => {
        throw new WebAssembly.RuntimeError('unreachable');
      });
    });
    await page.locator('#crashed').getByRole('button').first().click();
    await dialog.ready();
    await expect(page.locator('#crashed')).toBeHidden();
  });
});

test.describe('nothing can be asked', () => {
  test.use({ provokes: /ERR_FAILED/ });

  test('whom to call and to write to is there all the same, from the last order that was seen', async ({ order, page, id, words }) => {
    await order.open(id('tp-100010'));
    await page.route('**/api/v1/support*', (route) => route.abort());
    await page.locator('#support').getByRole('link', { name: words.support.chat }).click();
    const main = page.getByRole('main');
    await expect(main.getByRole('button', { name: words.common.retry })).toBeVisible();
    await expect(main.locator('a[href^="tel:"]')).toBeVisible();
    await expect(main.locator('a[href^="mailto:"]')).toBeVisible();
    await page.unroute('**/api/v1/support*');
    await main.getByRole('button', { name: words.common.retry }).click();
    await expect(page.locator('#ask')).toBeVisible();
    await expect(main.locator('a[href^="tel:"]')).toHaveCount(1);
  });
});

test('is not told of a failure that the program survives', async ({ orders, page }) => {
  await orders.open();
  await page.evaluate(() => {
    for (const error of [new Error('of an extension'), null]) dispatchEvent(new ErrorEvent('error', { error }));
  });
  await expect(page.locator('#crashed')).toBeHidden();
});

test('opens an order whose code is still on its way, while its style is there already', async ({ orders, order, page }) => {
  let letGo = (): void => {};
  const released = new Promise<void>((release) => (letGo = release));
  await page.route(/\/later-order-.*\.wasm$/, async (route) => {
    await released;
    await route.continue();
  });
  await orders.open();
  const style = page.waitForResponse(/\/later-.*\.css$/);
  await page.mouse.move(200, 300); // The first sign of life.
  await (await style).finished();
  await expect.poll(() => page.evaluate(() => Boolean(document.querySelector<HTMLLinkElement>('link#later-style')?.sheet))).toBe(true);
  await orders.cards.first().getByRole('heading').getByRole('link').click();
  letGo();
  await expect(order.actions).toBeVisible();
});
