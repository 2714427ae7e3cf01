// Where the button is, and where it is never: every state of both shops, in the list, on the page and by link.

import { expect, test } from '../stage/story';

test.use({ readsOnly: true });

type May = 'cancel' | 'request' | 'request some' | 'withdraw' | 'no';

const CASES: [externalId: string, situation: string, may: May][] = [
  ['tp-100001', 'tepai, awaiting payment', 'no'],
  ['tp-100004', 'tepai, pending confirmation', 'cancel'],
  ['tp-100008', 'tepai, pending confirmation with the telephone missing', 'cancel'],
  ['tp-100010', 'tepai, unpacked', 'cancel'],
  ['tp-100018', 'tepai, unpacked and partly cancelled', 'cancel'],
  ['tp-100019', 'tepai, packing', 'no'],
  ['tp-100020', 'tepai, shipped', 'no'],
  ['tp-100022', 'tepai, delivered', 'no'],
  ['tp-100024', 'tepai, completed', 'no'],
  ['tp-100027', 'tepai, cancelled', 'no'],
  ['wf-100101', 'wanfu, awaiting payment', 'cancel'],
  ['wf-100103', 'wanfu, pending confirmation', 'request'],
  ['wf-100105', 'wanfu, pending confirmation, one-tap', 'cancel'],
  ['wf-100106', 'wanfu, unpacked', 'request'],
  ['wf-100111', 'wanfu, unpacked, one-tap', 'cancel'],
  ['wf-100112', 'wanfu, unpacked, presale', 'no'],
  ['wf-100113', 'wanfu, unpacked, one line made to order', 'request some'],
  ['wf-100114', 'wanfu, unpacked, one line issued', 'request some'],
  ['wf-100115', 'wanfu, unpacked, with an open request', 'withdraw'],
  ['wf-100116', 'wanfu, unpacked, after a declined request', 'no'],
  ['wf-100117', 'wanfu, unpacked, after a withdrawn request', 'request'],
  ['wf-100118', 'wanfu, packing', 'no'],
  ['wf-100119', 'wanfu, shipped', 'no'],
  ['wf-100120', 'wanfu, delivered', 'no'],
  ['wf-100122', 'wanfu, completed', 'no'],
  ['wf-100123', 'wanfu, cancelled', 'no'],
];

for (const [externalId, situation, may] of CASES) {
  test(`${situation}: ${may === 'no' ? 'no button anywhere, and the link explains' : may}`, async ({
    orders,
    order,
    dialog,
    page,
    id,
    number,
    words,
  }) => {
    await orders.open({ q: number(externalId) });
    const card = orders.card(number(externalId));
    await expect(card).toHaveCount(1);
    const inList = await orders.cancelIn(card).allTextContents();
    const inCard: Partial<Record<May, string>> = {
      cancel: words.orders.cancel,
      request: words.orders.request_cancel,
      'request some': words.orders.request_cancel,
    };
    // A card has room for one thing to do, so paying or completing may stand in its place.
    for (const text of inList) expect(text).toBe(inCard[may]);

    await orders.link(number(externalId)).click();
    await expect(order.actions).toBeVisible();
    await expect(order.cancel).toHaveCount(may === 'cancel' ? 1 : 0);
    await expect(order.requestCancel).toHaveCount(may === 'request' ? 1 : 0);
    await expect(order.requestCancelSome).toHaveCount(may === 'request some' ? 1 : 0);
    await expect(order.withdraw).toHaveCount(may === 'withdraw' ? 1 : 0);
    await expect(order.anyCancel).toHaveCount(may === 'withdraw' || may === 'no' ? 0 : 1);

    await dialog.open(id(externalId));
    if (may !== 'withdraw' && may !== 'no') {
      await dialog.ready();
      await expect(dialog.root.getByText(words.cancel.stays)).toHaveCount(may === 'request some' ? 1 : 0);
      await expect(dialog.confirm).toHaveText(may === 'cancel' ? words.cancel.confirm : words.cancel.confirm_request);
    } else {
      await expect(dialog.result).toBeVisible();
      await expect(dialog.confirm).toHaveCount(0);
      await expect(dialog.reasons).toHaveCount(0);
      await expect(dialog.root.locator('a[href^="tel:"]').first()).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(dialog.root).toHaveCount(0);
      await expect(order.actions).toBeVisible();
    }
  });
}

test('is told the reason that the rules give', async ({ dialog, id, words }) => {
  for (const [externalId, reason] of [
    ['tp-100001', 'not_paid'],
    ['tp-100019', 'packing'],
    ['tp-100020', 'shipped'],
    ['tp-100022', 'delivered'],
    ['tp-100024', 'completed'],
    ['wf-100112', 'stock_locked'],
    ['wf-100116', 'request_declined'],
    ['wf-100118', 'packing'],
    ['wf-100119', 'shipped'],
  ]) {
    await dialog.open(id(externalId));
    await expect(dialog.root).toContainText(words.notPossible[reason]);
  }
});

test('sees the reason and the ways out on the page of an order that cannot be cancelled', async ({ order, id, words }) => {
  await order.open(id('tp-100019'));
  await expect(order.section(words.order.why_title)).toContainText(words.notPossible.packing);
  await expect(order.section(words.order.why_title)).toContainText(words.order.support_title);
  await order.open(id('tp-100020'));
  await expect(order.section(words.order.why_title)).toContainText(words.order.refuse_title);
  await expect(order.section(words.order.why_title)).toContainText(words.order.return_title);
});
