// What is on the pages, found by role and label.

import { type Locator, type Page, expect } from '@playwright/test';

import { type Words, fill } from './catalogues';

/** The app has drawn over what the server sent: from here on it answers. */
export async function appIsThere(page: Page): Promise<void> {
  await expect(page.locator('#boot, #served')).toHaveCount(0);
}

/** The page has come to rest after a turn of the wheel. */
export async function rests(page: Page): Promise<void> {
  let before = -1;
  const moved = async () => {
    const top = await page.evaluate(() => scrollY);
    const same = top === before;
    before = top;
    return !same;
  };
  await expect.poll(moved, { intervals: [300] }).toBe(false);
}

export class LogInPage {
  constructor(
    private readonly page: Page,
    private readonly words: Words,
  ) {}

  async open(next?: string): Promise<void> {
    await this.page.goto(next ? `/login?next=${encodeURIComponent(next)}` : '/login');
    await appIsThere(this.page);
    await expect(this.heading).toBeVisible();
  }

  get heading(): Locator {
    return this.page.getByRole('heading', { level: 1, name: this.words.session.title });
  }

  get login(): Locator {
    return this.page.getByLabel(this.words.session.login, { exact: true });
  }

  get password(): Locator {
    return this.page.getByLabel(this.words.session.password, { exact: true });
  }

  get alert(): Locator {
    return this.page.getByRole('alert');
  }

  get submit(): Locator {
    return this.page.getByRole('button', { name: this.words.session.submit, exact: true });
  }

  async logIn(login: string, password: string): Promise<void> {
    await this.login.fill(login);
    await this.password.fill(password);
    await this.submit.click();
  }
}

/** The dialog that asks to log in again above the open page. */
export class LogInPrompt {
  readonly dialog: Locator;

  constructor(
    page: Page,
    private readonly words: Words,
  ) {
    this.dialog = page.getByRole('dialog', { name: words.session.expired_title });
  }

  async logIn(login: string, password: string): Promise<void> {
    await this.dialog.getByLabel(this.words.session.login, { exact: true }).fill(login);
    await this.dialog.getByLabel(this.words.session.password, { exact: true }).fill(password);
    await this.dialog.getByRole('button', { name: this.words.session.continue_ }).click();
  }
}

export class OrdersPage {
  constructor(
    private readonly page: Page,
    private readonly words: Words,
  ) {}

  async open(query: Record<string, string> = {}): Promise<void> {
    const search = new URLSearchParams(query).toString();
    await this.page.goto(search ? `/orders?${search}` : '/orders');
    await appIsThere(this.page);
    await expect(this.heading).toBeVisible();
    await this.settled();
  }

  /** The list, or what stands in its place, belongs to the URL. */
  async settled(): Promise<void> {
    await expect(this.status).toHaveText(new RegExp(`\\d|${this.words.orders.found_none}`));
  }

  get heading(): Locator {
    return this.page.getByRole('heading', { level: 1, name: this.words.common.my_orders });
  }

  /** What a screen reader hears of the list: how many orders there are. */
  get status(): Locator {
    return this.page.getByRole('main').getByRole('status');
  }

  get list(): Locator {
    return this.page.getByRole('list', { name: this.words.orders.list });
  }

  get cards(): Locator {
    return this.list.getByRole('article');
  }

  card(number: string): Locator {
    return this.cards.filter({ hasText: number });
  }

  /** The link of a card that opens the order. */
  link(number: string): Locator {
    return this.card(number).getByRole('heading').getByRole('link');
  }

  tab(code: string): Locator {
    return this.page
      .getByRole('navigation', { name: this.words.orders.tabs })
      .getByRole('link', { name: new RegExp(`^${this.words.tab[code]}`) });
  }

  get search(): Locator {
    return this.page.getByRole('searchbox', { name: this.words.orders.search });
  }

  /** What opens the choice of days; says which are chosen. */
  get dates(): Locator {
    return this.page.getByRole('main').locator('summary');
  }

  async chooseDays(from: string, to: string): Promise<void> {
    await this.dates.click();
    await this.page.getByLabel(this.words.orders.from, { exact: true }).fill(from);
    await this.page.getByLabel(this.words.orders.to, { exact: true }).fill(to);
    await this.page.getByRole('button', { name: this.words.orders.apply, exact: true }).click();
  }

  get more(): Locator {
    return this.page.getByRole('link', { name: this.words.orders.load_more });
  }

  get end(): Locator {
    return this.page.getByText(this.words.orders.end);
  }

  /** Anything in a card that cancels or asks for it. */
  cancelIn(card: Locator): Locator {
    return card.getByRole('link', { name: anyOf(this.words.orders.cancel, this.words.orders.request_cancel) });
  }
}

export class OrderPage {
  constructor(
    private readonly page: Page,
    private readonly words: Words,
  ) {}

  async open(id: string): Promise<void> {
    await this.page.goto(`/orders/${id}`);
    await appIsThere(this.page);
    await expect(this.actions).toBeVisible();
  }

  get state(): Locator {
    return this.page.getByRole('heading', { level: 1 });
  }

  get main(): Locator {
    return this.page.getByRole('main');
  }

  /** What is explained above the order because it happened while the page was open. */
  get news(): Locator {
    return this.main.getByRole('status');
  }

  get actions(): Locator {
    return this.page.getByRole('group', { name: this.words.order.can_do });
  }

  get cancel(): Locator {
    return this.actions.getByRole('link', { name: this.words.order.cancel, exact: true });
  }

  get requestCancel(): Locator {
    return this.actions.getByRole('link', { name: this.words.order.request_cancel, exact: true });
  }

