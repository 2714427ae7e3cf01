// Asking for money back after receipt: three steps, photos from the device, one case for one wish.

import { writeFileSync } from 'node:fs';

import type { Page, Request, Route } from '@playwright/test';

import { AskPage, delivered, mixed, shipped } from '../stage/ask';
import { findings } from '../stage/axe';
import { shape } from '../stage/catalogues';
import { SECRET, noPhoto, photo } from '../stage/photo';
import { appIsThere } from '../stage/pages';
import { expect, test as base } from '../stage/story';
import { video } from '../stage/video';
import { yuan } from '../stage/wire';

/** Every story has an order of its own to ask about. */
const test = base.extend<{ ask: AskPage; lin: string }>({
  ask: async ({ page, words }, use) => use(new AskPage(page, words)),
  lin: async ({ shop, seed }, use) => use(await shop.shopperOf(seed.tokens.lin)),
});

interface Opened {
  key: string;
  body: { kind: string; evidence: string[]; lines: { line: string; quantity: number }[] };
}

const opens = (request: Request) => request.method() === 'POST' && request.url().endsWith('/cases');
const isPiece = (request: Request) => request.method() === 'PATCH' && request.url().includes('/evidence/');

/** The requests to open a case that `page` sends from now on. */
function watchOpening(page: Page): Opened[] {
  const sent: Opened[] = [];
  page.on('request', (request) => {
    if (opens(request)) sent.push({ key: request.headers()['idempotency-key'], body: request.postDataJSON() as Opened['body'] });
  });
  return sent;
}

async function casesOf(page: Page, order: string): Promise<{ id: string; state: string }[]> {
  const answer = await page.request.get(`/api/v1/orders/${order}`);
  return ((await answer.json()) as { cases: { id: string; state: string }[] }).cases;
}

for (const lang of ['zh-CN', 'en'] as const) {
  test.describe(lang, () => {
    test.use({ lang, viewport: { width: 390, height: 844 } });

    test('asks for a return in three steps, with a photo, and comes to the case', async ({ ask, lin, shop, page, words }) => {
      const order = await delivered(shop, lin, 'ask-1', 2);
      const sent = watchOpening(page);
      await ask.open(order);
      await expect(ask.title).toHaveText(words.ask.title_what);
      await expect(ask.main).toContainText(shape(words.ask.until));
      expect(await findings(page), 'the first step').toEqual([]);

      // Nothing is chosen: it says so at the lines, and stays.
      await ask.next.click();
      await expect(ask.main).toContainText(words.ask.lines_missing);
      await expect(ask.line(/./)).toBeFocused();
      await ask.line(/./).check();
      await ask.main.getByRole('button', { name: words.ask.fewer }).click();
      await expect(ask.main.getByRole('spinbutton')).toHaveValue('1');
      await ask.next.click();

      await expect(page).toHaveURL(/\?step=2$/);
      await expect(ask.title).toHaveText(words.ask.title_why);
      await expect(ask.title).toBeFocused();
      await ask.choice(new RegExp(words.ask.return_and_refund)).check();
      await ask.choice(/质量问题|defective/).check();
      await expect(ask.main).toContainText(words.ask.evidence_needed);
      await ask.choice(new RegExp(words.ask.opened)).check();
      await ask.next.click();
      await expect(ask.main).toContainText(words.ask.evidence_missing);
      await ask.add(photo('裂缝.jpg'));
      await expect(ask.file('裂缝.jpg')).toContainText(words.evidence.ready);
      await expect(ask.main).not.toContainText(words.ask.evidence_missing);
      await ask.note.fill('杯口有裂缝');
      expect(await findings(page), 'the second step').toEqual([]);
      await ask.next.click();

      await expect(page).toHaveURL(/\?step=3$/);
      await expect(ask.main).toContainText(words.ask.amount);
      await expect(ask.main).toContainText(yuan(2_880));
      await expect(ask.main).toContainText('杯口有裂缝');
      await expect(ask.main).toContainText(shape(words.ask.then_answer_refund));
      await expect(ask.main.getByRole('img')).toHaveCount(1);
      await expect(ask.send).not.toHaveAttribute('aria-disabled', 'true');
      expect(await findings(page), 'the third step').toEqual([]);
      const small = await ask.main.locator('a, button').evaluateAll((all) =>
        all.filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.textContent),
      );
      expect(small).toEqual([]);
      await ask.send.click();

      await expect(page).toHaveURL(/\/cases\/[^/]+$/);
      const [opened] = await casesOf(page, order);
      expect(page.url()).toContain(opened.id);
      expect(sent).toHaveLength(1);
      expect(sent[0].body.lines).toMatchObject([{ line: 'L1', quantity: 1 }]);
      // What was kept of the photo says nothing of the place where it was taken.
      const kept = await page.request.get(`/api/v1/evidence/${sent[0].body.evidence[0]}/file`);
      expect(kept.headers()['content-type']).toBe('image/jpeg');
      expect((await kept.body()).includes(SECRET)).toBe(false);
      // Going back does not lead to what was sent, but to what can be asked for now, from its first step.
      await page.goBack();
      await expect(page).toHaveURL(/after-sale$/);
      await expect(ask.title).toHaveText(words.ask.title_what);
      await expect(ask.main).not.toContainText(words.ask.restored);
      await ask.next.click();
      await expect(ask.note).toHaveValue('');
      await expect(ask.choice(new RegExp(words.ask.return_and_refund))).not.toBeChecked();
    });
  });
}

