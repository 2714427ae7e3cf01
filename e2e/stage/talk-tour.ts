// Talking to a person, as stops of the tour.

import { expect } from '@playwright/test';

import { appIsThere } from './pages';
import type { Guide, Stop } from './tour';

export const TALKING: Stop[] = [
  {
    name: 'support',
    reach: async ({ page, words }) => {
      await page.goto('/support');
      await expect(page.getByRole('heading', { level: 1, name: words.talk.title })).toBeVisible();
    },
  },
  {
    name: 'support, about an order',
    reach: async ({ page, words, id }) => {
      await page.goto(`/support?order=${id('tp-100019')}&topic=refund`);
      await appIsThere(page);
      await page.locator('#ask button[type=submit]').click();
      await expect(page.getByText(words.talk.text_missing)).toBeVisible();
    },
  },
  {
    name: 'a conversation',
    changes: true,
    reach: async (guide) => {
      const { page, shop, words } = guide;
      const conversation = await begins(guide);
      await shop.answers(conversation, '…');
      await expect(page.getByRole('list', { name: words.talk.messages })).toContainText('…');
    },
  },
  {
    name: 'a conversation, asked whether to end it',
    changes: true,
    reach: async (guide) => {
      const { page, words } = guide;
      await begins(guide);
      await page.getByRole('button', { name: words.talk.end, exact: true }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: 'a conversation that has ended',
    changes: true,
    reach: async (guide) => {
      const { page, words } = guide;
      await begins(guide);
      await page.getByRole('button', { name: words.talk.end, exact: true }).click();
      await page.getByRole('button', { name: words.talk.end_yes }).click();
      await page.getByRole('button', { name: words.talk.rate_send }).click();
      await expect(page.getByText(words.talk.rate_missing)).toBeVisible();
    },
  },
];

/** Begins a conversation about a refund; its id. */
async function begins({ page, words, id }: Guide): Promise<string> {
  await page.goto(`/support?order=${id('tp-100019')}&topic=refund`);
  await appIsThere(page);
  await page.getByRole('textbox', { name: words.talk.text }).fill('-');
  await page.locator('#ask button[type=submit]').click();
  await expect(page).toHaveURL(/\/support\/[0-9a-f]+$/);
  return page.url().split('/').at(-1)!;
}
