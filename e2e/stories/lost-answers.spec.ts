// The network goes at the worst moment: one effect all the same.

import type { Page, Request } from '@playwright/test';

import { expect, test } from '../stage/story';
import { isCancel, watchCancels } from '../stage/watch';

test.beforeEach(async ({ dialog, id, shop, seed, page }, { tags }) => {
  if (tags.includes('@no-events')) await page.route('**/api/v1/events*', (route) => route.abort());
  await dialog.open(id('tp-100010'));
  await dialog.ready();
  await dialog.reasons.first().check();
});

test.afterEach(async ({ shop, seed, id }) => {
  const known = await shop.order(seed.tokens.lin, id('tp-100010'));
  expect(known.refunds.length).toBeLessThanOrEqual(1);
  // Its refund moves on by itself, and the version with it; the cancel is there once.
  const cancels = known.timeline.filter((entry) => entry.what === 'cancelled');
  expect(cancels.length).toBeLessThanOrEqual(1);
});

test('loses the network at the moment of confirming, comes back, and it is done once', async ({
  dialog,
  page,
  context,
  shop,
  seed,
  id,
  words,
}) => {
  const sent = watchCancels(page);
  await context.setOffline(true);
  await dialog.confirm.click();
  await expect(dialog.root.getByRole('alert')).toContainText(words.cancel.lost_title);
  await expect(dialog.confirm).toHaveText(words.cancel.try_again);
  expect((await shop.order(seed.tokens.lin, id('tp-100010'))).state).toBe('unpacked');

  await context.setOffline(false);
  await expect(dialog.result).toHaveText(words.cancel.done);
  expect(new Set(sent.map(({ key }) => key)).size).toBe(1);
  expect((await shop.order(seed.tokens.lin, id('tp-100010'))).refunds).toHaveLength(1);
});

test('loses the answer of a cancel that was carried out, and tries again with the same key', { tag: '@no-events' }, async ({
  dialog,
  page,
  shop,
  seed,
  id,
  words,
}) => {
  const sent = watchCancels(page);
  await loseFirstAnswer(page);
  await dialog.confirm.click();
  await expect(dialog.root.getByRole('alert')).toContainText(words.cancel.lost_title);
  expect((await shop.order(seed.tokens.lin, id('tp-100010'))).state).toBe('cancelled');

  await dialog.confirm.click();
  await expect(dialog.result).toHaveText(words.cancel.done);
  expect(sent).toHaveLength(2);
  expect(sent[1]).toEqual(sent[0]);
  expect((await shop.order(seed.tokens.lin, id('tp-100010'))).refunds).toHaveLength(1);
});

test('loses the network before the server is done, hears that it was, and asks again by itself', async ({
  dialog,
  page,
  shop,
  seed,
  id,
  words,
}) => {
  const sent = watchCancels(page);
  let late: Request | undefined;
  await page.route('**/cancellation', async (route) => {
    if (!isCancel(route.request()) || late) return route.continue();
    late = route.request();
    return route.abort('connectionreset');
  });
  await dialog.confirm.click();
  await expect(dialog.root.getByRole('alert')).toContainText(words.cancel.lost_title);
  // Only now does the request come to the server, of whose answer nobody hears.
  const answer = await page.request.post(late!.url(), { headers: await late!.allHeaders(), data: late!.postData()! });
  expect(answer.status()).toBe(201);

  await expect(dialog.result).toHaveText(words.cancel.done);
  expect(sent).toHaveLength(2);
  expect(sent[1]).toEqual(sent[0]);
  expect((await shop.order(seed.tokens.lin, id('tp-100010'))).refunds).toHaveLength(1);
});

test('hears that it was done before the answer is lost, and asks again by itself', async ({
  dialog,
  page,
  shop,
  seed,
  id,
  words,
}) => {
  const sent = watchCancels(page);
  await page.route('**/cancellation', async (route) => {
    if (!isCancel(route.request()) || sent.length > 1) return route.continue();
    const answer = await route.fetch();
    expect(answer.status()).toBe(201);
    // The event is faster than the answer: the page behind the dialog shows the order as it is by now.
    await expect(page.locator('h1')).toHaveText(words.state.cancelled);
    return route.abort('connectionreset');
  });
  await dialog.confirm.click();
  await expect(dialog.result).toHaveText(words.cancel.done);
  expect(sent).toHaveLength(2);
  expect(sent[1]).toEqual(sent[0]);
  expect((await shop.order(seed.tokens.lin, id('tp-100010'))).refunds).toHaveLength(1);
});

test('loses the answer and keeps the order: sees what became of it', async ({ dialog, order, page, words }) => {
  await page.route('**/cancellation', async (route) => {
    if (!isCancel(route.request())) return route.continue();
    await route.fetch();
    return route.abort('connectionreset');
  });
  await dialog.confirm.click();
  await expect(dialog.root.getByRole('alert')).toContainText(words.cancel.lost_title);
  await dialog.keep.click();
  await expect(dialog.root).toHaveCount(0);
  await expect(order.state).toHaveText(words.state.cancelled);
});

test('reloads the page before the answer: it goes on with the same key', async ({ dialog, page, shop, seed, id, words }) => {
  const sent = watchCancels(page);
  let done = (): void => {};
  const carriedOut = new Promise<void>((go) => (done = go));
  await page.route('**/cancellation', async (route) => {
    if (!isCancel(route.request()) || sent.length > 1) return route.continue();
    await route.fetch();
    return done(); // And no answer ever.
  });
  await dialog.confirm.click();
  await carriedOut;
  await page.reload();
  await expect(dialog.result).toHaveText(words.cancel.done);
  expect(sent).toHaveLength(2);
  expect(sent[1]).toEqual(sent[0]);
  expect((await shop.order(seed.tokens.lin, id('tp-100010'))).refunds).toHaveLength(1);
});

test('reloads after the network broke, before the server heard of it: it goes on as well', async ({
  dialog,
  page,
  shop,
  seed,
  id,
  words,
}) => {
  const sent = watchCancels(page);
  await page.route('**/cancellation', async (route) => {
    if (!isCancel(route.request()) || sent.length > 1) return route.continue();
    return route.abort('internetdisconnected');
  });
  await dialog.confirm.click();
  await expect(dialog.root.getByRole('alert')).toContainText(words.cancel.lost_title);
  await page.reload();
  await expect(dialog.result).toHaveText(words.cancel.done);
  expect(new Set(sent.map(({ key }) => key)).size).toBe(1);
  expect((await shop.order(seed.tokens.lin, id('tp-100010'))).refunds).toHaveLength(1);
});

test('goes on by itself when the server is back', async ({ dialog, shop, words, page }) => {
  const sent = watchCancels(page);
  await shop.stop();
  await dialog.confirm.click();
  await expect(dialog.root.getByRole('alert')).toContainText(words.cancel.lost_title);
  await shop.start();
  await expect(dialog.result).toHaveText(words.cancel.done);
  expect(new Set(sent.map(({ key }) => key)).size).toBe(1);
});

/** The server hears of the first cancel and answers it, but the answer never arrives. */
async function loseFirstAnswer(page: Page): Promise<void> {
  let lost = false;
  await page.route('**/cancellation', async (route) => {
    if (!isCancel(route.request()) || lost) return route.continue();
    lost = true;
    const answer = await route.fetch();
    expect(answer.status()).toBe(201);
    return route.abort('connectionreset');
  });
}
