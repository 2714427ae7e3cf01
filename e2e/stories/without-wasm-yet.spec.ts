// With JavaScript, and the program blocked or on its way: the server's page works, and nothing that the shopper does there
// is lost when the app takes over.

import type { Page } from '@playwright/test';

import { findings } from '../stage/axe';
import { appIsThere } from '../stage/pages';
import { WASM, holdBack } from '../stage/program';
import { PASSWORD, SHOPPERS } from '../stage/seed';
import { expect, test } from '../stage/story';
import { watchCancels } from '../stage/watch';

/** What has moved by itself since the page was opened. */
async function watchShifts(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    interface Shift extends PerformanceEntry {
      value: number;
      sources: { node: Node | null }[];
    }
    const seen = window as unknown as { shifts: string[] };
    seen.shifts = [];
    new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries() as Shift[]) {
        const nodes = sources.map(({ node }) => (node instanceof Element ? node.outerHTML : node?.nodeValue) ?? '');
        seen.shifts.push(`${value}: ${nodes.map((node) => node.slice(0, 80)).join(', ')}`);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return () =>
    page.evaluate(
      () =>
        new Promise<string[]>((done) => {
          // Two pictures later everything that moved has been told.
          requestAnimationFrame(() =>
            requestAnimationFrame(() => done((window as unknown as { shifts: string[] }).shifts)),
          );
        }),
    );
}

test.describe('blocked', () => {
  // What the browser says about a program that does not come is no complaint of ours.
  test.use({ provokes: /wasm|WebAssembly|Failed to fetch|preload/i });
  test.beforeEach(async ({ page }) => page.route(WASM, (route) => route.abort()));

  test.describe('with nobody logged in', () => {
    test.use({ who: null });

    test('logs in, cancels and logs out, and no notice says that anything failed', async ({ page, logIn, id, words }) => {
      await page.goto(`/login?next=${encodeURIComponent(`/orders/${id('tp-100011')}`)}`);
      await logIn.logIn(SHOPPERS.lin, PASSWORD);
      await page.locator('#cancel-open').click();
      await page.getByRole('radio', { name: '不想要了' }).check();
      await page.locator('dialog .dialog-foot button[type=submit]').click();
      await expect(page.locator('dialog').getByRole('heading', { level: 3 })).toHaveText(words.cancel.done);
      await expect(page.locator('#boot-failed')).toHaveCount(0);
      await page.locator('dialog').getByRole('link', { name: words.cancel.see_order }).click();
      await page.locator('.menu-button').click();
      await page.getByRole('button', { name: words.common.log_out }).click();
      await expect(logIn.heading).toBeVisible();
    });
  });

  test('axe finds nothing on the server’s pages', async ({ page, id, context }) => {
    const pages = ['/orders', `/orders/${id('tp-100012')}`, `/orders/${id('tp-100012')}/cancel`, '/orders/none'];
    for (const path of pages) {
      await page.goto(path);
      await expect(page.locator('#served')).toBeAttached();
      expect.soft(await findings(page), path).toEqual([]);
    }
    await context.clearCookies();
    await page.goto('/login');
    expect.soft(await findings(page), '/login').toEqual([]);
  });
});

test('what was typed, chosen and focused in the dialog is there when the app takes over', async ({ page, id, words }) => {
  const letGo = await holdBack(page);
  await page.goto(`/orders/${id('tp-100010')}/cancel`);
  const dialog = page.locator('dialog.cancel-dialog');
  await dialog.getByRole('radio', { name: '其他原因' }).check();
  const note = dialog.getByLabel(words.cancel.note, { exact: true });
  await note.fill('颜色不对');
  await expect(note).toBeFocused();
  await expect(page.locator('#served')).toBeAttached();
  letGo();
  await appIsThere(page);
  await expect(dialog.getByRole('radio', { name: '其他原因' })).toBeChecked();
  await expect(note).toHaveValue('颜色不对');
  await expect(note).toBeFocused();
  await expect(dialog.getByText('已写 4 字')).toBeVisible();
});

test('a part that was chosen before is chosen afterwards, and its money worked out', async ({ page, id, words }) => {
  const letGo = await holdBack(page);
  await page.goto(`/orders/${id('tp-100012')}/cancel`);
  const dialog = page.locator('dialog.cancel-dialog');
  await dialog.getByRole('radio', { name: words.cancel.part }).check();
  const quantity = dialog.getByRole('spinbutton').first();
  await quantity.fill('2');
  letGo();
  await appIsThere(page);
  await expect(quantity).toHaveValue('2');
  await expect(dialog.locator('.dialog-foot button[type=submit]')).toContainText('2');
  await expect(dialog.locator('.dialog-foot button[type=submit]')).not.toHaveAttribute('aria-disabled', 'true');
});

