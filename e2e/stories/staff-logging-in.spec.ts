// The staff log in with id, password and code, and a session that is over costs nothing that was typed.

import { STAFF_PASSWORD, asksToCancel, expect, orderThat, test } from '../stage/staff';
import { findings } from '../stage/axe';

test.describe('who is let in', () => {
  test.use({ provokes: /401|429/ });

  test('whatever is wrong, the answer is the same, and a right code opens the door', async ({ desk, page, says, code }) => {
    await page.goto('/staff/orders?q=13800000001');
    await expect(page.getByLabel(says.logIn.login)).toBeFocused();
    for (const [login, password, digits] of [
      ['wang', STAFF_PASSWORD, '000000'],
      ['nobody', STAFF_PASSWORD, '123456'],
    ]) {
      await desk.fillLogIn(login, password, digits);
      await expect(page.getByRole('alert')).toHaveText(says.logIn.wrong);
      await expect(page.getByLabel(says.logIn.code, { exact: true })).toBeFocused();
      await expect(page.getByLabel(says.logIn.code, { exact: true })).toHaveValue('');
    }
    await desk.fillLogIn('wang', STAFF_PASSWORD, code('wang'));
    // Where they wanted to go.
    await expect(page.getByRole('heading', { name: says.search.found.replace('{q}', '13800000001') })).toBeVisible();
  });

  test('too many tries have to wait, and the page says how long', async ({ desk, page, says }) => {
    await page.goto('/staff');
    const alert = page.getByRole('alert');
    for (let tries = 0; tries < 5; tries += 1) {
      await desk.fillLogIn('wang', 'wrong', '123456');
      await expect(alert).toHaveText(says.logIn.wrong);
    }
    await desk.fillLogIn('wang', 'wrong', '123456');
    const [before, after] = says.logIn.wait.split('{n}');
    await expect(alert).toContainText(before.trim());
    await expect(alert).toContainText(after.trim());
  });

  test('when a session is over, the log-in stands above the page and what was typed stays', async ({ sits, seed, shop, says, code }) => {
    const asking = await orderThat(shop, seed.tokens.lin, asksToCancel);
    const { desk, token } = await sits('wang');
    await desk.open(asking.id);
    await desk.offered(says.order.request).click();
    await desk.acts.getByRole('radio', { name: says.order.decline }).check();
    await desk.acts.getByLabel(says.order.note).fill('已经在充值了');
    await shop.endsStaffSession(token);
    await desk.acts.getByRole('button', { name: says.order.submit }).click();
    const dialog = desk.page.getByRole('dialog', { name: says.logIn.again });
    await expect(dialog).toBeVisible();
    await desk.page.keyboard.press('Escape');
    await expect(dialog).toBeVisible();
    await desk.fillLogIn(null, STAFF_PASSWORD, code('wang'));
    await expect(dialog).toBeHidden();
    await expect(desk.acts.getByLabel(says.order.note)).toHaveValue('已经在充值了');
    await desk.acts.getByRole('button', { name: says.order.submit }).click();
    await expect(desk.done(says.order.request)).toBeVisible();
  });
});

test('logging out leaves nothing on the page, and going back shows the log-in', async ({ sits, says }) => {
  const { desk } = await sits('wang');
  await desk.page.goto('/staff/orders?q=13800000001');
  await desk.page.locator('summary').click();
  await desk.page.getByRole('button', { name: says.frame.log_out }).click();
  await expect(desk.page.getByLabel(says.logIn.login)).toBeVisible();
  await desk.page.goBack();
  await expect(desk.page.getByLabel(says.logIn.login)).toBeVisible();
});

for (const lang of ['zh-CN', 'en'] as const) {
  for (const viewport of [{ width: 390, height: 844 }, { width: 1280, height: 800 }]) {
    test.describe(`${lang} ${viewport.width}`, () => {
      test.use({ lang, viewport, provokes: /401/ });

      test('the log-in, the queue, the search and an order are sound for everybody, and fit', async ({ page, sits, seed, shop, says }) => {
        await page.goto('/staff');
        await expect(page.getByLabel(says.logIn.login)).toBeVisible();
        expect(await findings(page)).toEqual([]);
        const asking = await orderThat(shop, seed.tokens.lin, asksToCancel);
        const { desk } = await sits('zhou');
        await desk.page.goto('/staff');
        await expect(desk.page.locator('#work-0')).toBeVisible();
        expect(await findings(desk.page)).toEqual([]);
        await desk.page.goto('/staff/orders?q=13800000001');
        await expect(desk.page.locator('#found-0')).toBeVisible();
        expect(await findings(desk.page)).toEqual([]);
        await desk.open(asking.id);
        await expect(desk.page.getByText(says.order.audit_whole).first()).toBeVisible();
        expect(await findings(desk.page)).toEqual([]);
        await desk.offered(says.order.request).click();
        await desk.acts.getByRole('radio', { name: says.order.decline }).check();
        expect(await findings(desk.page)).toEqual([]);
        const wider = await desk.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        expect(wider, 'the page is wider than the screen').toBe(false);
      });
    });
  }
}
