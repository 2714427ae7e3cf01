// Talking to a person: from an order to the answer, the rating and the transcript; over cut and blocked lines.

import type { Page } from '@playwright/test';

import { findings } from '../stage/axe';
import { type Words, fill } from '../stage/catalogues';
import { appIsThere } from '../stage/pages';
import { photo } from '../stage/photo';
import { PASSWORD } from '../stage/seed';
import { expect, test } from '../stage/story';
import { yuan } from '../stage/wire';

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
      await page.getByRole('button', { name: words.talk.end, exact: true }).click();
      const asked = page.getByRole('dialog', { name: words.talk.end_title });
      await expect(asked.getByRole('button', { name: words.talk.end_keep })).toBeFocused();
      expect(await findings(page)).toEqual([]);
      await asked.getByRole('button', { name: words.talk.end_yes }).click();
      await expect(page.locator('#rate')).toBeFocused();
      await page.getByRole('button', { name: words.talk.rate_send }).click();
      await expect(page.locator('#rate').getByRole('alert')).toHaveText(words.talk.rate_missing);
      await expect(page.getByRole('radio', { name: words.talk.rate_5, exact: true })).toBeFocused();
      await page.getByRole('radio', { name: words.talk.rate_4, exact: true }).check();
      await page.getByRole('button', { name: words.talk.rate_send }).click();
      await expect(page.locator('#rate')).toHaveText(new RegExp(words.talk.rate_4));
      await expect(page.locator('#rate')).toBeFocused();
      const [text] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: words.talk.transcript }).click(),
      ]);
      expect(text.suggestedFilename()).toMatch(/\.txt$/);
    });
  });
}

test('what is missing in the question is shown and has the focus', async ({ page, words, id }) => {
  await page.goto(`/support?order=${id(ORDER)}`);
  await appIsThere(page);
  const send = page.locator('#ask button[type=submit]');
  await send.click();
  await expect(page.getByText(words.talk.topic_missing)).toBeVisible();
  await expect(page.getByRole('radio').first()).toBeFocused();
  await page.getByRole('radio', { name: words.talk.topic_refund }).check();
  await send.click();
  await expect(page.getByRole('textbox', { name: words.talk.text })).toBeFocused();
});

test('what has ended goes on with the next words, and is rated anew', async ({ page, words, id }) => {
  await begin(page, words, id(ORDER), 'hello');
  const end = async () => {
    await page.getByRole('button', { name: words.talk.end, exact: true }).click();
    await page.getByRole('button', { name: words.talk.end_yes }).click();
    await page.getByRole('radio', { name: words.talk.rate_2, exact: true }).check();
    await page.getByRole('button', { name: words.talk.rate_send }).click();
    await expect(page.locator('#rate')).toHaveText(new RegExp(words.talk.rate_2));
  };
  await end();
  await field(page, words).fill('one more thing');
  await page.getByRole('button', { name: words.talk.say_send, exact: true }).click();
  await expect(field(page, words)).toBeFocused();
  await expect(messages(page, words)).toContainText(words.talk.note_reopened);
  await expect(page.locator('#rate')).toHaveCount(0);
  await end();
});

