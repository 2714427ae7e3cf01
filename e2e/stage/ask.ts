// The page that asks for money back after receipt, found by role and label; and orders to ask about.

import { type Locator, type Page, expect } from '@playwright/test';

import type { Words } from './catalogues';
import { newOrder } from './new-order';
import { appIsThere } from './pages';
import type { Shop } from './shop';

/** A file to pick. */
export interface FilePayload {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

export class AskPage {
  constructor(
    private readonly page: Page,
    private readonly words: Words,
  ) {}

  async open(order: string): Promise<void> {
    await this.page.goto(`/orders/${order}/after-sale`);
    await appIsThere(this.page);
    await expect(this.title).toBeVisible();
  }

  get main(): Locator {
    return this.page.getByRole('main');
  }

  get title(): Locator {
    return this.page.getByRole('heading', { level: 1 });
  }

  /** The box of a line. */
  line(title: string | RegExp): Locator {
    return this.main.getByRole('checkbox', { name: title });
  }

  get next(): Locator {
    return this.main.getByRole('button', { name: this.words.ask.next, exact: true });
  }

  get back(): Locator {
    return this.main.getByRole('button', { name: this.words.ask.back, exact: true });
  }

  get send(): Locator {
    return this.main.getByRole('button', { name: this.words.ask.send, exact: true });
  }

  choice(name: string | RegExp): Locator {
    return this.main.getByRole('radio', { name });
  }

  get note(): Locator {
    return this.main.getByRole('textbox', { name: this.words.ask.note });
  }

  /** The field for photos and videos. */
  get files(): Locator {
    return this.main.locator('input[type=file]');
  }

  /** The row of a file. */
  file(name: string): Locator {
    return this.main.getByRole('list', { name: this.words.evidence.files }).getByRole('listitem').filter({ hasText: name });
  }

  async add(...files: FilePayload[]): Promise<void> {
    await this.files.setInputFiles(files);
  }

  /** From the first step to the last: a return for a defect, with one photo. */
  async fillIn(file: FilePayload): Promise<void> {
    const { ask, evidence } = this.words;
    if (!(await this.line(/./).first().isChecked())) await this.line(/./).first().check();
    await this.next.click();
    await expect(this.title).toHaveText(ask.title_why);
    await this.choice(new RegExp(ask.return_and_refund)).check();
    await this.choice(/质量问题|defective/).check();
    await this.choice(new RegExp(ask.unused)).check();
    await this.add(file);
    await expect(this.file(file.name)).toContainText(evidence.ready);
    await this.next.click();
    await expect(this.title).toHaveText(ask.title_check);
    await expect(this.send).not.toHaveAttribute('aria-disabled', 'true');
  }
}

/** An order of so many notebooks that the shopper has signed for; its id. */
export async function delivered(shop: Shop, shopper: string, externalId: string, quantity = 1): Promise<string> {
  return received(shop, shopper, externalId, [{ ...NOTEBOOK, quantity }], ['delivered']);
}

/** One whose parcel is on its way. */
export async function shipped(shop: Shop, shopper: string, externalId: string): Promise<string> {
  return received(shop, shopper, externalId, [{ ...NOTEBOOK, quantity: 1 }], []);
}

/** One of three lines: two notebooks, a tea set of which a part cannot be refunded, and something made to order. */
export async function mixed(shop: Shop, shopper: string, externalId: string): Promise<string> {
  return received(shop, shopper, externalId, [{ ...NOTEBOOK, quantity: 2 }, TEA_SET, ENGRAVED_CUP], ['delivered']);
}

const NOTEBOOK = newOrder('', '', 0).lines[0];

const TEA_SET = {
  id: 'L2',
  title: { 'zh-CN': '青釉茶具六件套', en: 'Celadon Tea Set' },
  quantity: 1,
  unit_price: { amount: 89_900, currency: 'CNY' },
  image_url: '/products/tea-set.svg',
  kind: 'physical',
  components: [
    { id: 'pot', title: { 'zh-CN': '茶壶', en: 'Pot' }, weight: 3, refundable: true },
    { id: 'cups', title: { 'zh-CN': '茶杯 4 只', en: 'Four cups' }, weight: 2, refundable: true },
    { id: 'tea', title: { 'zh-CN': '赠送茶叶', en: 'Tea, a gift' }, weight: 0, refundable: false },
  ],
};

const ENGRAVED_CUP = {
  id: 'L3',
  title: { 'zh-CN': '手作陶瓷马克杯（刻字）', en: 'Stoneware Mug, engraved' },
  quantity: 1,
  unit_price: { amount: 12_800, currency: 'CNY' },
  image_url: '/products/mug.svg',
  kind: 'physical',
  traits: ['custom'],
};

async function received(
  shop: Shop,
  shopper: string,
  externalId: string,
  lines: { quantity: number; unit_price: { amount: number } }[],
  events: string[],
): Promise<string> {
  const amount = lines.reduce((sum, line) => sum + line.unit_price.amount * line.quantity, 0);
  const total = { amount, currency: 'CNY' };
  const order = { ...newOrder(shopper, `TP-${externalId}`, 3_600), lines, amounts: { goods: total, total } };
  const { id } = await shop.orders(externalId, order);
  await shop.tells(externalId, 'paid', {
    payments: [
      {
        channel: 'wechat_pay',
        account: { 'zh-CN': '微信零钱', en: 'WeChat balance' },
        amount: total,
        reference: `pay-${externalId}`,
        paid_at: new Date().toISOString(),
      },
    ],
  });
  for (const event of ['confirmed', 'packing_started']) await shop.tells(externalId, event);
  await shop.tells(externalId, 'shipped', { parcel: { courier: '顺丰速运', tracking_number: 'SF1' } });
  for (const event of events) await shop.tells(externalId, event);
  return id;
}
