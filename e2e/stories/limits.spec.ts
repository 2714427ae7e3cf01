// Cancelling too often: said beforehand, warned, limited for a while, and lifted by a supervisor.

import { findings } from '../stage/axe';
import { fill } from '../stage/catalogues';
import { paidOrder } from '../stage/new-order';
import type { Shop } from '../stage/shop';
import { expect, test } from '../stage/staff';
import { WITHIN_A_SECOND } from '../stage/story';

/** So many late cancels are ordinary at the demo's shops, and so many more lead to the limit (policies/tepai.toml). */
const FREE = 20;
const LIMIT_AT = 3;

test.use({ who: 'lin' });

/** So many orders of the shopper's that are accepted, paid and two hours old. */
async function ordered(shop: Shop, count: number): Promise<string[]> {
  const orders = Array.from({ length: count }, (_, at) => {
    const number = String(at + 1).padStart(2, '0');
    return shop.orders(`tp-often-${number}`, paidOrder('shopper_lin', `T2099112300000${number}`));
  });
  return (await Promise.all(orders)).map(({ id }) => id);
}

test('ordinary cancelling says nothing; beyond it each is announced, and a limit still lets the shopper ask', async ({
  order,
  dialog,
  page,
  shop,
  seed,
  words,
}) => {
  const ids = await ordered(shop, FREE + LIMIT_AT + 2);
  const [ordinary, warned, limited, asked] = [0, FREE, FREE + LIMIT_AT - 1, FREE + LIMIT_AT].map((at) => ids[at]);
  const news = page.getByRole('main').locator('.notification');

  await dialog.open(ordinary);
  await dialog.ready();
  for (const text of [words.cancel.counts, words.cancel.counts_warning, words.cancel.counts_limit]) {
    await expect(dialog.root.getByText(text)).toHaveCount(0);
  }
  for (const id of ids.slice(0, FREE)) await shop.cancels(seed.tokens.lin, id);

  // The first that counts: said before it is done, unless the shop is the cause.
  await dialog.open(warned);
  await dialog.ready();
  await expect(dialog.root).toContainText(words.cancel.counts_warning);
  await expect(dialog.root).toContainText(String(FREE));
  expect(await findings(page)).toEqual([]);
  await dialog.reason('等待时间太长').check();
  await expect(dialog.root.getByText(words.cancel.counts_warning)).toHaveCount(0);
  await dialog.reasons.first().check();
  await expect(dialog.root).toContainText(words.cancel.counts_warning);
  await dialog.confirm.click();
  await expect(dialog.result).toBeVisible();
  await page.goto('/notifications');
  await expect(news.filter({ hasText: words.notifications.cancel_warned })).toHaveCount(1);
  // With how many there were and with which number what follows, and where to read about it.
  const told = page.getByRole('main').getByRole('listitem').filter({ hasText: words.notifications.cancel_warned });
  await expect(told).toContainText(String(FREE + 1));
  await expect(told).toContainText(String(FREE + LIMIT_AT));
  expect(await findings(page)).toEqual([]);
  await told.getByRole('link', { name: words.support.help_often }).click();
  await expect(page).toHaveURL(/\/help\/does-cancelling-harm\?shop=tepai$/);
  await order.open(warned);
  await expect(order.timeline).toContainText(String(FREE + LIMIT_AT));

  // The last one before the limit says so, too.
  for (const id of ids.slice(FREE + 1, FREE + LIMIT_AT - 1)) await shop.cancels(seed.tokens.lin, id);
  await order.open(asked);
  await expect(order.cancel).toBeVisible();
  await dialog.open(limited);
  await dialog.ready();
  await expect(dialog.root).toContainText(words.cancel.counts_limit);
  await dialog.reasons.first().check();
  await dialog.confirm.click();
  await expect(dialog.result).toBeVisible();
  await page.goto('/notifications');
  await expect(news.filter({ hasText: words.notifications.cancel_limited })).toHaveCount(1);

  // From now on a person decides. The button is where it was, and the page says why and until when.
  await order.open(asked);
  await expect(order.cancel).toHaveCount(0);
  await expect(order.requestCancel).toBeVisible();
  const [why] = words.order.limited.split('{days}');
  await expect(order.main).toContainText(why);
  await expect(order.main.getByRole('link', { name: words.support.help_often })).toHaveAttribute(
    'href',
    /^\/help\/does-cancelling-harm\?shop=tepai&version=/,
  );
  expect(await findings(page)).toEqual([]);
  await order.requestCancel.click();
  await dialog.ready();
  await expect(dialog.root).toContainText(words.cancel.staff_decide);
  await expect(dialog.root.getByText(words.cancel.counts_limit)).toHaveCount(0);
  await dialog.reasons.first().check();
  await dialog.confirm.click();
  await expect(dialog.result).toHaveText(words.cancel.requested);
});

test('a supervisor sees the limit, lifts it with a reason, and the shopper cancels by themselves again', async ({
  order,
  page,
  shop,
  seed,
  sits,
  says,
  words,
}) => {
  const ids = await ordered(shop, FREE + LIMIT_AT + 1);
  for (const id of ids.slice(0, FREE + LIMIT_AT)) await shop.cancels(seed.tokens.lin, id);
  const last = ids[FREE + LIMIT_AT];
  await order.open(last);
  await expect(order.requestCancel).toBeVisible();

  const { desk: agent } = await sits('wang');
  await agent.open(last);
  const standing = agent.page.getByRole('region', { name: says.order.standing });
  await expect(standing).toContainText(fill(says.order.standing_counted_n, { n: LIMIT_AT, limit: LIMIT_AT }));
  await expect(agent.offered(says.order.limit)).toHaveCount(0);

  const { desk: supervisor } = await sits('zhou');
  await supervisor.open(last);
  await supervisor.offered(says.order.limit).click();
  await expect(supervisor.acts).toContainText(says.order.limit_about);
  await supervisor.acts.getByRole('button', { name: says.order.submit }).click();
  await expect(supervisor.acts.getByText(says.order.note_missing)).toBeVisible();
  await supervisor.acts.getByLabel(says.order.limit_note).fill('是我们缺货');
  expect(await findings(supervisor.page)).toEqual([]);
  await supervisor.acts.getByRole('button', { name: says.order.submit }).click();
  await expect(supervisor.done(says.order.limit)).toBeVisible();
  await expect(supervisor.offered(says.order.limit)).toHaveCount(0);

  // On the page that is open at that moment, and among the notifications, with the reason.
  await expect(order.cancel).toBeVisible(WITHIN_A_SECOND);
  await page.goto('/notifications');
  const told = page.getByRole('main').locator('.notification').filter({ hasText: words.notifications.limit_lifted });
  await expect(told).toContainText('是我们缺货');
});