test('goes back also over what a link within the page left in the history', async ({ ask, lin, shop, page, words }) => {
  await ask.open(await delivered(shop, lin, 'ask-skip'));
  await ask.fillIn(photo('a.jpg'));
  await page.getByRole('link', { name: words.common.skip_to_content }).press('Enter');
  await expect(page).toHaveURL(/#main$/);
  await ask.back.click();
  await expect(ask.title).toHaveText(words.ask.title_why);
  await ask.next.click();
  await expect(ask.title).toHaveText(words.ask.title_check);
});

test('goes back and on with the browser, and loses nothing', async ({ ask, lin, shop, page, words }) => {
  const order = await delivered(shop, lin, 'ask-2');
  await ask.open(order);
  // One of one is chosen already.
  await expect(ask.line(/./)).toBeChecked();
  await ask.fillIn(photo('a.jpg'));
  await page.goBack();
  await expect(ask.title).toHaveText(words.ask.title_why);
  await expect(ask.choice(/质量问题/)).toBeChecked();
  await expect(ask.file('a.jpg')).toContainText(words.evidence.ready);
  await ask.back.click();
  await expect(ask.title).toHaveText(words.ask.title_what);
  await expect(page).not.toHaveURL(/step/);
  await page.goForward();
  await page.goForward();
  await expect(ask.title).toHaveText(words.ask.title_check);
  // A step that is not due yet is not shown.
  await page.goto(`/orders/${await delivered(shop, lin, 'ask-3', 2)}/after-sale?step=3`);
  await appIsThere(page);
  await expect(ask.title).toHaveText(words.ask.title_what);
  await expect(page).not.toHaveURL(/step/);
});

test('changes what was said on the last step, comes back and sends it once', async ({ ask, lin, shop, page, words }) => {
  const order = await delivered(shop, lin, 'ask-change');
  await ask.open(order);
  await ask.fillIn(photo('a.jpg'));
  const sent = watchOpening(page);
  const change = (name: string) => ask.main.getByRole('button', { name, exact: true });
  await change(words.ask.change_why).click();
  await expect(page).toHaveURL(/\?step=2$/);
  await expect(ask.title).toHaveText(words.ask.title_why);
  await ask.choice(/发错|wrong item/).check();
  await ask.next.click();
  await expect(ask.title).toHaveText(words.ask.title_check);
  await change(words.ask.change_lines).click();
  await expect(page).toHaveURL(/after-sale$/);
  await expect(ask.title).toHaveText(words.ask.title_what);
  await ask.next.click();
  await expect(ask.title).toHaveText(words.ask.title_why);
  await expect(ask.choice(/发错|wrong item/)).toBeChecked();
  await ask.next.click();
  await expect(ask.title).toHaveText(words.ask.title_check);
  await ask.send.click();
  await expect(page).toHaveURL(/\/cases\/[^/]+$/);
  expect(sent).toHaveLength(1);
  expect(await casesOf(page, order)).toHaveLength(1);
});

test('finds what was filled in after a reload, also the photo, and can begin anew', async ({ ask, lin, shop, page, words }) => {
  const order = await delivered(shop, lin, 'ask-4');
  await ask.open(order);
  await ask.fillIn(photo('a.jpg'));
  await page.goBack();
  await ask.note.fill('盖子裂了');
  await page.reload();
  await appIsThere(page);
  await expect(ask.main).toContainText(words.ask.restored);
  await expect(ask.title).toHaveText(words.ask.title_why);
  await expect(ask.note).toHaveValue('盖子裂了');
  await expect(ask.choice(/质量问题/)).toBeChecked();
  await expect(ask.file('a.jpg')).toContainText(words.evidence.ready);
  await ask.main.getByRole('button', { name: words.ask.anew }).click();
  await expect(ask.title).toHaveText(words.ask.title_what);
  await expect(ask.main).not.toContainText(words.ask.restored);
  await page.reload();
  await appIsThere(page);
  await expect(ask.main).not.toContainText(words.ask.restored);
});

test('leaves no draft behind when logging out', async ({ ask, lin, shop, page, words }) => {
  await ask.open(await delivered(shop, lin, 'ask-5'));
  await ask.next.click();
  await ask.note.fill('盖子裂了');
  await expect.poll(() => page.evaluate(() => localStorage.getItem('tepai-drafts') ?? '')).toContain('盖子裂了');
  await page.getByRole('banner').locator('summary').click();
  await page.getByRole('button', { name: words.common.log_out }).click();
  await expect(page).toHaveURL(/\/login/);
  expect(await page.evaluate(() => localStorage.getItem('tepai-drafts'))).toBeNull();
});

test('a second tap, and an answer that is lost, are one case', async ({ ask, lin, shop, page, words }) => {
  const order = await delivered(shop, lin, 'ask-6');
  await ask.open(order);
  await ask.fillIn(photo('a.jpg'));
  const sent = watchOpening(page);
  let lost = false;
  await page.route('**/cases', async (route: Route) => {
    if (!opens(route.request()) || lost) return route.continue();
    lost = true;
    await route.fetch();
    return route.abort('connectionreset');
  });
  await page.route('**/api/v1/events*', (route) => route.abort());
  await ask.send.dblclick();
  await expect(ask.main.getByRole('alert')).toContainText(words.ask.lost_title);
  await ask.main.getByRole('button', { name: words.ask.send_again }).click();
  await expect(page).toHaveURL(/\/cases\/[^/]+$/);
  expect(sent).toHaveLength(2);
  expect(sent[1]).toEqual(sent[0]);
  expect(await casesOf(page, order)).toHaveLength(1);
});

test('a reload before the answer goes on under the same key', async ({ ask, lin, shop, page }) => {
  const order = await delivered(shop, lin, 'ask-7');
  await ask.open(order);
  await ask.fillIn(photo('a.jpg'));
  const sent = watchOpening(page);
  let arrived = (): void => {};
  const carriedOut = new Promise<void>((go) => (arrived = go));
  await page.route('**/cases', async (route: Route) => {
    if (!opens(route.request()) || sent.length > 1) return route.continue();
    await route.fetch();
    return arrived(); // And no answer ever.
  });
  await ask.send.click();
  await carriedOut;
  await page.reload();
  await expect(page).toHaveURL(/\/cases\/[^/]+$/);
  expect(sent).toHaveLength(2);
  expect(sent[1]).toEqual(sent[0]);
  expect(await casesOf(page, order)).toHaveLength(1);
});

test('a photo goes on where it was when the line breaks, and after a reload', async ({ ask, lin, shop, page, words }) => {
  const order = await delivered(shop, lin, 'ask-8');
  await ask.open(order);
  await ask.next.click();
  const file = photo('大照片.jpg', 2_000_000);
  const offsets: number[] = [];
  let broken = false;
  await page.route('**/api/v1/evidence/**', async (route: Route) => {
    if (!isPiece(route.request())) return route.continue();
    if (broken) return route.abort('internetdisconnected');
    offsets.push(Number(route.request().headers()['upload-offset']));
    if (offsets.length !== 2) return route.continue();
    // The second piece arrives, its answer does not, and nothing more gets through.
    await route.fetch();
    broken = true;
    return route.abort('connectionreset');
  });
  await ask.add(file);
  await expect(ask.file(file.name)).toContainText(shape(words.evidence.pausing));
  broken = false;
  await expect(ask.file(file.name)).toContainText(words.evidence.ready, { timeout: 20_000 });
  // No piece was sent twice, and none was left out.
  expect(offsets).toEqual([...new Set(offsets)].sort((a, b) => a - b));

  offsets.length = 0;
  // From the disk, where a file keeps the time of its last change: that is how it is known again.
  const second = photo('第二张.jpg', 1_500_000);
  const onDisk = test.info().outputPath(second.name);
  writeFileSync(onDisk, second.buffer);
  await page.unroute('**/api/v1/evidence/**');
  await page.route('**/api/v1/evidence/**', async (route: Route) => {
    if (!isPiece(route.request())) return route.continue();
    offsets.push(Number(route.request().headers()['upload-offset']));
    return offsets.length > 2 ? undefined : route.continue(); // The third never ends.
  });
  await ask.files.setInputFiles(onDisk);
  await expect.poll(() => offsets.length).toBe(3);
  await page.reload();
  await appIsThere(page);
  await expect(ask.file(file.name)).toContainText(words.evidence.ready);
  await expect(ask.file(second.name)).toContainText(shape(words.evidence.missing));
  await page.unroute('**/api/v1/evidence/**');
  await ask.files.setInputFiles(onDisk);
  await expect(ask.file(second.name)).toContainText(words.evidence.ready);
});

test('what is no photo is refused in words, and can be taken away', async ({ ask, lin, shop, page, words }) => {
  await ask.open(await delivered(shop, lin, 'ask-9'));
  await ask.next.click();
  await ask.add(noPhoto('发票.jpg'), { name: '说明.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF') });
  await expect(ask.file('发票.jpg')).toContainText(words.evidence.unknown_type);
  await expect(ask.file('说明.pdf')).toContainText(words.evidence.unknown_type);
  expect(await findings(page)).toEqual([]);
  for (const name of ['发票.jpg', '说明.pdf']) {
    await ask.file(name).getByRole('button').click();
    await expect(ask.file(name)).toHaveCount(0);
  }
});

