// The stops of the tour at the page that asks for money back after receipt.

import { expect } from '@playwright/test';

import { AskPage, mixed, shipped } from './ask';
import { noPhoto, photo } from './photo';
import { SHOPPERS, PASSWORD } from './seed';
import type { Guide, Stop } from './tour';

function stop(name: string, more: (ask: AskPage, guide: Guide) => Promise<void>, order = mixed): Stop {
  return {
    name: `asking, ${name}`,
    changes: true,
    reach: async (guide) => {
      const { page, shop, words } = guide;
      const shopper = await shop.shopperOf(await shop.logIn(SHOPPERS.lin, PASSWORD));
      const ask = new AskPage(page, words);
      await ask.open(await order(shop, shopper, 'asking'));
      await more(ask, guide);
    },
  };
}

/** Every kind of stop: to choose, to explain, to check, to refuse a parcel. */
export const ASKING: Stop[] = [
  stop('which items', async (ask, { words }) => {
    await ask.line(/笔记本|Notebook/).check();
    await ask.line(/茶具|Tea Set/).check();
    await expect(ask.main).toContainText(words.ask.component_not);
  }),
  stop('nothing chosen', async (ask, { words }) => {
    await ask.next.click();
    await expect(ask.main).toContainText(words.ask.lines_missing);
  }),
  stop('why', async (ask, { words }) => {
    await ask.line(/笔记本|Notebook/).check();
    await ask.next.click();
    await ask.choice(new RegExp(words.ask.return_and_refund)).check();
    await ask.choice(/不想要了|do not want/).check();
    await ask.choice(new RegExp(words.ask.opened)).check();
    await ask.note.fill('-');
  }),
  stop('why, with photos', async (ask, { words }) => {
    await ask.line(/刻字|engraved/).check();
    await ask.next.click();
    await ask.choice(new RegExp(words.ask.return_and_refund)).check();
    await ask.choice(/质量问题|defective/).check();
    await ask.add(photo('IMG_2041.jpg'), noPhoto('receipt.jpg'));
    await expect(ask.file('IMG_2041.jpg')).toContainText(words.evidence.ready);
    await expect(ask.file('receipt.jpg')).toContainText(words.evidence.unknown_type);
    await ask.next.click();
    await expect(ask.main).toContainText(words.ask.condition_missing);
  }),
  stop('the last look', async (ask, { words }) => {
    await ask.line(/笔记本|Notebook/).check();
    await ask.line(/茶具|Tea Set/).check();
    await ask.next.click();
    await ask.choice(new RegExp(words.ask.return_and_refund)).check();
    await ask.choice(/不想要了|do not want/).check();
    await ask.choice(new RegExp(words.ask.opened)).check();
    await ask.add(photo('IMG_2041.jpg'));
    await expect(ask.file('IMG_2041.jpg')).toContainText(words.evidence.ready);
    await ask.next.click();
    await expect(ask.send).not.toHaveAttribute('aria-disabled', 'true');
  }),
  stop('a parcel to refuse', async () => {}, shipped),
];
