// In the webview of a host app: it logs in, looks, goes back and opens things; the page tells it what happens.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { HostApp, type Platform } from '../stage/host';
import { appIsThere } from '../stage/pages';
import { photo } from '../stage/photo';
import { expect, sitDown, test } from '../stage/story';
import { watchCancels } from '../stage/watch';

const LIN = '林小满';

test.describe('logging in', () => {
  for (const platform of ['interface', 'listener', 'ios'] as Platform[]) {
    test.describe(platform, () => {
      test.use({ who: null });

      test('is handed over by the host, and the code is left nowhere', async ({ page, order, shop, seed, id, context }) => {
        const lin = await shop.shopperOf(seed.tokens.lin);
        const host = await HostApp.around(page, platform, { capabilities: ['login'] });
        const codes: string[] = [];
        host.logsIn = async ({ id, binding }) => {
          codes.push(await shop.handsOff(lin, binding));
          return { tepai: 1, type: 'login_code', id, code: codes[0] };
        };
        const urls: string[] = [];
        page.on('framenavigated', (frame) => urls.push(frame.url()));
        page.on('request', (request) => urls.push(request.url()));
        await page.goto(`/orders/${id('tp-100010')}`);
        await expect(order.actions).toBeVisible();
        await expect(page).toHaveURL(new RegExp(`/orders/${id('tp-100010')}$`));

        expect(codes).toHaveLength(1);
        expect(host.all('need_login')[0].binding).toMatch(/^[\w-]{43}$/);
        const kept = await page.evaluate(() =>
          JSON.stringify([history.state, location.href, { ...localStorage }, { ...sessionStorage }, document.cookie]),
        );
        const cookies = JSON.stringify(await context.cookies());
        for (const place of [kept, cookies, ...urls]) expect(place).not.toContain(codes[0]);
        const session = (await context.cookies()).find(({ name }) => name === 'tepai_session');
        expect(session?.httpOnly).toBe(true);
      });
    });
  }

  test.describe('nobody', () => {
    test.use({ who: null });

    test('is asked by hand when the host declines, and the host is not asked again', async ({ page, logIn, orders }) => {
      const host = await HostApp.around(page, 'ios', { capabilities: ['login'] });
      host.logsIn = async ({ id }) => ({ tepai: 1, type: 'login_declined', id });
      await page.goto('/login?next=%2Forders');
      await host.hears('need_login');
      await logIn.logIn('lin@example.com', 'demo-Order-2026');
      await expect(orders.cards.first()).toBeVisible();
      expect(host.all('need_login')).toHaveLength(1);
    });

    test('is logged in by another page’s code', async ({ page, shop, seed, logIn }) => {
      const lin = await shop.shopperOf(seed.tokens.lin);
      const host = await HostApp.around(page, 'interface', { capabilities: ['login'] });
      const foreign = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
      host.logsIn = async () => ({ tepai: 1, type: 'login_code', code: await shop.handsOff(lin, foreign) });
      const refused = page.waitForResponse((response) => response.url().endsWith('/session/handoff'));
      await page.goto('/login?next=%2Forders');
      expect((await refused).status()).toBe(401);
      await expect(logIn.heading).toBeVisible();
    });
  });

  test('stays out after logging out, until somebody asks for it', async ({ page, orders, logIn, words }) => {
    const host = await HostApp.around(page, 'interface', { capabilities: ['login'] });
    await orders.open();
    await page.getByRole('banner').locator('summary').click();
    await page.getByRole('button', { name: words.common.log_out }).click();
    await expect(logIn.heading).toBeVisible();
    await expect.poll(() => host.all('navigated').at(-1)?.page).toBe('login');
    expect(host.all('need_login')).toHaveLength(0);
  });
});