test('the app’s first attempt is that of the form it took over: both together have one effect', async ({
  page,
  context,
  id,
  shop,
  seed,
  words,
}) => {
  const letGo = await holdBack(page);
  const path = `/orders/${id('tp-100012')}/cancel`;
  await page.goto(path);
  const key = (await page.locator('dialog input[name=key]').getAttribute('value')) ?? '';
  const dialog = page.locator('dialog.cancel-dialog');
  await dialog.getByRole('radio', { name: words.cancel.part }).check();
  await dialog.getByRole('spinbutton').first().fill('1');
  await dialog.getByRole('radio', { name: '不想要了' }).check();
  const sent = watchCancels(page);
  letGo();
  await appIsThere(page);
  const confirm = dialog.locator('.dialog-foot button[type=submit]');
  await expect(confirm).not.toHaveAttribute('aria-disabled', 'true');
  // The form was on its way when the app came, and the shopper presses again.
  const form = { key, known: '', part: '1', 'line-L1': '1', reason: 'changed_mind' };
  const [posted] = await Promise.all([context.request.post(path, { form }), confirm.click()]);
  expect(posted.status()).toBe(201);
  // The form's cancel may have changed the order before the press: one while its money is worked out anew counts for
  // nothing, and is repeated.
  const result = dialog.getByRole('heading', { level: 3 });
  await expect(async () => {
    if ((await result.count()) === 0) await confirm.click({ timeout: 1_000 });
    await expect(result).toHaveText(words.cancel.done_part, { timeout: 1_000 });
  }).toPass({ timeout: 8_000 });
  expect(sent.map((cancel) => cancel.key)).toEqual([key]);
  const known = await shop.order(seed.tokens.lin, id('tp-100012'));
  expect(known.lines[0].cancelled_quantity).toBe(1);
  expect(known.refunds).toHaveLength(1);
});

test('a form that was sent before the app was there is answered, and the app goes on from the answer', async ({
  page,
  order,
  id,
  words,
}) => {
  const letGo = await holdBack(page);
  await page.goto(`/orders/${id('tp-100011')}/cancel`);
  await page.getByRole('radio', { name: '不想要了' }).check();
  await page.locator('dialog .dialog-foot button[type=submit]').click();
  const result = page.locator('dialog').getByRole('heading', { level: 3 });
  await expect(result).toHaveText(words.cancel.done);
  const money = await page.locator('dialog .refund-slip').textContent();
  letGo();
  await appIsThere(page);
  await expect(result).toHaveText(words.cancel.done);
  await expect(page.locator('dialog .refund-slip')).toHaveText(money ?? '');
  await page.locator('dialog').getByRole('button', { name: words.cancel.see_order }).click();
  await expect(order.state).toHaveText(words.state.cancelled);
});

test('search text, place on the page and an open menu are kept', async ({ page, orders, words }) => {
  const letGo = await holdBack(page);
  await page.goto('/orders');
  await page.locator('.menu-button').click();
  await page.evaluate(() => window.scrollTo(0, 600));
  const top = await page.evaluate(() => window.scrollY);
  letGo();
  await appIsThere(page);
  expect(await page.evaluate(() => window.scrollY)).toBe(top);
  await expect(page.getByRole('button', { name: words.common.log_out })).toBeVisible();

  await page.unrouteAll({ behavior: 'ignoreErrors' });
  const again = await holdBack(page);
  await page.goto('/orders');
  await orders.search.fill('杯');
  again();
  await appIsThere(page);
  await expect(orders.search).toHaveValue('杯');
  await expect(orders.search).toBeFocused();
  // What was typed is searched for.
  await expect(page).toHaveURL(/q=/);
});

test.describe('with nobody logged in', () => {
  test.use({ who: null });

  test('what was typed to log in is kept', async ({ page, logIn }) => {
    const letGo = await holdBack(page);
    await page.goto('/login');
    await logIn.login.fill(SHOPPERS.lin);
    await logIn.password.fill(PASSWORD);
    letGo();
    await appIsThere(page);
    await expect(logIn.login).toHaveValue(SHOPPERS.lin);
    await expect(logIn.password).toBeFocused();
    await logIn.submit.click();
    await expect(page).toHaveURL(/\/orders$/);
  });
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('nothing moves when the app takes over', async ({ page, id }) => {
    const shifts = await watchShifts(page);
    for (const path of ['/orders', `/orders/${id('tp-100012')}`, `/orders/${id('tp-100012')}/cancel`]) {
      const letGo = await holdBack(page);
      await page.goto(path);
      await expect(page.locator('#served')).toBeAttached();
      expect(await shifts(), `${path}, before`).toEqual([]);
      letGo();
      await appIsThere(page);
      expect(await shifts(), path).toEqual([]);
      await page.unrouteAll({ behavior: 'ignoreErrors' });
    }
  });
});
