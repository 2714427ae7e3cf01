// A tour through every page in every state, for what must hold everywhere.

import { type Page, expect } from '@playwright/test';

import { ASKING } from './ask-tour';
import type { Words } from './catalogues';
import { lateRefund } from './late-refund';
import { COMPLAINING } from './complain-tour';
import { CancelDialog, CasePage, OrderPage, OrdersPage, RefundPage, refundLinks } from './pages';
import { PASSWORD, SHOPPERS, type ShopperName } from './seed';
import type { Shop } from './shop';
import { TALKING } from './talk-tour';

/** What a stop may use. */
export interface Guide {
  page: Page;
  shop: Shop;
  words: Words;
  id: (externalId: string) => string;
}

/** A page in a state. */
export interface Stop {
  name: string;
  /** Nobody is logged in. */
  loggedOut?: boolean;
  /** Who is logged in, if somebody else than most. */
  who?: ShopperName;
  /** It changes something at the server. */
  changes?: boolean;
  reach: (guide: Guide) => Promise<void>;
}

function order(name: string, externalId: string): Stop {
  return {
    name: `order, ${name}`,
    reach: async ({ page, words, id }) => new OrderPage(page, words).open(id(externalId)),
  };
}

function refund(name: string, externalId: string, at = 0, more?: (guide: Guide) => Promise<void>): Stop {
  return {
    name: `refund, ${name}`,
    reach: async (guide) => {
      const { page, words, id } = guide;
      await new OrderPage(page, words).open(id(externalId));
      await refundLinks(page, words).nth(at).click();
      await expect(new RefundPage(page, words).route).toBeVisible();
      await more?.(guide);
    },
  };
}

/** Asks for another way for the refund that is shown. */
async function asksForAnotherWay({ page, words }: Guide): Promise<void> {
  const text = words.refundPage;
  await page.getByLabel(text.way_card, { exact: true }).fill('6222 0212 3456 7890 128');
  await page.getByLabel(text.way_holder, { exact: true }).fill('林小满');
  await page.getByLabel(text.way_bank, { exact: true }).fill('ICBC');
  await page.getByLabel(text.way_password, { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: text.way_ask, exact: true }).click();
  await expect(page.getByRole('button', { name: text.way_withdraw, exact: true })).toBeVisible();
}

function dialog(name: string, externalId: string, more?: (dialog: CancelDialog, guide: Guide) => Promise<void>): Stop {
  return {
    name: `dialog, ${name}`,
    reach: async (guide) => {
      const found = new CancelDialog(guide.page, guide.words);
      await found.open(guide.id(externalId));
      await expect(found.confirm.or(found.result).first()).toBeVisible();
      if (more) {
        await found.ready();
        await more(found, guide);
      }
    },
  };
}

function list(name: string, query: Record<string, string>): Stop {
  return {
    name: `orders, ${name}`,
    reach: async ({ page, words }) => {
      const orders = new OrdersPage(page, words);
      await orders.open(query);
    },
  };
}

/** A case that stands so. */
function kase(state: string, more?: (guide: Guide) => Promise<void>): Stop {
  return {
    name: `case, ${state.replace('_', ' ')}`,
    reach: async (guide) => {
      const { page, shop, words } = guide;
      const cases = await shop.casesByState(await shop.logIn(SHOPPERS.lin, PASSWORD));
      await new CasePage(page, words).open(cases[state].case);
      await more?.(guide);
    },
  };
}