test('sees a photo of the request larger, and comes back to it with Escape', async ({ ask, lin, shop, page }) => {
  await ask.open(await delivered(shop, lin, 'ask-10'));
  await ask.fillIn(photo('a.jpg'));
  const small = ask.main.locator('.evidence-photo');
  await small.click();
  await expect(page.getByRole('dialog').getByRole('img')).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(small).toBeFocused();
});

test('sends a video, which plays on the page of the case and says nothing of its place', async ({ ask, lin, shop, page, words }) => {
  const order = await delivered(shop, lin, 'ask-video');
  await ask.open(order);
  await ask.fillIn(video('开箱.mp4'));
  await ask.send.click();
  await expect(page).toHaveURL(/\/cases\/[^/]+$/);
  const player = page.getByRole('main').locator('video');
  await player.scrollIntoViewIfNeeded();
  await expect(player).toHaveAccessibleName(words.evidence.video.replace('{n}', '1'));
  const plays = () =>
    player.evaluate(async (one: HTMLVideoElement) => {
      one.muted = true;
      await one.play();
      return [one.videoWidth, one.videoHeight, Math.round(one.duration)];
    });
  expect(await plays()).toEqual([96, 64, 1]);
  const kept = await page.request.get((await player.getAttribute('src')) ?? '');
  expect(kept.headers()['content-type']).toBe('video/mp4');
  const bytes = await kept.body();
  for (const secret of [SECRET, '+30.2533', 'mdta']) expect(bytes.includes(secret)).toBe(false);
  // A player that goes somewhere in it asks for a part.
  const part = await page.request.get(kept.url(), { headers: { range: 'bytes=4-7' } });
  expect([part.status(), await part.text()]).toEqual([206, 'ftyp']);
  expect(await findings(page)).toEqual([]);
});

