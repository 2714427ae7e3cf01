// Shopper and staff talk to each other: over a cut line, from one colleague to the next, with the order and notes beside it.

import type { Locator, Page } from '@playwright/test';

import { findings } from '../stage/axe';
import type { ConsoleWords, Words } from '../stage/catalogues';
import { fill } from '../stage/catalogues';
import { topUp } from '../stage/new-order';
import { appIsThere } from '../stage/pages';
import { photo } from '../stage/photo';
import { STAFF_PASSWORD, asksToCancel, expect, orderThat, test } from '../stage/staff';

test.use({ who: 'lin' });

/** The shopper begins a conversation about an order, and is on its page afterwards; its id. */
async function begins(page: Page, words: Words, order: string, text: string): Promise<string> {
  await page.goto(`/support?order=${order}&topic=refund`);
  await appIsThere(page);
  await page.getByRole('textbox', { name: words.talk.text }).fill(text);
  await page.locator('#ask button[type=submit]').click();
  await expect(page).toHaveURL(/\/support\/[0-9a-f]+$/);
  return page.url().split('/').at(-1)!;
}

async function shopperSays(page: Page, words: Words, text: string): Promise<void> {
  const field = page.getByRole('textbox', { name: words.talk.say, exact: true });
  await field.fill(text);
  await field.press('Enter');
}

const shoppersThread = (page: Page, words: Words): Locator => page.getByRole('list', { name: words.talk.messages });
const thread = (page: Page, says: ConsoleWords): Locator => page.getByRole('region', { name: says.talk.messages });
const field = (page: Page, says: ConsoleWords): Locator => page.getByRole('textbox', { name: says.talk.say, exact: true });
const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });

async function takes(page: Page, says: ConsoleWords, conversation: string): Promise<void> {
  await page.goto(`/staff/conversations/${conversation}`);
  await button(page, says.talk.take).click();
  await expect(page.getByText(says.talk.with_you)).toBeVisible();
}