export const TOUR: Stop[] = [
  {
    name: 'log-in',
    loggedOut: true,
    reach: async ({ page, words }) => {
      await page.goto('/login');
      await expect(page.getByRole('heading', { level: 1, name: words.session.title })).toBeVisible();
    },
  },
  {
    name: 'log-in, refused',
    loggedOut: true,
    reach: async ({ page, words }) => {
      await page.goto('/login');
      await page.getByRole('button', { name: words.session.submit, exact: true }).click();
      await expect(page.getByText(words.session.login_required)).toBeVisible();
      await page.getByLabel(words.session.login, { exact: true }).fill('nobody@example.com');
      await page.getByLabel(words.session.password, { exact: true }).fill('wrong-password');
      // Whether it is this answer or that of too many attempts, it looks the same.
      await page.getByRole('button', { name: words.session.submit, exact: true }).click();
      await expect(page.getByRole('alert')).toBeVisible();
    },
  },
  list('all', {}),
  list('cancelled', { tab: 'cancelled' }),
  list('refunds', { tab: 'after_sale' }),
  list('nothing matches', { q: 'no such thing' }),
  list('nothing matches here', { tab: 'to_receive', q: '笔记本' }),
  {
    name: 'orders, dates open',
    reach: async ({ page, words }) => {
      const orders = new OrdersPage(page, words);
      await orders.open();
      await orders.dates.click();
      await expect(page.getByLabel(words.orders.from, { exact: true })).toBeVisible();
    },
  },
  {
    name: 'orders, menu open',
    reach: async ({ page, words }) => {
      await new OrdersPage(page, words).open();
      await page.getByRole('banner').locator('summary').click();
      await expect(page.getByRole('button', { name: words.common.log_out })).toBeVisible();
    },
  },
  {
    name: 'orders, loading',
    // The first page comes with its orders; another tab has to be asked for.
    reach: async ({ page, words }) => {
      const orders = new OrdersPage(page, words);
      await orders.open();
      await page.route(/\/api\/v1\/orders\?/, () => {});
      await orders.tab('to_receive').click();
      await expect(page.locator('.skeleton').first()).toBeVisible();
    },
  },
  {
    name: 'orders, failed and offline',
    reach: async ({ page, words }) => {
      const orders = new OrdersPage(page, words);
      await orders.open();
      await page.context().setOffline(true);
      await orders.tab('to_receive').click();
      await expect(page.getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'order, loading',
    reach: async ({ page, words }) => {
      const orders = new OrdersPage(page, words);
      await orders.open();
      await page.route(/\/api\/v1\/orders\/\w+$/, () => {});
      await orders.cards.first().getByRole('heading').getByRole('link').click();
      await expect(page.locator('.skeleton').first()).toBeVisible();
    },
  },
  {
    name: 'order, failed and offline',
    reach: async ({ page, words }) => {
      const orders = new OrdersPage(page, words);
      await orders.open();
      await page.context().setOffline(true);
      await orders.cards.first().getByRole('heading').getByRole('link').click();
      await expect(page.getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'refund, loading',
    reach: async ({ page, words, id }) => {
      await new OrderPage(page, words).open(id('tp-100028'));
      await page.route(/\/api\/v1\/refunds\//, () => {});
      await refundLinks(page, words).click();
      await expect(page.locator('.skeleton').first()).toBeVisible();
    },
  },
  {
    name: 'refund, failed to load and offline',
    reach: async ({ page, words, id }) => {
      await new OrderPage(page, words).open(id('tp-100028'));
      await page.mouse.move(5, 5); // Fetches the code of other pages.
      await page.waitForLoadState('networkidle');
      await page.context().setOffline(true);
      await refundLinks(page, words).click();
      await expect(page.getByRole('alert')).toBeVisible();
    },
  },
  refund('approved', 'tp-100027'),
  refund('sent', 'tp-100028'),
  refund('arrived, one of two', 'tp-100029'),
  refund('failed', 'tp-100030'),
  refund('in clearing', 'tp-100031'),
  refund('failed, another way with mistakes', 'tp-100030', 0, async ({ page, words }) => {
    await page.getByRole('button', { name: words.refundPage.way_ask, exact: true }).click();
    await expect(page.getByText(words.refundPage.way_required).first()).toBeVisible();
  }),
  refund('approved, another way open to fill in', 'tp-100027', 0, async ({ page, words }) => {
    await page.locator('summary').filter({ hasText: words.refundPage.way_title }).click();
    await expect(page.getByRole('button', { name: words.refundPage.way_ask, exact: true })).toBeVisible();
  }),
  {
    name: 'refund, late',
    who: 'many',
    reach: async ({ page, words, shop }) => {
      const { refund } = await lateRefund(shop);
      await new RefundPage(page, words).open(refund.id);
      await expect(page.getByText(words.refundPage.late_title)).toBeVisible();
    },
  },
  {
    name: 'refund, not found',
    reach: async ({ page, words }) => {
      await page.goto('/refunds/no-such-refund');
      await expect(page.getByRole('heading', { name: words.refundPage.gone_title })).toBeVisible();
    },
  },
  kase('open'),
  kase('awaiting_return'),
  kase('returning'),
  kase('rejected', async ({ page, words }) => {
    await page.getByRole('button', { name: words.casePage.appeal_send, exact: true }).click();
    await expect(page.getByText(words.casePage.required)).toBeVisible();
  }),
  kase('appealed', async ({ page, words }) => {
    await page.getByRole('button', { name: words.casePage.withdraw, exact: true }).click();
    await expect(page.getByRole('dialog', { name: words.casePage.withdraw_title })).toBeVisible();
  }),
  kase('refunded'),
  kase('withdrawn'),
  kase('closed'),
  {
    name: 'case, not found',
    reach: async ({ page, words }) => {
      await page.goto('/cases/no-such-C1');
      await expect(page.getByRole('heading', { name: words.casePage.gone_title })).toBeVisible();
    },
  },
  {
    name: 'order, with a case',
    reach: async ({ page, shop, words }) => {
      const cases = await shop.casesByState(await shop.logIn(SHOPPERS.lin, PASSWORD));
      await new OrderPage(page, words).open(cases.open.order);
    },
  },
  order('awaiting payment', 'tp-100001'),
  order('awaiting payment at wanfu', 'wf-100102'),
  order('no courier', 'tp-100004'),
  order('system delay', 'tp-100006'),
  order('telephone missing', 'tp-100008'),
  order('district and street missing', 'tp-100009'),
  order('unpacked', 'tp-100011'),
  order('partly cancelled', 'tp-100018'),
  order('packing', 'tp-100019'),
  order('shipped', 'tp-100020'),
  order('delivered', 'tp-100022'),
  order('completed', 'tp-100024'),
  order('cancelled', 'tp-100027'),
  order('refund sent', 'tp-100028'),
  order('refund arrived', 'tp-100029'),
  order('refund failed', 'tp-100030'),
  order('cancelled by the seller', 'tp-100031'),
  order('closed unpaid', 'tp-100032'),
  order('pending at wanfu', 'wf-100103'),
  order('unpacked at wanfu', 'wf-100106'),
  order('presale', 'wf-100112'),
  order('of which a line stays', 'wf-100113'),
  order('requested', 'wf-100115'),
  order('request declined', 'wf-100116'),
  order('packing at wanfu', 'wf-100118'),
  order('shipped at wanfu', 'wf-100119'),
  order('issued', 'wf-100120'),
  order('completed at wanfu', 'wf-100122'),
  order('cancelled by staff', 'wf-100124'),
  dialog('form', 'tp-100011', async (found) => {
    await expect(found.giveBack).toBeVisible();
  }),
  dialog('parts', 'tp-100011', async (found, { words }) => {
    await found.choosePart();
    await found.root.getByRole('button', { name: words.cancel.more, exact: true }).first().click();
    await found.ready();
    await found.reasons.last().check();
    await expect(found.root.getByLabel(words.cancel.note)).toBeVisible();
  }),
  dialog('nothing chosen', 'tp-100012', async (found, { words }) => {
    await found.choosePart();
    await expect(found.root.getByText(words.cancel.choose_something).first()).toBeVisible();
  }),
  dialog('reason missing', 'tp-100010', async (found, { words }) => {
    await found.confirm.click();
    await expect(found.root.getByText(words.cancel.reason_missing)).toBeVisible();
  }),
  dialog('expired coupon', 'tp-100014', async (found) => {
    await expect(found.giveBack).toBeVisible();
  }),
  dialog('unpaid', 'wf-100101', async () => {}),
  dialog('request', 'wf-100106', async () => {}),
  dialog('request for some lines', 'wf-100113', async (found, { words }) => {
    await expect(found.root.getByText(words.cancel.stays)).toBeVisible();
  }),
  dialog('packing', 'tp-100019'),
  dialog('shipped', 'tp-100020'),
  dialog('already cancelled', 'tp-100027'),
  dialog('already requested', 'wf-100115'),
  dialog('stock locked', 'wf-100112'),
  {
    ...dialog('no answer', 'tp-100010', async (found, { page, words }) => {
      await found.reasons.first().check();
      await page.context().setOffline(true);
      await found.confirm.click();
      await expect(found.root.getByRole('alert')).toContainText(words.cancel.lost_title);
    }),
    // The cancel is sent again when the network is back.
    changes: true,
  },
  {
    name: 'not found',
    reach: async ({ page, words }) => {
      await page.goto('/orders/no-such-order');
      await expect(page.getByRole('heading', { name: words.common.not_found_title })).toBeVisible();
    },
  },
  {
    name: 'no such page',
    reach: async ({ page, words }) => {
      await page.goto('/no/such/page');
      await expect(page.getByRole('heading', { name: words.common.not_found_title })).toBeVisible();
    },
  },
  {
    name: 'notifications',
    changes: true,
    reach: async ({ page }) => {
      await page.goto('/notifications');
      await expect(page.locator('.notification').first()).toBeVisible();
    },
  },
  {
    name: 'notifications, none',
    who: 'zhao',
    changes: true,
    reach: async ({ page }) => {
      await page.goto('/notifications');
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    },
  },
  ...TALKING,
  ...COMPLAINING,
  {
    name: 'help',
    reach: async ({ page }) => {
      await page.goto('/help');
      await expect(page.locator('.help-entry').first()).toBeVisible();
    },
  },
  {
    name: 'help, nothing found',
    reach: async ({ page }) => {
      await page.goto('/help?q=xyzzy');
      await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible();
    },
  },
  {
    name: 'help, an article',
    reach: async ({ page }) => {
      await page.goto('/help/return-goods?shop=tepai');
      await expect(page.locator('.help-answer')).toBeVisible();
    },
  },
  {
    name: 'help, a policy',
    reach: async ({ page }) => {
      await page.goto('/help/policies/wanfu');
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    },
  },
  // What changes something comes last, so that the others find what they expect.
  { ...refund('another way asked for', 'tp-100030', 0, asksForAnotherWay), changes: true },
  {
    ...refund('another way declined', 'tp-100030', 0, async (guide) => {
      const { page, shop } = guide;
      await asksForAnotherWay(guide);
      await shop.decides(page.url().split('/').pop() ?? '', 'decline', 'ICBC: 0128');
      await expect(page.locator('.refund-way').getByText('ICBC: 0128')).toBeVisible();
    }),
    changes: true,
  },
  {
    ...dialog('done', 'tp-100013', async (found, { words }) => {
      await found.reasons.first().check();
      await found.confirm.click();
      await expect(found.result).toHaveText(words.cancel.done);
    }),
    changes: true,
  },
  {
    ...dialog('requested', 'wf-100108', async (found, { words }) => {
      await found.reasons.first().check();
      await found.confirm.click();
      await expect(found.result).toHaveText(words.cancel.requested);
    }),
    changes: true,
  },
  {
    ...dialog('overtaken', 'tp-100016', async (found, { shop, words }) => {
      await shop.tells('tp-100016', 'packing_started');
      await expect(found.result).toHaveText(words.cancel.overtaken_packing);
    }),
    changes: true,
  },
  {
    ...dialog('refused', 'tp-100017', async (found, { page, shop, words }) => {
      await found.reasons.first().check();
      await page.route('**/cancellation', async (route) => {
        await shop.tells('tp-100017', 'packing_started');
        await route.continue();
      });
      await found.confirm.click();
      await expect(found.result).toHaveText(words.cancel.refused_packing);
    }),
    changes: true,
  },
  {
    name: 'order, overtaken',
    changes: true,
    reach: async ({ page, words, id, shop }) => {
      const found = new OrderPage(page, words);
      await found.open(id('tp-100015'));
      await shop.tells('tp-100015', 'packing_started');
      await expect(found.news).toContainText(words.order.news_packing);
    },
  },
  {
    name: 'session ended',
    changes: true,
    reach: async ({ page, words, shop }) => {
      const orders = new OrdersPage(page, words);
      await orders.open();
      const cookies = await page.context().cookies();
      const token = cookies.find((cookie) => cookie.name === 'tepai_session')?.value ?? '';
      await shop.endsSession(token);
      await orders.tab('cancelled').click();
      await expect(page.getByRole('dialog', { name: words.session.expired_title })).toBeVisible();
    },
  },
  {
    ...dialog('session ended', 'tp-100012', async (found, { page, shop, words }) => {
      await found.reasons.first().check();
      const cookies = await page.context().cookies();
      await shop.endsSession(cookies.find((cookie) => cookie.name === 'tepai_session')?.value ?? '');
      await found.confirm.click();
      await expect(page.getByRole('dialog', { name: words.session.expired_title })).toBeVisible();
    }),
    changes: true,
  },
  ...ASKING,
];