test.describe('a session that ends in the middle of a cancel', () => {
  test('is renewed by the host, and the cancel goes on by itself', async ({ page, dialog, prompt, id, shop, seed, words }) => {
    const lin = await shop.shopperOf(seed.tokens.lin);
    const host = await HostApp.around(page, 'listener', { capabilities: ['login'] });
    host.logsIn = async ({ id, binding }) => {
      // The shopper is asked by nobody meanwhile.
      await expect(prompt.dialog).toHaveCount(0);
      return { tepai: 1, type: 'login_code', id, code: await shop.handsOff(lin, binding) };
    };
    const sent = watchCancels(page);
    await dialog.open(id('tp-100010'));
    await dialog.ready();
    await dialog.reasons.first().check();
    await shop.endsSession(seed.tokens.lin);
    await dialog.confirm.click();
    await expect(dialog.result).toHaveText(words.cancel.done);
    expect(sent).toHaveLength(2);
    expect(new Set(sent.map(({ key }) => key)).size).toBe(1);
    expect(host.all('need_login')).toHaveLength(1);
    expect(host.all('event')).toEqual([
      { tepai: 1, type: 'event', name: 'order_cancelled', order: id('tp-100010') },
    ]);
  });

  test('asks the shopper when what the host brings does not hold', async ({ page, orders, prompt, shop, seed, context }) => {
    const host = await HostApp.around(page, 'interface', { capabilities: ['login'] });
    const shopper = { id: await shop.shopperOf(seed.tokens.lin), display_name: LIN };
    host.logsIn = async ({ id }) => ({ tepai: 1, type: 'login_code', id, code: 'c' });
    // As where cookies are switched off: logged in, and a moment later not.
    await page.route('**/session/handoff', (route) => route.fulfill({ json: { shopper } }));
    await orders.open();
    await host.hears('navigated');
    await context.clearCookies();
    await orders.tab('cancelled').click();
    await expect(prompt.dialog).toBeVisible();
    expect(host.all('need_login')).toHaveLength(1);
  });

  test('asks the shopper when the host stays silent', async ({ page, dialog, prompt, id, shop, seed, words }) => {
    const host = await HostApp.around(page, 'ios', { capabilities: ['login'] });
    await dialog.open(id('tp-100010'));
    await dialog.ready();
    await dialog.reasons.first().check();
    await shop.endsSession(seed.tokens.lin);
    await dialog.confirm.click();
    await host.hears('need_login');
    await expect(prompt.dialog).toHaveCount(0);
    await expect(prompt.dialog).toBeVisible({ timeout: 15_000 });
    await prompt.logIn('lin@example.com', 'demo-Order-2026');
    await expect(dialog.result).toHaveText(words.cancel.done);
  });
});

test('back closes the dialog, then the page, then asks the host to close', async ({ page, orders, order, dialog, number, id }) => {
  const host = await HostApp.around(page, 'interface');
  await orders.open();
  expect((await host.hears('navigated')).back).toBe(false);
  await orders.link(number('tp-100010')).click();
  await order.cancel.click();
  await expect(dialog.root).toBeVisible();
  expect(await host.goesBack()).toBe(true);
  await expect(dialog.root).toHaveCount(0);
  await expect(order.actions).toBeVisible();
  await expect.poll(() => host.all('navigated').at(-1)).toEqual({
    tepai: 1,
    type: 'navigated',
    page: 'order',
    order: id('tp-100010'),
    back: true,
  });
  expect(await host.goesBack()).toBe(true);
  await expect(orders.cards.first()).toBeVisible();
  await expect.poll(() => host.all('navigated').at(-1)?.back).toBe(false);
  expect(host.all('close')).toHaveLength(0);
  expect(await host.goesBack()).toBe(false);
  await host.hears('close');
  await expect(orders.cards.first()).toBeVisible();
});

test('back leads to the list from an order that was opened from outside', async ({ page, orders, dialog, id }) => {
  const host = await HostApp.around(page, 'ios');
  await dialog.open(id('tp-100010'));
  await host.hears('navigated');
  expect(await host.goesBack()).toBe(true);
  await expect(dialog.root).toHaveCount(0);
  expect(await host.goesBack()).toBe(true);
  await expect(orders.cards.first()).toBeVisible();
  expect(await host.goesBack()).toBe(false);
});