for (const [lang, viewport] of [
  ['zh-CN', { width: 1280, height: 800 }],
  ['en', { width: 390, height: 844 }],
] as const) {
  test.describe(`${lang}, ${viewport.width} pixels wide`, () => {
    test.use({ lang, viewport });

    test('a shopper is found, answered, given to a colleague, and the chat ends', async ({ page, sits, shop, seed, words, says }) => {
      const order = await orderThat(shop, seed.tokens.lin, asksToCancel);
      const conversation = await begins(page, words, order.id, '钱什么时候退？');
      const [{ desk: first }, { desk: second }] = [await sits('wang'), await sits('zhou')];
      const [wang, zhou] = [first.page, second.page];
      // In the queue, like everything else that waits.
      await wang.goto('/staff?kind=conversation&claim=all&sort=age');
      await expect(wang.getByRole('link', { name: order.number }).last()).toBeVisible();
      expect(await findings(wang)).toEqual([]);
      await wang.getByRole('link', { name: order.number }).last().click();
      await expect(wang).toHaveURL(new RegExp(`/staff/conversations/${conversation}$`));
      await expect(thread(wang, says)).toContainText('钱什么时候退？');
      expect(await findings(wang)).toEqual([]);
      await button(wang, says.talk.take).click();
      await expect(wang.getByText(says.talk.with_you)).toBeVisible();
      await expect(field(wang, says)).toBeFocused();
      await expect(shoppersThread(page, words)).toContainText(words.talk.note_taken);
      // What nobody has answered is not ended.
      await expect(button(wang, says.talk.hand_back)).toBeVisible();
      await expect(button(wang, says.talk.end)).toHaveCount(0);
      await wang.keyboard.type('我看一下');
      await expect(page.getByText(words.talk.typing)).toBeVisible();
      await wang.keyboard.press('Shift+Enter');
      await wang.keyboard.type('请稍等');
      await button(wang, says.talk.say_send).click();
      await expect(shoppersThread(page, words)).toContainText('我看一下');
      await expect(thread(wang, says)).toContainText(says.talk.read);
      await expect(button(wang, says.talk.end)).toBeVisible();
      await page.getByRole('textbox', { name: words.talk.say, exact: true }).pressSequentially('好');
      await expect(thread(wang, says)).toContainText(says.talk.typing);
      await shopperSays(page, words, '好的');
      await expect(thread(wang, says)).toContainText('好的');
      await expect(shoppersThread(page, words)).toContainText(words.talk.read);
      // To a colleague, who has it in the strip and is told of what is new.
      await zhou.goto('/staff');
      await button(wang, says.talk.pass_on).click();
      await expect(button(wang, says.talk.pass_keep)).toBeFocused();
      expect(await findings(wang)).toEqual([]);
      await button(wang, fill(says.talk.pass_to, { who: '周敏' })).click();
      await expect(wang.getByText(fill(says.talk.with, { who: '周敏' }), { exact: true })).toBeVisible();
      await expect(field(wang, says)).toHaveCount(0);
      const own = zhou.getByRole('navigation', { name: says.chats.own });
      await expect(own.getByRole('link')).toContainText(says.chats.unread);
      await expect(zhou).toHaveTitle(/^\(1\) /);
      await own.getByRole('link').click();
      await expect(thread(zhou, says)).toContainText('我看一下');
      await expect(zhou).not.toHaveTitle(/^\(/);
      expect(await findings(zhou)).toEqual([]);
      await button(zhou, says.talk.end).click();
      await expect(button(zhou, says.talk.end_keep)).toBeFocused();
      await button(zhou, says.talk.end_yes).click();
      await expect(zhou.getByText(says.talk.closed_hint)).toBeVisible();
      await expect(shoppersThread(page, words)).toContainText(words.talk.note_ended_by_staff);
      // The shopper opens it again.
      await shopperSays(page, words, '还有一件事');
      await expect(thread(zhou, says)).toContainText('还有一件事');
      await expect(button(zhou, says.talk.take)).toBeVisible();
      expect(await wang.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
    });
  });
}

test('with the keyboard alone: taken, answered, the order decided beside it, a note, and on to the next', async ({
  page,
  sits,
  shop,
  seed,
  words,
  says,
}) => {
  const order = await orderThat(shop, seed.tokens.lin, asksToCancel);
  const other = await orderThat(shop, seed.tokens.lin, (one) => one.id !== order.id);
  const before = await begins(page, words, other.id, '还有一单');
  await shop.answers(before, '您好', 'wang');
  const conversation = await begins(page, words, order.id, '可以取消吗？');
  const { desk } = await sits('wang');
  const staff = desk.page;
  await staff.goto(`/staff/conversations/${conversation}`);
  await expect(desk.acts).toBeVisible();
  await expect(field(staff, says)).toBeFocused();
  // From the field to the keys.
  await staff.keyboard.press('Escape');
  await staff.keyboard.press('c');
  await expect(staff.getByText(says.talk.with_you)).toBeVisible();
  await expect(field(staff, says)).toBeFocused();
  await staff.keyboard.type('c1n 这就办');
  await staff.keyboard.press('Enter');
  await expect(thread(staff, says)).toContainText('c1n 这就办');
  await expect(shoppersThread(page, words)).toContainText('c1n 这就办');
  await staff.keyboard.press('Escape');
  await staff.keyboard.press('1');
  const choice = desk.acts.getByRole('radio', { name: says.order.approve, exact: true });
  await expect(choice).toBeFocused();
  await staff.keyboard.press('Space');
  await expect(choice).toBeChecked();
  await staff.keyboard.press('Enter');
  await expect(desk.done(says.order.request)).toBeVisible();
  // One is in the conversation still.
  await expect(staff).toHaveURL(new RegExp(`/staff/conversations/${conversation}$`));
  await staff.keyboard.press('n');
  await expect(staff.getByLabel(says.notes.field)).toBeFocused();
  await staff.keyboard.type('已同意取消');
  await staff.keyboard.press('Control+Enter');
  await expect(staff.getByRole('region', { name: says.notes.title })).toContainText('已同意取消');
  await expect(staff.getByLabel(says.notes.field)).toHaveValue('');
  await expect(shoppersThread(page, words)).not.toContainText('已同意取消');
  // Those of the demo come before both.
  await staff.keyboard.press('Alt+ArrowUp');
  await expect(staff).toHaveURL(new RegExp(`/staff/conversations/${before}$`));
  await expect(field(staff, says)).toBeFocused();
  await staff.keyboard.press('Alt+ArrowDown');
  await expect(staff).toHaveURL(new RegExp(`/staff/conversations/${conversation}$`));
  // Handed back, taken once more, and ended after being asked.
  await expect(field(staff, says)).toBeFocused();
  await staff.keyboard.press('Escape');
  await staff.keyboard.press('b');
  // It is answered, and not only seen to have moved.
  await expect(staff.locator('#talk-title')).toBeFocused();
  await expect(button(staff, says.talk.take)).toBeVisible();
  await staff.keyboard.press('c');
  await expect(staff.getByText(says.talk.with_you)).toBeVisible();
  await expect(field(staff, says)).toBeFocused();
  // Out of hours it was left with a promise, which is kept before it ends.
  await staff.keyboard.type('c1n 已办好');
  await staff.keyboard.press('Enter');
  await expect(thread(staff, says)).toContainText('c1n 已办好');
  await staff.keyboard.press('Escape');
  await expect(button(staff, says.talk.end)).toBeVisible();
  await staff.keyboard.press('e');
  await expect(button(staff, says.talk.end_keep)).toBeFocused();
  await staff.keyboard.press('Tab');
  await expect(button(staff, says.talk.end_yes)).toBeFocused();
  await staff.keyboard.press('Enter');
  await expect(staff.getByText(says.talk.closed_hint)).toBeVisible();
  await staff.keyboard.press('b');
  await staff.keyboard.press('e');
  await expect(button(staff, says.talk.end_keep)).toBeHidden();
});

test('keys of one character can be turned off on this device', async ({ sits, says }) => {
  const { desk } = await sits('wang');
  const { page } = desk;
  await page.goto('/staff');
  await expect(page.locator('#work-0')).toBeVisible();
  await page.keyboard.press('?');
  const letters = page.getByRole('checkbox', { name: says.keys.letters });
  await expect(letters).toBeChecked();
  expect(await findings(page)).toEqual([]);
  await letters.uncheck();
  await page.keyboard.press('Escape');
  await page.reload();
  await expect(page.locator('#work-0')).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('?');
  await expect(page.locator('#work-0')).not.toBeFocused();
  await expect(letters).toHaveCount(0);
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('#work-0')).toBeFocused();
});

test('a note reaches the colleague who looks at the same order', async ({ sits, seed, shop, says }) => {
  const order = await orderThat(shop, seed.tokens.lin, asksToCancel);
  const [{ desk: first }, { desk: second }] = [await sits('wang'), await sits('zhou')];
  for (const desk of [first, second]) await desk.open(order.id);
  await first.page.getByLabel(says.notes.field).fill('仓库说还没动');
  await button(first.page, says.notes.add).click();
  for (const desk of [first, second]) {
    await expect(desk.page.getByRole('region', { name: says.notes.title }).getByRole('list')).toContainText('仓库说还没动');
  }
});

test('what a colleague has in hand is taken over first, and then said', async ({ page, sits, shop, seed, words, says }) => {
  const order = await orderThat(shop, seed.tokens.lin, asksToCancel);
  const conversation = await begins(page, words, order.id, '在吗');
  const [{ desk: first }, { desk: second }] = [await sits('wang'), await sits('zhou')];
  await first.page.goto('/staff?kind=conversation&claim=all&sort=age');
  await first.page.getByRole('row').filter({ hasText: order.number }).last().getByRole('button').click();
  await second.page.goto(`/staff/conversations/${conversation}`);
  await field(second.page, says).fill('您好');
  await field(second.page, says).press('Enter');
  await expect(thread(second.page, says)).toContainText(says.talk.refused_claimed);
  await button(second.page, says.talk.take_over_and_send).click();
  await expect(second.page.getByText(says.talk.with_you)).toBeVisible();
  await expect(shoppersThread(page, words).getByText('您好')).toHaveCount(1);
});

test('who looks at a colleague’s chat reads by name who said what, and takes no mark from it', async ({ page, sits, shop, seed, words, says }) => {
  const order = await orderThat(shop, seed.tokens.lin, asksToCancel);
  const conversation = await begins(page, words, order.id, '在吗');
  const [{ desk: first }, { desk: second }] = [await sits('wang'), await sits('zhou')];
  await takes(first.page, says, conversation);
  await field(first.page, says).fill('您好');
  await field(first.page, says).press('Enter');
  await expect(shoppersThread(page, words)).toContainText('您好');
  await first.page.getByRole('link', { name: says.frame.work, exact: true }).click();
  await second.page.goto(`/staff/conversations/${conversation}`);
  await expect(thread(second.page, says)).toContainText('王静');
  await shopperSays(page, words, '还在吗');
  await expect(thread(second.page, says)).toContainText('还在吗');
  // It is still to be read by whoever has it.
  const own = first.page.getByRole('navigation', { name: says.chats.own });
  await expect(own.getByRole('link', { name: order.number.slice(-4) })).toContainText(says.chats.unread);
  await expect(shoppersThread(page, words).getByText(words.talk.read)).toHaveCount(0);
  await first.page.reload();
  await expect(own.getByRole('link', { name: order.number.slice(-4) })).toContainText(says.chats.unread);
  // Whoever takes it over has read what is in front of them, and their colleague's name stays.
  await button(second.page, says.talk.take_over).click();
  await expect(second.page.getByText(says.talk.with_you)).toBeVisible();
  await expect(shoppersThread(page, words)).toContainText(words.talk.read);
  await second.page.reload();
  await expect(thread(second.page, says)).toContainText('王静');
});

test('a shopper’s photos are seen in the thread, and large', async ({ page, sits, shop, seed, words, says }) => {
  const order = await orderThat(shop, seed.tokens.lin, asksToCancel);
  const conversation = await begins(page, words, order.id, '请看照片');
  await page.locator('input[type=file]').setInputFiles(photo('cup.jpg'));
  await expect(page.getByRole('main')).toContainText(words.evidence.ready);
  await shopperSays(page, words, '就是这样');
  await expect(shoppersThread(page, words).getByRole('img')).toHaveCount(1);
  const { desk } = await sits('wang');
  const staff = desk.page;
  await takes(staff, says, conversation);
  const picture = thread(staff, says).getByRole('img');
  await expect(picture).toHaveCount(1);
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  expect(await findings(staff)).toEqual([]);
  const small = thread(staff, says).locator('[data-evidence]');
  await small.press('Enter');
  const large = staff.getByRole('dialog').getByRole('img');
  await expect(large).toBeVisible();
  expect(await findings(staff)).toEqual([]);
  // Behind it, letters are no keys.
  await staff.keyboard.press('t');
  await staff.keyboard.press('Escape');
  await expect(staff.getByRole('dialog')).toHaveCount(0);
  await expect(small).toBeFocused();
});

test.describe('on a telephone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('what is said while the order is in front is marked, and read when the talk is', async ({ page, sits, shop, seed, words, says }) => {
    const order = await orderThat(shop, seed.tokens.lin, asksToCancel);
    const conversation = await begins(page, words, order.id, '在吗');
    const { desk } = await sits('wang');
    const staff = desk.page;
    await takes(staff, says, conversation);
    await expect(shoppersThread(page, words)).toContainText(words.talk.read);
    // The field and its button are on the screen.
    expect(await staff.evaluate(() => document.documentElement.scrollHeight > innerHeight)).toBe(false);
    await button(staff, says.talk.order).click();
    await expect(staff.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await findings(staff)).toEqual([]);
    await shopperSays(page, words, '还在吗');
    const talk = staff.getByRole('button', { name: new RegExp(`^${says.talk.talk}`) });
    await expect(talk).toContainText(says.talk.new);
    await expect(shoppersThread(page, words).getByText(words.talk.read)).toHaveCount(0);
    await talk.click();
    await expect(thread(staff, says)).toContainText('还在吗');
    await expect(talk).not.toContainText(says.talk.new);
    await expect(shoppersThread(page, words)).toContainText(words.talk.read);
  });
});