test('only what is in front of the shopper counts as read', async ({ page, shop, words, id }) => {
  const conversation = await begin(page, words, id(ORDER), 'hello');
  const told = () =>
    page.evaluate(async (url) => {
      const { standing } = await (await fetch(url)).json();
      return standing.last_seq - standing.shopper_read;
    }, `/api/v1/conversations/${conversation}`);
  await expect.poll(told).toBe(0);
  const turns = (state: string) =>
    page.evaluate((state) => {
      Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  await turns('hidden');
  await shop.answers(conversation, 'nobody looks');
  await expect(messages(page, words)).toContainText('nobody looks');
  expect(await told()).toBeGreaterThan(0);
  await turns('visible');
  await expect.poll(told).toBe(0);
});

test('a conversation with an answer that was not read is marked in the list', async ({ page, shop, words, id }) => {
  const conversation = await begin(page, words, id(ORDER), 'hello');
  await page.goto('/support');
  const mine = page.getByRole('region', { name: words.talk.mine_title });
  const row = mine.locator(`a[href="/support/${conversation}"]`);
  await expect(row).toBeVisible();
  await expect(row).not.toContainText(words.talk.mine_news);
  await shop.answers(conversation, 'here you are');
  await page.reload();
  await expect(row).toContainText(words.talk.mine_news);
  await row.click();
  await expect(messages(page, words)).toContainText('here you are');
  await expect
    .poll(() =>
      page.evaluate(async (url) => {
        const { standing } = await (await fetch(url)).json();
        return standing.shopper_read >= standing.last_answer;
      }, `/api/v1/conversations/${conversation}`),
    )
    .toBe(true);
  await page.goto('/support');
  await expect(row).toBeVisible();
  await expect(row).not.toContainText(words.talk.mine_news);
});

test('a photo goes with the words', async ({ page, words, id }) => {
  await begin(page, words, id(ORDER), 'hello');
  await page.getByText(words.talk.photos, { exact: true }).click();
  await page.locator('#say-evidence').setInputFiles(photo('cup.jpg'));
  await expect(page.locator('.talk-composer').getByText(words.evidence.ready, { exact: true })).toBeVisible();
  await field(page, words).fill('it is cracked');
  await field(page, words).press('Enter');
  const said = messages(page, words).getByRole('listitem').filter({ hasText: 'it is cracked' });
  await expect(said.locator('img')).toHaveCount(1);
  await expect(said).toContainText(words.talk.delivered);
  await expect(page.locator('#say-evidence')).toBeHidden();
  await page.reload();
  await expect(said.locator('img')).toHaveCount(1);
});

test('earlier messages come as one scrolls up to them', async ({ page, shop, words, id }) => {
  const conversation = await begin(page, words, id(ORDER), 'the very first');
  for (let n = 0; n < 110; n += 1) await shop.answers(conversation, `answer ${n}`);
  await page.reload();
  await appIsThere(page);
  await expect(messages(page, words)).toContainText('answer 109');
  await expect(messages(page, words)).not.toContainText('the very first');
  const shown = page.getByText('answer 75', { exact: true });
  await shown.scrollIntoViewIfNeeded();
  await expect(messages(page, words)).toContainText('answer 20');
  // What one was looking at stays where it is.
  await expect(shown).toBeInViewport();
  for (const earlier of ['answer 30', 'answer 5']) await page.getByText(earlier, { exact: true }).scrollIntoViewIfNeeded();
  await expect(messages(page, words)).toContainText('the very first');
  const texts = await messages(page, words).locator('.talk-text').allTextContents();
  expect(texts).toEqual(['the very first', ...Array.from({ length: 110 }, (_, n) => `answer ${n}`)]);
  await expect(page.getByRole('button', { name: words.talk.older })).toHaveCount(0);
  await page.getByRole('button', { name: words.talk.jump }).click();
  await expect(page.getByText('answer 109', { exact: true })).toBeInViewport();
});

test.describe('when the server is away for a while', () => {
  test.use({ provokes: /WebSocket|ERR_/ });

  test('what was said meanwhile on both sides arrives once and in order', async ({ page, shop, words, id }) => {
    const conversation = await begin(page, words, id(ORDER), 'hello');
    await shop.stop();
    await expect(page.getByText(words.talk.down)).toBeVisible();
    for (const text of ['first', 'second']) {
      await field(page, words).fill(text);
      await field(page, words).press('Enter');
    }
    await expect(messages(page, words).getByText(words.talk.sending)).toHaveCount(2);
    await shop.start();
    await shop.answers(conversation, 'here again');
    await expect(messages(page, words)).toContainText('here again', { timeout: 20_000 });
    await expect(messages(page, words)).not.toContainText(words.talk.sending, { timeout: 20_000 });
    const texts = await messages(page, words).locator('.talk-text').allTextContents();
    expect(texts.filter((text) => text !== 'here again')).toEqual(['hello', 'first', 'second']);
    await expect(page.getByText(words.talk.down)).toHaveCount(0);
  });
});

test.describe('when the session is over', () => {
  test.use({ provokes: /WebSocket/ });

  test('what is said goes after the log-in', async ({ page, shop, seed, prompt, words, id }) => {
    await begin(page, words, id(ORDER), 'hello');
    await shop.endsSession(seed.tokens.lin);
    await shop.stop();
    await shop.start();
    await field(page, words).fill('still there?');
    await field(page, words).press('Enter');
    await expect(prompt.dialog).toBeVisible({ timeout: 20_000 });
    await prompt.logIn('lin@example.com', PASSWORD);
    await expect(messages(page, words)).not.toContainText(words.talk.sending, { timeout: 20_000 });
    await page.reload();
    await expect(messages(page, words).getByText('still there?')).toHaveCount(1);
  });

  test('ending it goes on after the log-in', async ({ page, shop, seed, prompt, words, id }) => {
    await begin(page, words, id(ORDER), 'hello');
    await shop.endsSession(seed.tokens.lin);
    await page.getByRole('button', { name: words.talk.end, exact: true }).click();
    await page.getByRole('button', { name: words.talk.end_yes }).click();
    await prompt.logIn('lin@example.com', PASSWORD);
    await expect(page.getByRole('main')).toContainText(words.talk.closed);
  });
});

test('leaves nothing of what was begun behind when logging out', async ({ page, words, id }) => {
  const kept = () => page.evaluate(() => JSON.stringify([localStorage, sessionStorage]));
  await page.goto(`/support?order=${id(ORDER)}`);
  await appIsThere(page);
  await page.getByRole('textbox', { name: words.talk.text }).fill('a question begun');
  await expect.poll(kept).toContain('a question begun');
  await begin(page, words, id('tp-100020'), 'hello');
  await field(page, words).fill('words begun');
  await expect.poll(kept).toContain('words begun');
  await page.getByRole('banner').locator('summary').click();
  await page.getByRole('button', { name: words.common.log_out }).click();
  await expect(page).toHaveURL(/\/login/);
  expect(await kept()).not.toMatch(/begun/);
});

test("somebody else's conversation is none", async ({ page, shop, seed, words, id, context }) => {
  await begin(page, words, id(ORDER), 'mine');
  await context.addCookies([{ name: 'tepai_session', value: seed.tokens.zhao, url: shop.origin }]);
  await page.reload();
  await expect(page.getByRole('heading', { name: words.talk.gone_title })).toBeVisible();
  await expect(page.getByText('mine')).toHaveCount(0);
});

test('a page that fails leads to a person who knows what it was about', async ({ page, orders, shop, words, id, number }) => {
  const person = page.getByRole('main').getByRole('link', { name: words.common.contact });
  // What does not exist cannot be asked about: the topic alone is known.
  await page.goto('/refunds/none-R1');
  await appIsThere(page);
  await person.click();
  await expect(page).toHaveURL(/\/support\?topic=refund$/);
  await expect(page.getByRole('radio', { name: words.talk.topic_refund })).toBeChecked();
  // What did not load is asked about with its order.
  await orders.open();
  await shop.stop();
  await orders.link(number('tp-100010')).click();
  const asked = `/support?order=${id('tp-100010')}&topic=other`;
  await expect(person).toHaveAttribute('href', asked);
  await shop.start();
  // The page tries by itself, too, when it hears of the server again: the link may be gone by then.
  await page.goto(asked);
  await expect(page.getByRole('radio', { name: words.talk.topic_other })).toBeChecked();
  await expect(page.getByRole('main')).toContainText(number('tp-100010'));
  await page.goto('/orders');
  await appIsThere(page);
  await page.getByRole('banner').locator('summary').click();
  await page.getByRole('banner').getByRole('link', { name: words.common.contact }).click();
  await expect(page.getByRole('heading', { level: 1, name: words.talk.title })).toBeVisible();
});

test("the shop's accounts elsewhere are there: one with a page, one to be copied", async ({ page, context, words, id }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`/support?order=${id(ORDER)}`);
  await appIsThere(page);
  await expect(page.getByRole('link', { name: '@tepai-service' })).toHaveAttribute('href', 'https://weibo.example/tepai');
  await page.getByRole('button', { name: fill(words.support.copy_handle, { handle: 'tepai-service' }) }).click();
  await expect(page.getByRole('status').filter({ hasText: words.common.copied })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('tepai-service');
});

test('an order that is none has a person behind it all the same', async ({ page, words }) => {
  await page.goto('/support?order=no-such-order&topic=refund');
  await appIsThere(page);
  await expect(page.getByRole('heading', { name: words.talk.no_order_title })).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: words.common.contact }).click();
  await expect(page).toHaveURL(/\/support$/);
  await expect(page.locator('#ask')).toBeVisible();
});