test('asks for the money alone, for a part of a product', async ({ ask, lin, shop, page, words }) => {
  await ask.open(await mixed(shop, lin, 'ask-part'));
  await ask.line(/青釉茶具/).check();
  await expect(ask.line(/赠送茶叶/)).toBeDisabled();
  await ask.line(/茶壶/).uncheck();
  await ask.next.click();
  await ask.choice(new RegExp(words.ask.refund_only)).check();
  await ask.choice(/质量问题/).check();
  await ask.add(photo('cups.jpg'));
  await expect(ask.file('cups.jpg')).toContainText(words.evidence.ready);
  await ask.next.click();
  // Two fifths of it.
  await expect(ask.main).toContainText(yuan(35_960));
  await ask.send.click();
  await expect(page).toHaveURL(/\/cases\/[^/]+$/);
  await expect(page.getByRole('main')).toContainText('茶杯 4 只');
  await expect(page.getByRole('main')).toContainText(yuan(35_960));
});

test('refuses a parcel that is on its way', async ({ ask, lin, shop, page, words }) => {
  const order = await shipped(shop, lin, 'ask-11');
  await ask.open(order);
  await expect(ask.main).toContainText(words.ask.refuse_text);
  await ask.next.click();
  await expect(ask.title).toHaveText(words.ask.title_why_refuse);
  await expect(ask.choice(new RegExp(words.ask.unused))).toHaveCount(0);
  await ask.next.click();
  await expect(ask.main).toContainText(words.ask.then_refuse);
  await ask.send.click();
  await expect(page).toHaveURL(/\/cases\/[^/]+$/);
  expect(await casesOf(page, order)).toHaveLength(1);
});

