// What changes elsewhere reaches the console by itself, and a console that nobody touches lets its session end.

import { STAFF_PASSWORD, asksToCancel, expect, orderThat, test } from '../stage/staff';

test('what a colleague decides is said above what was begun, and what was typed stays', async ({ sits, seed, shop, says }) => {
  const asking = await orderThat(shop, seed.tokens.lin, asksToCancel);
  const [{ desk: first }, { desk: second }] = [await sits('wang'), await sits('zhou')];
  await second.open(asking.id);
  await second.offered(says.order.request).click();
  await expect(second.acts.getByText(says.order.goes_back_granted)).toBeVisible();
  await second.acts.getByRole('radio', { name: says.order.decline }).check();
  await second.acts.getByLabel(says.order.note).fill('已经在充值了');
  await first.open(asking.id);
  await first.offered(says.order.request).click();
  await first.acts.getByRole('radio', { name: says.order.approve, exact: true }).check();
  await first.acts.getByRole('button', { name: says.order.submit }).click();
  await expect(first.done(says.order.request)).toBeVisible();
  await expect(second.refused).toHaveText(says.failures.overtaken);
  await expect(second.acts.getByLabel(says.order.note)).toHaveValue('已经在充值了');
  await second.acts.getByRole('button', { name: says.order.shut }).click();
  await expect(second.offered(says.order.request)).toHaveCount(0);
});

test('the queue hears of it when a colleague takes something, and the cursor is where the focus is', async ({ sits, says }) => {
  const [{ desk: first }, { desk: second }] = [await sits('wang'), await sits('zhou')];
  for (const desk of [first, second]) {
    await desk.page.goto('/staff?kind=pending_confirmation&claim=all&sort=due');
    await expect(desk.page.locator('#work-3')).toBeVisible();
  }
  const number = (await first.page.locator('#work-2').textContent())!;
  // Nothing is under the cursor yet, and so nothing is taken.
  await first.page.keyboard.press('c');
  await first.page.locator('#work-2').focus();
  await first.page.keyboard.press('c');
  const row = second.page.getByRole('row').filter({ hasText: number });
  await expect(row).toContainText('王静');
  await expect(second.page.getByRole('row').filter({ hasText: '王静' })).toHaveCount(1);
  await expect(row).toContainText(says.work.take_over);
  await first.page.keyboard.press('j');
  await expect(first.page.locator('#work-3')).toBeFocused();
});

test('a console that nobody touches looks no more, and so its session ends', async ({ sits, says }) => {
  const { desk } = await sits('wang');
  const { page } = desk;
  await page.clock.install();
  await page.goto('/staff');
  await expect(page.locator('#work-0')).toBeVisible();
  let asked = 0;
  page.on('request', (request) => {
    if (new URL(request.url()).pathname.startsWith('/api/v1/staff/work')) asked += 1;
  });
  await page.clock.runFor(65_000);
  await expect.poll(() => asked).toBe(1);
  await page.clock.runFor(300_000);
  const before = asked;
  await page.clock.runFor(1_200_000);
  expect(asked).toBe(before);
  await page.keyboard.press('j');
  await expect.poll(() => asked).toBeGreaterThan(before);
  await expect(page.getByRole('heading', { name: says.work.title })).toBeVisible();
});

test('who logs in above the page of a colleague finds nothing of theirs', async ({ sits, seed, shop, says, code }) => {
  const asking = await orderThat(shop, seed.tokens.lin, asksToCancel);
  const { desk, token } = await sits('wang');
  await desk.open(asking.id);
  await desk.offered(says.order.request).click();
  await desk.acts.getByRole('radio', { name: says.order.decline }).check();
  await desk.acts.getByLabel(says.order.note).fill('已经在充值了');
  await shop.endsStaffSession(token);
  await desk.acts.getByRole('button', { name: says.order.submit }).click();
  await expect(desk.page.getByRole('dialog', { name: says.logIn.again })).toBeVisible();
  await desk.fillLogIn('zhou', STAFF_PASSWORD, code('zhou'));
  await expect(desk.page.getByRole('heading', { name: says.work.title })).toBeVisible();
  await expect(desk.page.locator('summary')).toContainText('周敏');
  await expect(desk.page).toHaveURL(/\/staff$/);
});

test.describe('without a server', () => {
  test.use({ provokes: /Failed to load/ });

  test('what is shown says that it may be old, and another kind is not what was shown before', async ({ sits, says }) => {
    const { desk } = await sits('wang');
    const { page } = desk;
    await page.goto('/staff');
    await expect(page.locator('#work-0')).toBeVisible();
    await page.route('**/api/v1/staff/work?*', (route) => route.abort());
    const [, old] = says.failures.out_of_date.split('{why}');
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await expect(page.getByText(old.trim())).toBeVisible();
    await expect(page.locator('#work-0')).toBeVisible();
    await page.getByRole('link', { name: says.work.after_sale_case }).click();
    await expect(page.getByRole('heading', { name: says.failures.not_loaded })).toBeVisible();
    await expect(page.locator('#work-0')).toHaveCount(0);
    await page.unroute('**/api/v1/staff/work?*');
    await page.getByRole('alert').getByRole('button').click();
    await expect(page.locator('#work-0')).toBeVisible();
  });
});

test.describe('on a telephone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('what waits and what was found are cards: nothing is to be scrolled sideways', async ({ sits, seed, says }) => {
    const { desk } = await sits('wang');
    const { page } = desk;
    for (const [url, first] of [
      ['/staff?kind=pending_confirmation&claim=all&sort=due', '#work-0'],
      ['/staff/orders?q=13800000001', '#found-0'],
    ]) {
      await page.goto(url);
      await expect(page.locator(first)).toBeVisible();
      const sideways = await page.locator('.table-frame').evaluate((frame) => frame.scrollWidth > frame.clientWidth);
      expect(sideways, url).toBe(false);
    }
    await page.goBack();
    await expect(page.getByRole('button', { name: says.work.take }).first()).toBeInViewport();
    // A refund's dates are the longest words of an order.
    await desk.open(seed.orders['tp-100030'].id);
    await expect(page.getByText(says.order.audit_whole).first()).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
  });
});
