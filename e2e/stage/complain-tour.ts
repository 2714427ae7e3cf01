// Complaints, as stops of the tour.

import { expect } from '@playwright/test';

import { ComplainPage, ComplaintPage } from './complaint';
import { PASSWORD, SHOPPERS } from './seed';
import { Authenticator, STAFF_PASSWORD } from './staff';
import type { Guide, Stop } from './tour';

/** An order that takes complaints. */
const ORDER = 'tp-100011';

function written(name: string, more: (page: ComplainPage, guide: Guide) => Promise<void>): Stop {
  return {
    name: `complaining, ${name}`,
    reach: async (guide) => {
      const page = new ComplainPage(guide.page, guide.words);
      await page.open(guide.id(ORDER));
      await more(page, guide);
    },
  };
}

function stop(name: string, more: (page: ComplaintPage, guide: Guide, id: string) => Promise<void>): Stop {
  return {
    name: `complaint, ${name}`,
    changes: true,
    reach: async (guide) => {
      const { page, shop, words, id } = guide;
      const token = await shop.logIn(SHOPPERS.lin, PASSWORD);
      const { id: complaint } = await shop.complains(token, id(ORDER), { text: '-' });
      const shown = new ComplaintPage(page, words);
      await shown.open(complaint);
      await more(shown, guide, complaint);
    },
  };
}

const app = new Authenticator();

/** Staff offer a refund. */
async function offered({ shop }: Guide, complaint: string): Promise<void> {
  const wang = await shop.logInStaff('wang', STAFF_PASSWORD, app.next('wang'));
  await shop.proposes(wang, complaint, { kind: 'refund', amount: 100, reason: '-' });
}

export const COMPLAINING: Stop[] = [
  written('nothing filled in', async (page, { words }) => {
    await page.send.click();
    await expect(page.main).toContainText(words.complaint.text_missing);
  }),
  written('filled in', async (page) => {
    await page.fillIn('-', '1.00');
  }),
  stop('received', async (page, { words }) => {
    await expect(page.state).toHaveText(words.complaint.state_received);
  }),
  stop('with an offer', async (page, guide, complaint) => {
    await offered(guide, complaint);
    await expect(page.state).toHaveText(guide.words.complaint.state_proposed);
    await page.dispute.click();
    await expect(page.why).toBeVisible();
  }),
  stop('asked whether to accept', async (page, guide, complaint) => {
    await offered(guide, complaint);
    await page.button(guide.words.complaint.accept).click();
    await expect(page.dialog).toBeVisible();
  }),
];