  get requestCancelSome(): Locator {
    return this.actions.getByRole('link', { name: this.words.order.request_cancel_some, exact: true });
  }

  get withdraw(): Locator {
    return this.actions.getByRole('button', { name: this.words.order.withdraw });
  }

  /** Anything on the page that cancels or asks for it. */
  get anyCancel(): Locator {
    const { cancel, cancel_some, request_cancel, request_cancel_some } = this.words.order;
    const name = anyOf(cancel, cancel_some, request_cancel, request_cancel_some);
    return this.page.getByRole('link', { name }).or(this.page.getByRole('button', { name }));
  }

  section(title: string): Locator {
    return this.page.getByRole('region', { name: title, exact: true });
  }

  get timeline(): Locator {
    return this.section(this.words.order.timeline);
  }
}

export class RefundPage {
  constructor(
    private readonly page: Page,
    private readonly words: Words,
  ) {}

  async open(id: string): Promise<void> {
    await this.page.goto(`/refunds/${id}`);
    await appIsThere(this.page);
    await expect(this.route).toBeVisible();
  }

  get main(): Locator {
    return this.page.getByRole('main');
  }

  /** Where the money is, in words. */
  get state(): Locator {
    return this.page.getByRole('heading', { level: 1 });
  }

  /** The places that the money passes. */
  get route(): Locator {
    return this.main.getByRole('list', { name: this.words.refundPage.route });
  }

  /** The place where the money is. */
  get here(): Locator {
    return this.route.locator('[aria-current="step"]');
  }

  /** What a screen reader hears of what happens while the page is open. */
  get news(): Locator {
    return this.main.getByRole('status');
  }

  section(title: string): Locator {
    return this.page.getByRole('region', { name: title, exact: true });
  }

  /** What to call and where to write about what is wrong, beside the picture. */
  way(name: string): Locator {
    return this.main.getByRole('link', { name, exact: true });
  }
}

export class CasePage {
  constructor(
    private readonly page: Page,
    private readonly words: Words,
  ) {}

  async open(id: string): Promise<void> {
    await this.page.goto(`/cases/${id}`);
    await appIsThere(this.page);
    await expect(this.course).toBeVisible();
  }

  get main(): Locator {
    return this.page.getByRole('main');
  }

  /** How it stands, in a line. */
  get state(): Locator {
    return this.page.getByRole('heading', { level: 1 });
  }

  /** What has happened and what is to come, in a picture. */
  get course(): Locator {
    return this.main.getByRole('list', { name: this.words.casePage.course });
  }

  /** Where it is now. */
  get here(): Locator {
    return this.course.locator('[aria-current="step"]');
  }

  /** What a screen reader hears of what happens while the page is open. */
  get news(): Locator {
    return this.main.getByRole('status').first();
  }

  get thread(): Locator {
    return this.section(this.words.casePage.thread).getByRole('list').first();
  }

  section(title: string): Locator {
    return this.page.getByRole('region', { name: title, exact: true });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }
}

export class CancelDialog {
  readonly root: Locator;

  constructor(
    private readonly page: Page,
    private readonly words: Words,
  ) {
    // Drawn in advance, it is there while it is closed.
    this.root = page.locator('dialog.cancel-dialog[open]');
  }

  /** Opens it by its own URL. */
  async open(id: string): Promise<void> {
    await this.page.goto(`/orders/${id}/cancel`);
    await appIsThere(this.page);
    await expect(this.root).toBeVisible();
  }

  /** Waits until the money is shown and everything can be filled in. */
  async ready(): Promise<void> {
    await appIsThere(this.page);
    await expect(this.reasons.first()).toBeVisible();
    await expect(this.confirm).not.toHaveAttribute('aria-disabled', 'true');
  }

  get title(): Locator {
    return this.root.getByRole('heading', { level: 2 });
  }

  /** What became of it. */
  get result(): Locator {
    return this.root.getByRole('heading', { level: 3 });
  }

  get slip(): Locator {
    return this.root.getByRole('region', { name: this.words.cancel.slip });
  }

  get giveBack(): Locator {
    return this.root.getByRole('list', { name: this.words.cancel.give_back });
  }

  get reasons(): Locator {
    return this.root.getByRole('radiogroup', { name: this.words.cancel.why }).getByRole('radio');
  }

  reason(label: string): Locator {
    return this.root.getByRole('radio', { name: label });
  }

  get keep(): Locator {
    return this.root.getByRole('button', { name: this.words.cancel.keep, exact: true });
  }

  /** The button that does it, whatever it says. */
  get confirm(): Locator {
    return this.root.locator('.dialog-foot button[type=submit]');
  }

  get close(): Locator {
    return this.root.getByRole('button', { name: this.words.common.close, exact: true });
  }

  async choosePart(): Promise<void> {
    await this.root.getByRole('radio', { name: this.words.cancel.part }).check();
  }

  /** Chooses one more of a line, so many times. */
  async choose(title: string, times: number): Promise<void> {
    const stepper = this.root.getByRole('group', { name: fill(this.words.cancel.how_many, { title }) });
    for (let time = 0; time < times; time += 1) {
      await stepper.getByRole('button', { name: this.words.cancel.more, exact: true }).click();
    }
  }
}

/** The links of an order's page to its refunds. */
export function refundLinks(page: Page, words: Words): Locator {
  return page
    .getByRole('region', { name: words.order.refunds, exact: true })
    .getByRole('link', { name: words.order.refund_more });
}

function anyOf(...names: string[]): RegExp {
  return new RegExp(`^(${names.join('|')})$`);
}