test('a refund is asked about with one tap, and what is known of it is said already', async ({ page, shop, seed, id, words }) => {
  const [refund] = (await shop.order(seed.tokens.lin, id('tp-100028'))).refunds;
  await page.goto(`/refunds/${refund.id}`);
  await appIsThere(page);
  await page.locator('#support').getByRole('link', { name: words.support.chat }).click();
  await expect(page).toHaveURL(new RegExp(`refund=${refund.id}&topic=refund&since=\\d{4}-\\d\\d-\\d\\d`));
  const ask = page.locator('#ask');
  await expect(page.getByRole('radio', { name: words.talk.topic_refund })).toBeChecked();
  await expect(ask.getByLabel(words.talk.since)).toHaveValue(/^\d{4}-\d\d-\d\d$/);
  await expect(page.getByRole('textbox', { name: words.talk.text })).toHaveValue(new RegExp(refund.id));
  await ask.getByRole('button', { name: new RegExp(`^(${words.talk.send}|${words.talk.leave})$`) }).click();
  await expect(page).toHaveURL(/\/support\/[0-9a-f]+$/);
  await expect(messages(page, words)).toContainText(refund.id);
  await expect(messages(page, words)).toContainText(yuan(refund.amount.amount));
});

test.describe('where sockets are blocked', () => {
  test.use({ provokes: /WebSocket/ });

  test('what is between swallows the request: it is asked instead', async ({ page, shop, words, id }) => {
    await page.clock.install();
    await page.addInitScript(() => {
      window.WebSocket = class {
        close() {}
      } as unknown as typeof WebSocket;
    });
    const conversation = await begin(page, words, id(ORDER), 'hello');
    for (const wait of [10_100, 2_000, 10_100]) await page.clock.runFor(wait);
    await field(page, words).fill('without a socket');
    await field(page, words).press('Enter');
    await expect(messages(page, words)).not.toContainText(words.talk.sending);
    await shop.answers(conversation, 'heard');
    await expect(messages(page, words)).toContainText('heard');
  });

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

  test('what was looked at is not new any more', async ({ page, shop, words, id }) => {
    await page.goto(`/support?order=${id(ORDER)}&topic=refund`);
    await page.getByRole('textbox', { name: words.talk.text }).fill('by a form');
    await page.locator('#ask button[type=submit]').click();
    await expect(page).toHaveURL(/\/support\/[0-9a-f]+$/);
    const conversation = page.url().split('/').at(-1)!;
    await shop.answers(conversation, 'here you are');
    await page.goto('/support');
    const row = page.locator(`a[href="/support/${conversation}"]`);
    await expect(row).toContainText(words.talk.mine_news);
    await row.click();
    await expect(messages(page, words)).toContainText('here you are');
    await page.goto('/support');
    await expect(row).toBeVisible();
    await expect(row).not.toContainText(words.talk.mine_news);
  });
});
