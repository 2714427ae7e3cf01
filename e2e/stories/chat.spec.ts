// Talking to a person: from an order to the answer, the rating and the transcript; over cut and blocked lines.

import type { Page } from '@playwright/test';

import { findings } from '../stage/axe';
import type { Words } from '../stage/catalogues';
import { appIsThere } from '../stage/pages';
import { expect, test } from '../stage/story';

const ORDER = 'tp-100019';

/** Begins a conversation about a refund, and is on its page afterwards; its id. */
async function begin(page: Page, words: Words, order: string, text: string): Promise<string> {
  await page.goto(`/support?order=${order}&topic=refund`);
  await appIsThere(page);
  await page.getByRole('textbox', { name: words.talk.text }).fill(text);
  await page.locator('#ask').getByRole('button', { name: new RegExp(`^(${words.talk.send}|${words.talk.leave})$`) }).click();
  await expect(page).toHaveURL(/\/support\/[0-9a-f]+$/);
  await expect(page.getByRole('list', { name: words.talk.messages })).toContainText(text);
  return page.url().split('/').at(-1)!;
}

const field = (page: Page, words: Words) => page.getByRole('textbox', { name: words.talk.say, exact: true });
const messages = (page: Page, words: Words) => page.getByRole('list', { name: words.talk.messages });

for (const lang of ['zh-CN', 'en'] as const) {
  test.describe(lang, () => {
    test.use({ lang, viewport: { width: 390, height: 844 } });

    test('from the order to the answer, the rating and the transcript', async ({ page, shop, words, id }) => {
      await page.goto(`/orders/${id(ORDER)}`);
      await appIsThere(page);
      await page.locator('#support').getByRole('link', { name: words.support.chat }).click();
      await expect(page).toHaveURL(new RegExp(`/support\\?order=${id(ORDER)}`));
      await page.getByRole('radio', { name: words.talk.topic_refund }).check();
      expect(await findings(page)).toEqual([]);
      const ask = page.locator('#ask');
      await ask.getByRole('button', { name: new RegExp(`^(${words.talk.send}|${words.talk.leave})$`) }).click();
      await expect(ask).toContainText(words.talk.text_missing);
      await page.getByRole('textbox', { name: words.talk.text }).fill('where is it?');
      await page.reload();
      await appIsThere(page);
      await expect(page.getByRole('textbox', { name: words.talk.text })).toHaveValue('where is it?');
      await ask.getByRole('button', { name: new RegExp(`^(${words.talk.send}|${words.talk.leave})$`) }).click();
      await expect(page).toHaveURL(/\/support\/[0-9a-f]+$/);
      const conversation = page.url().split('/').at(-1)!;
      await expect(messages(page, words)).toContainText('where is it?');
      await shop.answers(conversation, 'on its way');
      await expect(messages(page, words)).toContainText('on its way');
      expect(await findings(page)).toEqual([]);
      await field(page, words).fill('thanks');
      await field(page, words).press('Enter');
      await expect(messages(page, words).getByText('thanks')).toHaveCount(1);
      await expect(messages(page, words)).not.toContainText(words.talk.sending);
      await page.getByText(words.talk.end, { exact: true }).click();
      await page.getByRole('button', { name: words.talk.end_yes }).click();
      await page.getByRole('radio', { name: words.talk.rate_5, exact: true }).check();
      await page.getByRole('button', { name: words.talk.rate_send }).click();
      await expect(page.getByRole('main')).toContainText(words.talk.rate_5);
      const [text] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: words.talk.transcript }).click(),
      ]);
      expect(text.suggestedFilename()).toMatch(/\.txt$/);
    });
  });
}

test.describe('where sockets are blocked', () => {
  test.use({ provokes: /WebSocket/ });

  test('it is asked instead, and nothing is lost', async ({ page, shop, words, id }) => {
    await page.addInitScript(() => {
      window.WebSocket = class {
        constructor() {
          throw new Error('blocked');
        }
      } as unknown as typeof WebSocket;
    });
    const conversation = await begin(page, words, id(ORDER), 'hello');
    await field(page, words).fill('without a socket');
    await field(page, words).press('Enter');
    await expect(messages(page, words).getByText('without a socket')).toHaveCount(1);
    await expect(messages(page, words)).not.toContainText(words.talk.sending);
    await shop.answers(conversation, 'heard');
    await expect(messages(page, words)).toContainText('heard');
  });
});

test.describe('without a network', () => {
  test.use({ provokes: /ERR_|WebSocket|Failed to load/ });

  test('what is said waits, also over a reload, and arrives once', async ({ page, context, words, id }) => {
    await begin(page, words, id(ORDER), 'hello');
    await page.route('**/api/v1/conversations/*/messages*', (route) => route.abort());
    await context.setOffline(true);
    await field(page, words).fill('said in a tunnel');
    await field(page, words).press('Enter');
    await expect(messages(page, words)).toContainText('said in a tunnel');
    await context.setOffline(false);
    await page.unroute('**/api/v1/conversations/*/messages*');
    await page.reload();
    await appIsThere(page);
    await expect(messages(page, words).getByText('said in a tunnel')).toHaveCount(1);
    await expect(messages(page, words)).not.toContainText(words.talk.sending);
    await page.reload();
    await expect(messages(page, words).getByText('said in a tunnel')).toHaveCount(1);
  });
});

test('Enter that chooses a word while composing sends nothing', async ({ page, words, id }) => {
  await begin(page, words, id(ORDER), 'hello');
  await field(page, words).fill('ni hao');
  await field(page, words).dispatchEvent('keydown', { key: 'Enter', isComposing: true });
  await expect(field(page, words)).toHaveValue('ni hao');
  await field(page, words).press('Shift+Enter');
  await expect(field(page, words)).toHaveValue('ni hao\n');
});

test.describe('without the app', () => {
  test.use({ javaScriptEnabled: false });

  test('a question and more words are sent by forms', async ({ page, words, id }) => {
    await page.goto(`/support?order=${id(ORDER)}&topic=refund`);
    await page.getByRole('textbox', { name: words.talk.text }).fill('by a form');
    await page.locator('#ask button[type=submit]').click();
    await expect(page).toHaveURL(/\/support\/[0-9a-f]+$/);
    await expect(messages(page, words)).toContainText('by a form');
    await field(page, words).fill('and more');
    await page.getByRole('button', { name: words.talk.say_send, exact: true }).click();
    await expect(messages(page, words)).toContainText('and more');
  });
});