test('looks as the host does: theme, text, safe areas, language', async ({ page, orders, order, lang }) => {
  const host = await HostApp.around(page, 'listener', {
    theme: 'dark',
    text_percent: 150,
    safe_area: { top: 47, bottom: 34 },
    locale: lang,
  });
  await orders.open();
  const look = () =>
    page.evaluate(() => {
      const root = getComputedStyle(document.documentElement);
      const header = getComputedStyle(document.querySelector('.app-header')!);
      return { scheme: root.colorScheme, text: root.fontSize, top: header.paddingBlockStart };
    });
  await expect.poll(look).toEqual({ scheme: 'dark', text: '24px', top: '47px' });
  await host.changes({ theme: 'light', text_percent: 200 });
  await expect.poll(look).toEqual({ scheme: 'light', text: '32px', top: '47px' });
  // Twice as large, and still nothing sticks out of a phone.
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await orders.cards.first().getByRole('heading').getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(order.actions).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  expect(await host.goesBack()).toBe(true);
  await expect(orders.cards.first()).toBeVisible();

  await host.changes({ locale: 'en-GB' });
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page).toHaveURL(/\/orders$/);
  await host.hears('ready', 2);
  // The shopper chooses another, and the host's hello does not take it back.
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole('banner').locator('summary').click();
  await page.getByRole('link', { name: '简体中文' }).click();
  await host.hears('ready', 3);
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await page.waitForLoadState('networkidle');
  expect(host.all('ready')).toHaveLength(3);
});

