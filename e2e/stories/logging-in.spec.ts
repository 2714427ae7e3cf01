// Logging in and out.

import { appIsThere } from '../stage/pages';
import { PASSWORD } from '../stage/seed';
import { expect, test } from '../stage/story';

test.use({ who: null });

test('logs in with e-mail and password and sees the orders', async ({ logIn, orders, page }) => {
  await logIn.open();
  await logIn.logIn('lin@example.com', PASSWORD);
  await expect(orders.heading).toBeVisible();
  await expect(page).toHaveURL(/\/orders$/);
  await expect(orders.cards.first()).toBeVisible();
});

test('logs in with a telephone number, spaces and capitals aside', async ({ logIn, orders, page, words }) => {
  await logIn.open();
  await logIn.logIn(' 13800000001 ', PASSWORD);
  await expect(orders.cards.first()).toBeVisible();
  await page.getByRole('banner').locator('summary').click();
  await page.getByRole('button', { name: words.common.log_out }).click();
  await expect(logIn.heading).toBeVisible();
  await logIn.logIn('LIN@example.com', PASSWORD);
  await expect(orders.cards.first()).toBeVisible();
});

test('is told in one sentence that login or password is wrong, and may try again', async ({ logIn, orders, words }) => {
  await logIn.open();
  await logIn.logIn('lin@example.com', 'not-the-password');
  await expect(logIn.alert).toHaveText(words.session.wrong);
  await expect(logIn.password).toHaveValue('');
  await expect(logIn.password).toBeFocused();
  await expect(logIn.login).toHaveValue('lin@example.com');

  await logIn.logIn('nobody@example.com', PASSWORD);
  await expect(logIn.alert).toHaveText(words.session.wrong);

  await logIn.logIn('lin@example.com', PASSWORD);
  await expect(orders.cards.first()).toBeVisible();
});

test('is shown which field is missing before anything is sent', async ({ logIn, page, words }) => {
  await logIn.open();
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') asked.push(request.url());
  });
  await logIn.submit.click();
  await expect(page.getByText(words.session.login_required)).toBeVisible();
  await expect(page.getByText(words.session.password_required)).toBeVisible();
  await expect(logIn.login).toBeFocused();
  expect(asked).toEqual([]);
});

test('has to wait after too many wrong passwords', async ({ logIn, words, page }) => {
  await logIn.open();
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const answer = page.waitForResponse('**/session');
    await logIn.logIn('zhao@example.com', `guess-${attempt}`);
    expect((await answer).status()).toBe(401);
    await expect(logIn.password).toHaveValue('');
  }
  await logIn.logIn('zhao@example.com', PASSWORD);
  await expect(logIn.alert).toHaveText(words.session.too_many);
});

test('can look at the password while typing it', async ({ logIn, page, words }) => {
  await logIn.open();
  await logIn.password.fill('secret');
  await expect(logIn.password).toHaveAttribute('type', 'password');
  const show = page.getByRole('button', { name: words.session.show_password });
  await show.click();
  await expect(logIn.password).toHaveAttribute('type', 'text');
  await expect(show).toHaveAttribute('aria-pressed', 'true');
});

test('is led to log in first, and then to where the link pointed', async ({ logIn, page, id, order, dialog }) => {
  await page.goto(`/orders/${id('tp-100010')}/cancel`);
  await expect(logIn.heading).toBeVisible();
  await logIn.logIn('lin@example.com', PASSWORD);
  await expect(dialog.root).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`/orders/${id('tp-100010')}/cancel$`));
  await page.keyboard.press('Escape');
  await expect(order.cancel).toBeVisible();
});

for (const next of ['//evil.example', 'https://evil.example/', '/\\evil.example', 'javascript:alert(1)', '']) {
  test(`is never led to another site by ?next=${next}`, async ({ logIn, orders, page, shop }) => {
    await logIn.open(next);
    await logIn.logIn('lin@example.com', PASSWORD);
    await expect(orders.cards.first()).toBeVisible();
    expect(page.url()).toBe(`${shop.origin}/orders`);
  });
}

test('logs out, and the back button shows nothing', async ({ logIn, orders, page, words, number, shop }) => {
  await logIn.open();
  await logIn.logIn('lin@example.com', PASSWORD);
  await expect(orders.card(number('tp-100010'))).toBeVisible();
  const [cookie] = await page.context().cookies();
  await page.getByRole('banner').locator('summary').click();
  await page.getByRole('button', { name: words.common.log_out }).click();
  await expect(logIn.heading).toBeVisible();

  await page.goBack();
  await expect(logIn.heading).toBeVisible();
  await expect(page.getByText(number('tp-100010'))).toHaveCount(0);
  // The session is over for whoever kept the cookie, too.
  const response = await fetch(`${shop.origin}/api/v1/session`, { headers: { cookie: `${cookie.name}=${cookie.value}` } });
  expect(response.status).toBe(401);
});

test('has no business on the log-in page when logged in', async ({ logIn, orders, page }) => {
  await logIn.open();
  await logIn.logIn('lin@example.com', PASSWORD);
  await expect(orders.cards.first()).toBeVisible();
  await page.goto('/login');
  await expect(orders.cards.first()).toBeVisible();
});

test('who cannot log in finds telephone and e-mail without it, also from the page of a guest', async ({ page, words }) => {
  for (const [url, name] of [
    ['/login', words.session.contact],
    ['/guest', words.common.contact],
  ]) {
    await page.goto(url);
    await appIsThere(page);
    await page.getByRole('main').getByRole('link', { name, exact: true }).click();
    await expect(page).toHaveURL(/\/help\/contact-support$/);
    await expect(page.getByRole('main')).toContainText('400-820-0403');
  }
});