test.describe('without a network', () => {
  test.use({ provokes: /ERR_|WebSocket|Failed to load/ });

  test('what is said waits, also on another page and over a reload, and arrives once', async ({
    page,
    sits,
    shop,
    seed,
    words,
    says,
  }) => {
    const order = await orderThat(shop, seed.tokens.lin, asksToCancel);
    const conversation = await begins(page, words, order.id, '在吗');
    const { desk } = await sits('wang');
    const staff = desk.page;
    await takes(staff, says, conversation);
    await shop.stop();
    await field(staff, says).fill('在隧道里说的');
    await field(staff, says).press('Enter');
    await expect(thread(staff, says)).toContainText(says.talk.sending);
    await expect(staff.getByText(says.talk.down)).toBeVisible();
    // It goes on its way from another page, too.
    await staff.getByRole('link', { name: says.frame.work, exact: true }).click();
    await expect(staff.getByRole('heading', { name: says.work.title })).toBeVisible();
    await shop.start();
    await expect(shoppersThread(page, words).getByText('在隧道里说的')).toHaveCount(1);
    // And after a reload.
    await staff.goto(`/staff/conversations/${conversation}`);
    await expect(thread(staff, says)).toContainText('在隧道里说的');
    await field(staff, says).fill('写到一半');
    await staff.reload();
    await expect(field(staff, says)).toHaveValue('写到一半');
  });

  test('what was said meanwhile takes no chat from the colleague who has it by then', async ({ page, sits, shop, seed, words, says }) => {
    const order = await orderThat(shop, seed.tokens.lin, asksToCancel);
    const conversation = await begins(page, words, order.id, '在吗');
    const { desk: first } = await sits('wang');
    const wang = first.page;
    await takes(wang, says, conversation);
    await shop.stop();
    await field(wang, says).fill('在隧道里说的');
    await field(wang, says).press('Enter');
    await expect(thread(wang, says)).toContainText(says.talk.sending);
    await wang.goto('about:blank');
    await shop.start();
    const { desk: second } = await sits('zhou');
    const zhou = second.page;
    await zhou.goto(`/staff/conversations/${conversation}`);
    await button(zhou, says.talk.take_over).click();
    await expect(zhou.getByText(says.talk.with_you)).toBeVisible();
    await wang.goto(`/staff/conversations/${conversation}`);
    await expect(thread(wang, says)).toContainText('在隧道里说的');
    await expect(thread(wang, says)).toContainText(fill(says.talk.refused_served_by, { who: '周敏' }));
    expect(await findings(wang)).toEqual([]);
    await expect(zhou.getByText(says.talk.with_you)).toBeVisible();
    await expect(shoppersThread(page, words).getByText('在隧道里说的')).toHaveCount(0);
    await button(wang, says.talk.take_over_and_send).click();
    await expect(wang.getByText(says.talk.with_you)).toBeVisible();
    await expect(shoppersThread(page, words).getByText('在隧道里说的')).toHaveCount(1);
  });
});

