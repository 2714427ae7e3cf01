// Somebody of the staff in front of the console: their authenticator app, and where things are.

import { createHmac } from 'node:crypto';

import { type BrowserContext, type Locator, type Page, expect } from '@playwright/test';

import { type ConsoleWords, type Lang, consoleWordsIn } from './catalogues';
import type { Shop } from './shop';
import { test as base } from './story';
import type { Order } from './wire';

export { expect };

export type StaffName = 'wang' | 'zhou' | 'admin';

export const STAFF_PASSWORD = 'demo-Staff-2026';
const SECRET = 'JBSWY3DPEHPK3PXP';
const STEP_MS = 30_000;

/** The code of a step (RFC 6238: SHA-1, six digits). */
function codeOf(step: number): string {
  const bits = [...SECRET].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'));
  const bytes = bits.join('').match(/.{8}/g)!.map((byte) => parseInt(byte, 2));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac('sha1', Buffer.from(bytes)).update(counter).digest();
  const at = digest[digest.length - 1] & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** Their authenticator apps. A code works once, and the server lets a clock be one step off: three codes work in a story. */
export class Authenticator {
  private readonly used = new Map<StaffName, number>();

  next(who: StaffName): string {
    const now = Math.floor(Date.now() / STEP_MS);
    // Not the oldest one that works: in a moment it may not.
    const step = Math.max((this.used.get(who) ?? 0) + 1, now);
    if (step > now + 1) throw new Error(`${who} has no code left in this half minute`);
    this.used.set(who, step);
    return codeOf(step);
  }
}

/** The console as somebody sees it. */
export class Console {
  readonly acts: Locator;

  constructor(
    readonly page: Page,
    private readonly words: ConsoleWords,
  ) {
    this.acts = page.getByRole('region', { name: words.order.acts });
  }

  async fillLogIn(login: string | null, password: string, code: string): Promise<void> {
    const { logIn } = this.words;
    if (login !== null) await this.page.getByLabel(logIn.login).fill(login);
    await this.page.getByLabel(logIn.password).fill(password);
    await this.page.getByLabel(logIn.code, { exact: true }).fill(code);
    await this.page.getByRole('button', { name: logIn.submit, exact: true }).click();
  }

  async open(order: string): Promise<void> {
    await this.page.goto(`/staff/orders/${order}`);
    await expect(this.acts).toBeVisible();
  }

  /** An act that is offered. */
  offered(name: string): Locator {
    return this.acts.getByRole('button', { name });
  }

  done(name: string): Locator {
    return this.acts.getByRole('status').getByText(name);
  }

  get refused(): Locator {
    return this.acts.getByRole('alert').first();
  }
}

interface StaffStage {
  /** What the console says. */
  says: ConsoleWords;
  /** The next code of somebody's app. */
  code: (who: StaffName) => string;
  /** Somebody sits down in front of a browser of their own, logged in. */
  sits: (who: StaffName) => Promise<{ desk: Console; token: string }>;
  desk: Console;
}

export async function sitDownAsStaff(context: BrowserContext, shop: Shop, token: string): Promise<void> {
  await context.addCookies([
    { name: 'tepai_staff', value: token, url: shop.origin, httpOnly: true, sameSite: 'Strict' },
  ]);
}

export const test = base.extend<StaffStage>({
  who: null,
  says: async ({ lang }, use) => use(consoleWordsIn(lang as Lang)),
  // A fixture's first argument names what it needs, and this one needs nothing.
  // eslint-disable-next-line no-empty-pattern
  code: async ({}, use) => {
    const app = new Authenticator();
    await use((who) => app.next(who));
  },
  desk: async ({ page, says }, use) => use(new Console(page, says)),
  sits: async ({ browser, shop, says, lang, code, viewport, baseURL }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (who) => {
      const context = await browser.newContext({ baseURL, locale: lang, viewport });
      contexts.push(context);
      const token = await shop.logInStaff(who, STAFF_PASSWORD, code(who));
      await sitDownAsStaff(context, shop, token);
      return { desk: new Console(await context.newPage(), says), token };
    });
    for (const context of contexts) await context.close();
  },
});

/** The first of a shopper's orders that is as one needs it. */
export async function orderThat(shop: Shop, token: string, fits: (order: Order) => boolean): Promise<Order> {
  const found = (await shop.list(token)).find(fits);
  if (!found) throw new Error('the demo has no such order');
  return found;
}

export const asksToCancel = (order: Order): boolean => order.cancellation.kind === 'requested';