test('is told at the lines when somebody else was faster', async ({ ask, lin, shop, page, words }) => {
  const order = await delivered(shop, lin, 'ask-12');
  await ask.open(order);
  await ask.fillIn(photo('a.jpg'));
  await page.route('**/api/v1/events*', (route) => route.abort());
  await page.route('**/cases', async (route: Route) => {
    if (!opens(route.request())) return route.continue();
    // On another device the same was asked a moment before.
    const headers = { 'idempotency-key': 'another-device' };
    const answer = await page.request.post(route.request().url(), { headers, data: route.request().postDataJSON() });
    expect(answer.status()).toBe(201);
    return route.continue();
  });
  await ask.send.click();
  await expect(ask.main).toContainText(words.ask.nothing_left);
  await expect(ask.title).toHaveText(words.ask.none_title);
  expect(await casesOf(page, order)).toHaveLength(1);
});

test('sending waits for the network, and says so', async ({ ask, lin, shop, context, words, page }) => {
  const order = await delivered(shop, lin, 'ask-13');
  await ask.open(order);
  await ask.fillIn(photo('a.jpg'));
  await context.setOffline(true);
  await expect(ask.main).toContainText(words.ask.waits_network);
  await expect(ask.send).toHaveAttribute('aria-disabled', 'true');
  await context.setOffline(false);
  await expect(ask.send).not.toHaveAttribute('aria-disabled', 'true');
  await ask.send.click();
  await expect(page).toHaveURL(/\/cases\/[^/]+$/);
});

test('finds no order behind an old link', async ({ page, words }) => {
  const answer = await page.goto('/orders/no-such-order/after-sale');
  expect(answer?.status()).toBe(404);
  await appIsThere(page);
  await expect(page.getByRole('main').getByRole('alert')).toContainText(words.ask.gone_title);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('reads what can be asked for, and whom to ask', async ({ page, lin, shop, words }) => {
    const order = await delivered(shop, lin, 'ask-14');
    await page.goto(`/orders/${order}/after-sale`);
    const main = page.getByRole('main');
    await expect(main).toContainText(shape(words.ask.until));
    await expect(main).toContainText('质量问题');
    // The test's browser reads the page as one that could run the program, so that this is read in its source.
    const source = await (await page.request.get(`/orders/${order}/after-sale`)).text();
    const without = /<noscript>([^]*?)<\/noscript>/.exec(source.slice(source.indexOf('id="served"')))?.[1] ?? '';
    expect(without).toContain(words.ask.needs_app_text);
    expect(without).toContain('href="tel:');
    expect(decodeURIComponent(/href="(mailto:[^"]+)"/.exec(without)?.[1] ?? '')).toContain('TP-ask-14');
  });
});