test('a top-up that did not arrive: account, zone and face value are asked once, and staff see them', async ({ page, sits, shop, words, says }) => {
  const order = await shop.orders('wf-top-up', topUp('shopper_lin', 'T209911230000900'));
  await page.goto(`/support?order=${order.id}&topic=top_up`);
  await appIsThere(page);
  await expect(page.getByRole('radio', { name: words.talk.topic_top_up })).toBeChecked();
  const ask = page.locator('#ask');
  const [account, zone, value] = [words.talk.account, words.talk.zone, words.talk.face_value].map((name) => ask.getByLabel(name));
  // What the order says is filled in already.
  await expect(ask.getByLabel(words.talk.line)).toHaveValue('L1');
  await expect(value).toHaveValue('面值 100 元');
  await ask.getByRole('textbox', { name: words.talk.text }).fill('还没到账');
  // A card has no account; one that is given is looked at.
  await account.fill('1'.repeat(101));
  await ask.locator('button[type=submit]').click();
  await expect(ask).toContainText(words.talk.too_long);
  await expect(account).toBeFocused();
  expect(await findings(page)).toEqual([]);
  await account.fill('13800000001');
  await zone.fill('浙江移动');
  await ask.locator('button[type=submit]').click();
  await expect(page).toHaveURL(/\/support\/[0-9a-f]+$/);
  const conversation = page.url().split('/').at(-1)!;
  const { desk } = await sits('wang');
  await desk.page.goto(`/staff/conversations/${conversation}`);
  const facts = desk.page.getByRole('region', { name: says.talk.facts });
  for (const known of ['手机话费充值', '13800000001', '浙江移动', '面值 100 元']) await expect(facts).toContainText(known);
  await expect(thread(desk.page, says)).toContainText('还没到账');
});

