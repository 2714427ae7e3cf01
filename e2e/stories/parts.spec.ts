// Cancelling part of an order: by line and quantity, to the fen.

import { fill, shape } from '../stage/catalogues';
import { expect, test } from '../stage/story';
import { watchCancels } from '../stage/watch';
import { yuan } from '../stage/wire';

const NOTEBOOK = '布面精装横线笔记本';

test('cancels two of six notebooks, then the rest, and the amounts add up', async ({
  dialog,
  order,
  page,
  id,
  shop,
  seed,
  words,
}) => {
  const { total } = await shop.order(seed.tokens.lin, id('tp-100012'));
  const sent = watchCancels(page);
  await order.open(id('tp-100012'));
  await order.cancel.click();
  await dialog.ready();
  await expect(dialog.slip).toContainText(yuan(total.amount));

  await dialog.choosePart();
  await expect(dialog.root).toContainText(words.cancel.choose_something);
  await dialog.reasons.first().check();
  await dialog.confirm.click({ force: true }); // It says that it is disabled, and stays reachable to say why.
  expect(sent).toEqual([]);

  await dialog.choose(NOTEBOOK, 2);
  await expect(dialog.confirm).toHaveText(fill(words.cancel.confirm_part_other, { n: 2 }));
  await expect(dialog.slip).not.toContainText(yuan(total.amount));
  await dialog.ready();
  const shown = await dialog.slip.locator('.refund-slip-total').textContent();
  await dialog.confirm.click();
  await expect(dialog.result).toHaveText(words.cancel.done_part);
  expect(sent[0].body.lines).toEqual([{ line: 'L1', quantity: 2 }]);

  const partly = await shop.order(seed.tokens.lin, id('tp-100012'));
  expect(partly.state).toBe('unpacked');
  expect(partly.lines[0].cancelled_quantity).toBe(2);
  expect(partly.refunds.map((refund) => yuan(refund.amount.amount))).toEqual([shown]);
  await page.keyboard.press('Escape');
  await expect(order.section(words.order.lines)).toContainText(fill(words.order.line_cancelled, { n: 2 }));
  await expect(order.section(words.order.refunds)).toContainText(shown ?? '');

  await order.cancel.click();
  await dialog.ready();
  await expect(dialog.slip).toContainText(yuan(total.amount - partly.refunds[0].amount.amount));
  await dialog.reasons.first().check();
  await dialog.confirm.click();
  await expect(dialog.result).toHaveText(words.cancel.done);
  const gone = await shop.order(seed.tokens.lin, id('tp-100012'));
  expect(gone.state).toBe('cancelled');
  expect(gone.refunds.reduce((sum, refund) => sum + refund.amount.amount, 0)).toBe(total.amount);
});

test('cancels an order with every discount piece by piece: the pieces are what was paid, to the fen', async ({
  dialog,
  id,
  shop,
  seed,
  words,
}) => {
  const { total } = await shop.order(seed.tokens.lin, id('tp-100011'));
  const pieces: [string, number][] = [
    ['手作粗陶马克杯', 1],
    ['青釉开片功夫茶具套装', 1],
    ['手作粗陶马克杯', 1],
    ['每日坚果礼盒', 2],
  ];
  for (const [title, quantity] of pieces) {
    await dialog.open(id('tp-100011'));
    await dialog.ready();
    await dialog.choosePart();
    await dialog.choose(title, quantity);
    await dialog.ready();
    await expect(dialog.giveBack).toContainText(shape(words.cancel.coupon_still_used));
    await dialog.reasons.first().check();
    await dialog.confirm.click();
    await expect(dialog.result).toHaveText(words.cancel.done_part);
  }
  // One mug is left, so there is nothing to choose any more.
  await dialog.open(id('tp-100011'));
  await dialog.ready();
  await expect(dialog.root.getByRole('radio', { name: words.cancel.part })).toHaveCount(0);
  await expect(dialog.giveBack).toContainText(shape(words.cancel.coupon_back));
  await dialog.reasons.first().check();
  await dialog.confirm.click();
  await expect(dialog.result).toHaveText(words.cancel.done);
  const gone = await shop.order(seed.tokens.lin, id('tp-100011'));
  expect(gone.refunds.reduce((sum, refund) => sum + refund.amount.amount, 0)).toBe(total.amount);
});

test('cannot choose more than there is, nor less than nothing', async ({ dialog, id, words }) => {
  await dialog.open(id('tp-100012'));
  await dialog.ready();
  await dialog.choosePart();
  await dialog.choose(NOTEBOOK, 6);
  const stepper = dialog.root.getByRole('group', { name: fill(words.cancel.how_many, { title: NOTEBOOK }) });
  const more = stepper.getByRole('button', { name: words.cancel.more, exact: true });
  await expect(more).toBeDisabled();
  await more.click({ force: true });
  await expect(stepper.getByRole('spinbutton')).toHaveValue('6');
  const fewer = stepper.getByRole('button', { name: words.cancel.fewer, exact: true });
  for (let time = 0; time < 6; time += 1) await fewer.click();
  await expect(fewer).toBeDisabled();
  await fewer.click({ force: true });
  await expect(stepper.getByRole('spinbutton')).toHaveValue('0');
  await expect(dialog.slip).toHaveCount(0);
});

test('asks to cancel what can be of a mixed order, and the rest stays', async ({ dialog, order, page, id, shop, seed, words }) => {
  const sent = watchCancels(page);
  await order.open(id('wf-100113'));
  const [custom, ordinary] = (await shop.order(seed.tokens.lin, id('wf-100113'))).lines;
  await expect(order.section(words.order.lines)).toContainText(words.notPossible.stock_locked);
  await order.requestCancelSome.click();
  await dialog.ready();
  await expect(dialog.root.getByRole('heading', { level: 2 })).toHaveText(words.cancel.title_request_part);
  const stays = dialog.root.locator('.notice').filter({ hasText: words.cancel.stays });
  await expect(stays).toContainText(custom.title);
  await expect(stays).toContainText(words.notPossible.stock_locked);
  await expect(stays).not.toContainText(ordinary.title);
  await dialog.reasons.first().check();
  await dialog.confirm.click();
  await expect(dialog.result).toHaveText(words.cancel.requested);
  expect(sent.map(({ body }) => body.lines)).toEqual([[{ line: ordinary.id, quantity: ordinary.quantity }]]);
  expect((await shop.order(seed.tokens.lin, id('wf-100113'))).cancellation.kind).toBe('requested');

  await page.keyboard.press('Escape');
  await shop.tells('wf-100113', 'cancellation_approved');
  await expect(order.section(words.order.lines)).toContainText(fill(words.order.line_cancelled, { n: ordinary.quantity }));
  await expect(order.anyCancel).toHaveCount(0);
  const after = await shop.order(seed.tokens.lin, id('wf-100113'));
  expect(after.state).toBe('unpacked');
  expect(after.lines[0].cancelled_quantity).toBe(0);
  expect(after.refunds).toHaveLength(1);
});
