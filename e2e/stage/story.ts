// What every story starts from: a server of its own, a shopper in front of a browser, and a watch on the console.

import { copyFileSync, constants } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';

import { type BrowserContext, type Page, expect, test as base } from '@playwright/test';

import { type Lang, type Words, wordsIn } from './catalogues';
import { CancelDialog, LogInPage, LogInPrompt, OrderPage, OrdersPage } from './pages';
import { type Seed, type ShopperName, folder, seed } from './seed';
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
}

interface Stage {
  seed: Seed;
  shop: Shop;
  words: Words;
  logIn: LogInPage;
  prompt: LogInPrompt;
  orders: OrdersPage;
  order: OrderPage;
  dialog: CancelDialog;
  /** The id of a demo order, by the shop's own id. */
  id: (externalId: string) => string;
  /** The number of a demo order, by the shop's own id. */
  number: (externalId: string) => string;
  /** The same shopper in front of another browser. */
  anotherDevice: () => Promise<Page>;
}

interface Workshop {
  /** Opens a shop of one's own. */
  openShop: () => Promise<Shop>;
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

  openShop: [
    async ({}, use) => {
      await use(async () => {
        const database = join(folder(), `${randomUUID()}.db`);
        copyFileSync(seed().database, database, constants.COPYFILE_FICLONE);
        return Shop.open(`sqlite://${database}`);
      });
    },
    { scope: 'worker' },
  ],
  sharedShop: [
    async ({ openShop }, use) => {
      let shared: Promise<Shop> | undefined;
      await use(() => (shared ??= openShop()));
      await (await shared)?.discard();
    },
    { scope: 'worker' },
  ],
  shop: async ({ openShop, sharedShop, readsOnly }, use) => {
    if (readsOnly) {
      await use(await sharedShop());
      return;
    }
    const shop = await openShop();
    await use(shop);
    await shop.discard();
  },

  seed: async ({}, use) => use(seed()),
  locale: async ({ lang }, use) => use(lang),
  baseURL: async ({ shop }, use) => use(shop.origin),
  context: async ({ context, shop, who }, use) => {
    if (who) await sitDown(context, shop.origin, seed().tokens[who]);
    await use(context);
  },
  page: async ({ page }, use) => {
    const complaints = watch(page);
    await use(page);
    expect(complaints, 'errors in the console').toEqual([]);
  },
  words: async ({ lang }, use) => use(wordsIn(lang)),

  logIn: async ({ page, words }, use) => use(new LogInPage(page, words)),
  prompt: async ({ page, words }, use) => use(new LogInPrompt(page, words)),
  orders: async ({ page, words }, use) => use(new OrdersPage(page, words)),
  order: async ({ page, words }, use) => use(new OrderPage(page, words)),
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