test('a session that ends takes nothing of what is being written', async ({ page, sits, shop, seed, words, says, code }) => {
  const order = await orderThat(shop, seed.tokens.lin, asksToCancel);
  const conversation = await begins(page, words, order.id, '在吗');
  const { desk, token } = await sits('wang');
  await takes(desk.page, says, conversation);
  await field(desk.page, says).fill('您的订单');
  await shop.endsStaffSession(token);
  // The log-in may stand above the page by then, which was told that the session is over.
  await field(desk.page, says).evaluate((field: HTMLTextAreaElement) => field.form!.requestSubmit());
  await expect(desk.page.getByRole('dialog', { name: says.logIn.again })).toBeVisible();
  await desk.fillLogIn(null, STAFF_PASSWORD, code('wang'));
  await expect(shoppersThread(page, words).getByText('您的订单')).toHaveCount(1);
});

test.describe('where sockets are blocked', () => {
  test.use({ provokes: /WebSocket/ });

  test('it is asked instead, and nothing is lost', async ({ page, sits, shop, seed, words, says }) => {
    const order = await orderThat(shop, seed.tokens.lin, asksToCancel);
    const conversation = await begins(page, words, order.id, '在吗');
    const { desk } = await sits('wang');
    await desk.page.addInitScript(() => {
      window.WebSocket = class {
        constructor() {
          throw new Error('blocked');
        }
      } as unknown as typeof WebSocket;
    });
    await takes(desk.page, says, conversation);
    await field(desk.page, says).fill('不用长连接');
    await field(desk.page, says).press('Enter');
    await expect(thread(desk.page, says)).not.toContainText(says.talk.sending);
    await expect(shoppersThread(page, words).getByText('不用长连接')).toHaveCount(1);
    await shopperSays(page, words, '听到了');
    await expect(thread(desk.page, says)).toContainText('听到了');
  });
});
