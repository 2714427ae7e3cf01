// What every story starts from: a server of its own, a shopper in front of a browser, and a watch on the console.

import { type BrowserContext, type Page, expect, test as base } from '@playwright/test';

import { type Lang, type Words, wordsIn } from './catalogues';
import { CancelDialog, CasePage, LogInPage, LogInPrompt, OrderPage, OrdersPage, RefundPage } from './pages';
import { type Kind, type Seed, type ShopperName, copyOf, seedOf } from './seed';
import { Shop } from './shop';
import { watch } from './watch';

export { expect };

/** Long enough for an event to be drawn, short enough to be "within a second" for a person. */
export const WITHIN_A_SECOND = { timeout: 1_500 };

interface Options {
  /** The shopper's language. */
  lang: Lang;
  /** Who is logged in when the story begins. */
  who: ShopperName | null;
  /** The story changes nothing at the server, so it may share one with others. */
  readsOnly: boolean;
  /** Complaints in the console that are what the story is about. */
  provokes: RegExp | null;
}

interface Stage {
  seed: Seed;
  shop: Shop;
  words: Words;
  logIn: LogInPage;
  prompt: LogInPrompt;
  orders: OrdersPage;
  order: OrderPage;
  refund: RefundPage;
  kase: CasePage;
  dialog: CancelDialog;
  /** The id of a demo order, by the shop's own id. */
  id: (externalId: string) => string;
  /** The number of a demo order, by the shop's own id. */
  number: (externalId: string) => string;
  /** The same shopper in front of another browser. */
  anotherDevice: () => Promise<Page>;
}

interface Workshop {
  /** What the servers keep their orders in. */
  database: Kind;
  /** Runs `use` with a shop on a database of its own. */
  withShop: (use: (shop: Shop) => Promise<void>) => Promise<void>;
  /** The shop of those who change nothing. */
  sharedShop: () => Promise<Shop>;
}

export async function sitDown(context: BrowserContext, origin: string, token: string): Promise<void> {
  await context.addCookies([
    { name: 'tepai_session', value: token, url: origin, httpOnly: true, sameSite: 'Lax' },
  ]);
}

export const test = base.extend<Options & Stage, Workshop>({
  lang: ['zh-CN', { option: true }],
  who: ['lin', { option: true }],
  readsOnly: [false, { option: true }],
  provokes: [null, { option: true }],

  database: ['sqlite', { option: true, scope: 'worker' }],
  withShop: [
    async ({ database }, use) => {
      await use(async (body) => {
        const copy = await copyOf(database);
        const shop = await Shop.open(copy);
        try {
          await body(shop);
        } finally {
          await shop.discard();
          await copy.remove();
        }
      });
    },
    { scope: 'worker' },
  ],
  sharedShop: [
    async ({ withShop }, use) => {
      let close = (): void => {};
      let closed: Promise<void> | undefined;
      let shared: Promise<Shop> | undefined;
      const open = () =>
        new Promise<Shop>((found, failed) => {
          closed = withShop((shop) => {
            found(shop);
            return new Promise((done) => (close = done));
          });
          closed.catch(failed);
        });
      await use(() => (shared ??= open()));
      close();
      await closed;
    },
    { scope: 'worker' },
  ],
  shop: async ({ withShop, sharedShop, readsOnly }, use) => {
    if (readsOnly) await use(await sharedShop());
    else await withShop(use);
  },

  seed: async ({ database }, use) => use(seedOf(database)),
  locale: async ({ lang }, use) => use(lang),
  baseURL: async ({ shop }, use) => use(shop.origin),
  context: async ({ context, shop, seed, who }, use) => {
    if (who) await sitDown(context, shop.origin, seed.tokens[who]);
    await use(context);
  },
  page: async ({ page, provokes }, use) => {
    const complaints = watch(page);
    await use(page);
    expect(complaints.filter((complaint) => !provokes?.test(complaint)), 'errors in the console').toEqual([]);
  },
  words: async ({ lang }, use) => use(wordsIn(lang)),

  logIn: async ({ page, words }, use) => use(new LogInPage(page, words)),
  prompt: async ({ page, words }, use) => use(new LogInPrompt(page, words)),
  orders: async ({ page, words }, use) => use(new OrdersPage(page, words)),
  order: async ({ page, words }, use) => use(new OrderPage(page, words)),
  refund: async ({ page, words }, use) => use(new RefundPage(page, words)),
  kase: async ({ page, words }, use) => use(new CasePage(page, words)),
  dialog: async ({ page, words }, use) => use(new CancelDialog(page, words)),
  id: async ({ seed }, use) => use((externalId) => known(seed, externalId).id),
  number: async ({ seed }, use) => use((externalId) => known(seed, externalId).number),
  anotherDevice: async ({ browser, shop, seed, lang, baseURL }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext({ baseURL, locale: lang });
      contexts.push(context);
      await sitDown(context, shop.origin, seed.tokens.lin);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },
});

function known(seed: Seed, externalId: string) {
  const order = seed.orders[externalId];
  if (!order) throw new Error(`no demo order ${externalId}`);
  return order;
}
