// Talking to a person, as stops of the tour.

import { expect } from '@playwright/test';

import { appIsThere } from './pages';
import type { Stop } from './tour';

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
    reach: async ({ page, shop, words, id }) => {
      await page.goto(`/support?order=${id('tp-100019')}&topic=refund`);
      await appIsThere(page);
      await page.getByRole('textbox', { name: words.talk.text }).fill('-');
      await page.locator('#ask button[type=submit]').click();
      await expect(page).toHaveURL(/\/support\/[0-9a-f]+$/);
      await shop.answers(page.url().split('/').at(-1)!, '…');
      await expect(page.getByRole('list', { name: words.talk.messages })).toContainText('…');
    },
  },
];
