// The pages of complaints, found by role and label.

import { type Locator, type Page, expect } from '@playwright/test';

import type { Words } from './catalogues';
import { appIsThere } from './pages';

export class ComplainPage {
  constructor(
    private readonly page: Page,
    private readonly words: Words,
  ) {}

  async open(order: string, query = ''): Promise<void> {
    await this.page.goto(`/orders/${order}/complain${query}`);
    await appIsThere(this.page);
    await expect(this.send).toBeVisible();
  }

  get main(): Locator {
    return this.page.getByRole('main');
  }

  get send(): Locator {
    return this.main.getByRole('button', { name: this.words.complaint.send, exact: true });
  }

  get text(): Locator {
    return this.main.getByRole('textbox', { name: this.words.complaint.text });
  }

  get amount(): Locator {
    return this.main.getByRole('textbox', { name: this.words.complaint.amount });
  }

  choice(name: string | RegExp): Locator {
    return this.main.getByRole('radio', { name, exact: true });
  }

  /** The service, and a refund. */
  async fillIn(text: string, amount: string): Promise<void> {
    const { complaintTopic, complaintWish } = this.words;
    await this.choice(complaintTopic.service).check();
    await this.text.fill(text);
    await this.choice(complaintWish.refund).check();
    await this.amount.fill(amount);
  }
}

export class ComplaintPage {
  constructor(
    private readonly page: Page,
    private readonly words: Words,
  ) {}

  async open(id: string): Promise<void> {
    await this.page.goto(`/complaints/${id}`);
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

  /** What has happened and what is to come. */
  get course(): Locator {
    return this.main.getByRole('list', { name: this.words.complaint.course });
  }

  /** What a screen reader hears of what happens while the page is open. */
  get news(): Locator {
    return this.main.getByRole('status').first();
  }

  get thread(): Locator {
    return this.section(this.words.complaint.thread).getByRole('list').first();
  }

  section(title: string | RegExp): Locator {
    return this.page.getByRole('region', { name: title, exact: true });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** What opens the form to turn an offer down. */
  get dispute(): Locator {
    return this.main.locator('#dispute > summary');
  }

  get why(): Locator {
    return this.main.getByRole('textbox', { name: this.words.complaint.dispute_label });
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }
}