test('opens telephone, chat and payment through the host that can', async ({ page, order, id }) => {
  const host = await HostApp.around(page, 'interface', { capabilities: ['telephone', 'support_chat', 'payment'] });
  await order.open(id('tp-100010'));
  await host.hears('navigated');
  await page.locator('a.contact[href^="tel:"]').first().click();
  const call = await host.hears('open');
  expect(call).toMatchObject({ kind: 'telephone', order: id('tp-100010') });
  expect(call.target).toMatch(/^tel:\d+$/);
  await order.actions.locator('[data-host=support_chat]').click();
  expect(await host.hears('open', 2)).toMatchObject({ kind: 'support_chat', order: id('tp-100010') });
  await expect(page).toHaveURL(/\/orders\/[^#]+$/);
  await page.locator('a.contact[href^="mailto:"]').first().evaluate((link) => {
    // What the host cannot do is the browser's business; here nothing would come of it.
    link.addEventListener('click', (event) => setTimeout(() => (document.body.dataset.kept = `${event.defaultPrevented}`)));
    link.setAttribute('href', 'mailto:');
    (link as HTMLElement).click();
  });
  await expect(page.locator('body')).toHaveAttribute('data-kept', 'false');
  expect(host.all('open')).toHaveLength(2);
});

test('tells the host what the shopper did to an order', async ({ page, order, dialog, id }) => {
  const host = await HostApp.around(page, 'ios');
  await dialog.open(id('wf-100106'));
  await dialog.ready();
  await dialog.reasons.first().check();
  await dialog.confirm.click();
  await expect(dialog.result).toBeVisible();
  await host.hears('event');
  await dialog.close.click();
  await order.withdraw.click();
  await host.hears('event', 2);
  expect(host.all('event').map(({ name, order }) => [name, order])).toEqual([
    ['cancellation_requested', id('wf-100106')],
    ['request_withdrawn', id('wf-100106')],
  ]);
  expect(host.all('title').at(-1)?.title).toBe(await page.title());
});

test.describe('when the app comes back', () => {
  test('looks again', async ({ page, order, id }) => {
    const host = await HostApp.around(page, 'listener');
    await order.open(id('tp-100010'));
    await host.hears('navigated');
    const again = page.waitForRequest((request) => request.url().endsWith(`/api/v1/orders/${id('tp-100010')}`));
    await host.says({ type: 'resumed' });
    await again;
    const restored = page.waitForRequest((request) => request.url().endsWith(`/api/v1/orders/${id('tp-100010')}`));
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
    await restored;
  });

  test('shows nothing of the shopper before', async ({ page, orders, shop, seed, context }) => {
    const host = await HostApp.around(page, 'interface');
    await orders.open();
    await expect(page.getByRole('banner')).toContainText(LIN);
    await sitDown(context, shop.origin, seed.tokens.zhao);
    await host.says({ type: 'resumed' });
    await expect(page.getByRole('banner')).toContainText('赵一宁');
    await expect(page.getByText(LIN)).toHaveCount(0);
  });
});

test('without a host nothing is different', async ({ page, order, id }) => {
  const files: string[] = [];
  page.on('request', (request) => files.push(new URL(request.url()).pathname));
  await order.open(id('tp-100010'));
  await page.waitForLoadState('networkidle');
  expect(files.filter((file) => /later-host|\/hosts$/.test(file))).toEqual([]);
  expect(await page.evaluate(() => 'tepai' in window)).toBe(false);
});

test('without its frame in the frame of the host', async ({ page, orders }) => {
  await page.goto('/orders?embed=1');
  await expect(orders.cards.first()).toBeVisible();
  await expect(page.getByRole('banner')).toBeHidden();
  await expect(page).toHaveURL(/\/orders$/);
  await page.reload();
  await expect(orders.cards.first()).toBeVisible();
  await expect(page.getByRole('banner')).toBeHidden();
});

test('without its frame, the chat of our own works, from the order to the answer', async ({ page, order, shop, id, words }) => {
  await page.goto(`/orders/${id('tp-100010')}?embed=1`);
  await appIsThere(page);
  await expect(page.getByRole('banner')).toBeHidden();
  // The host has no chat, so that ours is used.
  await order.actions.locator('[data-host=support_chat]').click();
  await page.locator('#support').getByRole('link', { name: words.support.chat }).click();
  await expect(page).toHaveURL(/\/support\?order=/);
  await expect(page.getByRole('banner')).toBeHidden();
  await page.getByRole('textbox', { name: words.talk.text }).fill('in the webview');
  await page.locator('#ask button[type=submit]').click();
  await expect(page).toHaveURL(/\/support\/[0-9a-f]+$/);
  const messages = page.getByRole('list', { name: words.talk.messages });
  await expect(messages).toContainText('in the webview');
  await shop.answers(page.url().split('/').at(-1)!, 'heard in the webview');
  await expect(messages).toContainText('heard in the webview');
  await page.getByRole('textbox', { name: words.talk.say, exact: true }).fill('thanks');
  await page.getByRole('button', { name: words.talk.say_send, exact: true }).click();
  await expect(messages.getByText('thanks')).toHaveCount(1);
  await expect(messages).not.toContainText(words.talk.sending);
  // A photo comes from a file field, and the transcript is a download: what docs/WEBVIEW.md tells hosts to be ready for.
  await page.getByText(words.talk.photos, { exact: true }).click();
  await page.locator('#say-evidence').setInputFiles(photo('cup.jpg'));
  await expect(page.locator('.talk-composer').getByText(words.evidence.ready, { exact: true })).toBeVisible();
  await page.getByRole('textbox', { name: words.talk.say, exact: true }).fill('it is cracked');
  await page.getByRole('button', { name: words.talk.say_send, exact: true }).click();
  await expect(messages.getByRole('listitem').filter({ hasText: 'it is cracked' }).locator('img')).toHaveCount(1);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: words.talk.transcript }).click(),
  ]);
  expect(readFileSync(await file.path(), 'utf8')).toContain('heard in the webview');
  // After a reload of the webview it is still without a frame, and nothing is lost.
  await page.reload();
  await appIsThere(page);
  await expect(page.getByRole('banner')).toBeHidden();
  await expect(messages).toContainText('heard in the webview');
});

test('the definition for TypeScript fits what these stories do', () => {
  test.slow();
  const e2e = resolve(__dirname, '..');
  const files = [resolve(e2e, '../docs/tepai-host.d.ts'), resolve(e2e, 'stage/host.ts')];
  const options = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'nodenext', '--types', 'node'];
  const out = execFileSync(resolve(e2e, 'node_modules/.bin/tsc'), [...options, ...files], { encoding: 'utf8' });
  expect(out).toBe('');
});
