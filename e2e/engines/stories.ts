// What every engine must do: the core stories, told again in the browsers that Playwright does not drive.

import assert from 'node:assert/strict';

import { wordsIn } from '../stage/catalogues';
import { PASSWORD } from '../stage/seed';
import { type Page, type Stage, story } from './stage';
import { type Spoil, withStaticHost } from './static-host';

const DIALOG = 'dialog.cancel-dialog[open]';
const CARD = '.orders-list article';

async function logIn(page: Page, password: string): Promise<void> {
  const { session } = page.words;
  await page.fill('textbox', session.login, 'lin@example.com');
  await page.fill('textbox', session.password, password);
  await page.click('button', session.submit);
}

/** The dialog is open and can be filled in. */
async function dialogReady(page: Page): Promise<void> {
  await page.find('radio', /./, DIALOG);
  await page.until('a dialog to confirm', async () => {
    const [confirm] = await page.browser.all(`${DIALOG} button[type=submit]`);
    // The app may just be taking over from the server's page.
    return confirm !== undefined && (await confirm.attribute('aria-disabled')) !== 'true';
  });
}

/** Chooses the first reason and confirms. */
async function confirm(page: Page, label: string): Promise<void> {
  await dialogReady(page);
  await page.until('a reason to choose', async () => {
    const [reason] = await page.browser.all(`${DIALOG} input[name=reason]`);
    await reason?.click();
    return reason?.checked() ?? null;
  });
  await page.click('button', label, DIALOG);
}

story('logs in, once the password is right', { who: null }, async ({ page, words }) => {
  await page.open('/login');
  await page.headed(words.session.title);
  await logIn(page, 'not-the-password');
  await page.reads('[role=alert]', words.session.wrong);
  await logIn(page, PASSWORD);
  await page.headed(words.common.my_orders);
  await page.at('/orders');
  await page.reads(CARD, '¥');
});

story('finds an order, opens it, cancels it, and sees it among the cancelled', {}, async (stage) => {
  const { page, words, shop, seed } = stage;
  const { id, number } = stage.order('tp-100010');
  await page.open('/orders');
  await page.fill('searchbox', words.orders.search, number);
  await page.browser.press('Enter');
  await page.counts(CARD, 1);
  await page.reads(CARD, number);
  await page.click('link', /./, `${CARD} h2`);
  await page.headed(words.state.unpacked);
  await page.at(`/orders/${id}`);

  await page.click('link', words.order.cancel);
  await confirm(page, words.cancel.confirm);
  await page.find('heading', words.cancel.done, DIALOG);
  await page.browser.press('Escape');
  await page.headed(words.state.cancelled);
  assert.equal((await shop.order(seed.tokens.lin, id)).state, 'cancelled');

  await page.open('/orders');
  await page.click('link', new RegExp(`^${words.tab.cancelled}`));
  await page.at('/orders?tab=cancelled');
  await page.reads(CARD, number);
});

story('cancels by keyboard only', {}, async ({ page, browser, words, shop, seed, order }) => {
  const { id, number } = order('tp-100010');
  await page.open('/orders');
  await page.find('searchbox', words.orders.search);
  await page.tabTo('searchbox', words.orders.search);
  // The application may take over the server's page in the middle of this.
  await browser.write(number);
  await page.until('the whole number in the field', async () => (await (await browser.focused()).value()) === number);
  await browser.press('Enter');
  await page.counts(CARD, 1);
  const link = await page.find('link', /./, `${CARD} h2`);
  await page.tabTo('link', await link.label());
  await browser.press('Enter');
  await page.headed(words.state.unpacked);
  await page.tabTo('link', words.order.cancel);
  await browser.press('Enter');
  await dialogReady(page);
  await page.focusOn('button', words.cancel.keep);

  await browser.press('Escape');
  await page.counts(DIALOG, 0);
  await page.focusOn('link', words.order.cancel);
  await browser.press('Enter');
  await dialogReady(page);
  await page.tabTo('radio', /./, 'Shift', 'Tab');
  // Engines differ in where one comes in, and in whether the first is above the last; the last one wants a note.
  await browser.press('ArrowUp');
  await browser.press('ArrowUp');
  await page.tabTo('button', words.cancel.keep);
  await page.tabTo('button', words.cancel.confirm);
  await browser.press('Enter');
  await page.focusOn('heading', words.cancel.done);
  await browser.press('Escape');
  await page.headed(words.state.cancelled);
  assert.equal((await shop.order(seed.tokens.lin, id)).state, 'cancelled');
});

story('is overtaken by the warehouse with the dialog open', {}, async ({ page, words, shop, order }) => {
  const { id } = order('tp-100010');
  await page.open(`/orders/${id}`);
  await page.click('link', words.order.cancel);
  await dialogReady(page);
  await shop.tells('tp-100010', 'packing_started');
  await page.focusOn('heading', words.cancel.overtaken_packing);
  await page.reads(DIALOG, words.cancel.overtaken_packing_text);
  await page.counts(`${DIALOG} button[type=submit]`, 0);
  await page.browser.press('Escape');
  await page.headed(words.state.packing);
  await page.gone('link', words.order.cancel);
});

story('asks to cancel, and withdraws', {}, async ({ page, words, shop, seed, order }) => {
  const { id } = order('wf-100106');
  await page.open(`/orders/${id}`);
  await page.click('link', words.order.request_cancel);
  await confirm(page, words.cancel.confirm_request);
  await page.find('heading', words.cancel.requested, DIALOG);
  // Its form may have been sent before the app was there.
  await page.counts('#served', 0);
  await page.browser.press('Escape');
  await page.counts(DIALOG, 0);
  await page.click('button', words.order.withdraw);
  await page.find('link', words.order.request_cancel);
  await page.gone('button', words.order.withdraw);
  assert.equal((await shop.order(seed.tokens.lin, id)).cancellation.kind, 'by_request');
});

story('changes to English, and it stays so', {}, async ({ page, browser, words }) => {
  await page.open('/orders');
  await page.headed(words.common.my_orders);
  await page.click('button', /./, 'header');
  await page.click('link', 'English');
  const english = wordsIn('en');
  await page.headed(english.common.my_orders);
  await browser.reload();
  await page.headed(english.common.my_orders);
  assert.equal(await browser.run('return document.documentElement.lang'), 'en');
});

story('cancels on a telephone, and nothing is wider than the screen', {}, async ({ page, browser, words, order }) => {
  await browser.resize(320, 700);
  const fits = async (): Promise<void> => {
    const [inner, wide] = await browser.run<[number, number]>(
      'return [innerWidth, document.documentElement.scrollWidth]',
    );
    assert.ok(inner >= 320 && inner <= 390, `the window is ${inner} wide`);
    assert.ok(wide <= inner, `the page is ${wide} wide, the window ${inner}`);
  };
  await page.open('/orders');
  await page.reads(CARD, '¥');
  await fits();
  await page.open(`/orders/${order('tp-100010').id}`);
  await page.find('link', words.order.cancel);
  await fits();
  await page.click('link', words.order.cancel);
  await dialogReady(page);
  await fits();
  await confirm(page, words.cancel.confirm);
  await page.find('heading', words.cancel.done, DIALOG);
  await fits();
});

story('goes back: first the dialog closes, then the page', {}, async ({ page, browser, words, order }) => {
  const { id } = order('tp-100010');
  await page.open('/orders?q=' + order('tp-100010').number);
  await page.click('link', /./, `${CARD} h2`);
  await page.click('link', words.order.cancel);
  await page.at(`/orders/${id}/cancel`);
  await dialogReady(page);
  await browser.back();
  await page.at(`/orders/${id}`);
  await page.counts(DIALOG, 0);
  await page.headed(words.state.unpacked);
  await browser.back();
  await page.headed(words.common.my_orders);
});

story('logs out, and going back shows nothing', { who: null }, async ({ page, browser, words, order }) => {
  await page.open('/login');
  await logIn(page, PASSWORD);
  await page.reads(CARD, order('tp-100010').number);
  await page.click('button', /./, 'header');
  await page.click('button', words.common.log_out);
  await page.headed(words.session.title);
  await browser.back();
  await page.headed(words.session.title);
  assert.equal((await browser.run<string>('return document.body.innerText')).includes('¥'), false);
});

/** From logging in to logging out, by what the server alone makes of links and forms. */
async function manageWithout({ page, words, shop, seed, order }: Stage): Promise<void> {
  const { id, number } = order('tp-100010');
  await page.open('/login');
  await logIn(page, 'not-the-password');
  await page.reads('[role=alert]', words.session.wrong);
  await logIn(page, PASSWORD);
  await page.headed(words.common.my_orders);
  await page.fill('searchbox', words.orders.search, number);
  await page.browser.press('Enter');
  await page.counts(CARD, 1);
  await page.click('link', /./, `${CARD} h2`);
  await page.headed(words.state.unpacked);
  await page.click('link', words.order.cancel);
  await confirm(page, words.cancel.confirm);
  await page.reads('main, dialog', words.cancel.done);
  assert.equal((await shop.order(seed.tokens.lin, id)).state, 'cancelled');
  await page.open(`/orders/${id}`);
  await page.headed(words.state.cancelled);
  await page.click('button', /./, 'header');
  await page.click('button', words.common.log_out);
  await page.headed(words.session.title);
}

story('manages without WebAssembly', { who: null, lacks: 'WebAssembly' }, manageWithout);
story('manages without JavaScript', { who: null, lacks: 'JavaScript' }, manageWithout);

story('starts on a host that has nothing but the files', { who: null }, async ({ page, browser }) => {
  await withStaticHost((_, content) => content, async (origin) => {
    await browser.goto(`${origin}/orders`);
    await page.counts('#boot', 0);
    await page.find('heading', /./, 'main');
  });
});

const NOTICE = '#boot-failed';

story('says so on such a host without WebAssembly', { who: null, lacks: 'WebAssembly' }, async ({ page, browser }) => {
  await withStaticHost((_, content) => content, async (origin) => {
    await browser.goto(`${origin}/orders`);
    await page.counts(NOTICE, 1);
  });
});

const isScript = (name: string): boolean => /^storefront-.*\.js$/.test(name);
/** Changes the page, before anything else in it. */
const changed = (script: string, type = 'module'): Spoil => (name, content) =>
  name === 'index.html'
    ? content.toString().replaceAll('type="module"', `type="${type}"`).replace('<head>', `<head><script>${script}</script>`)
    : content;

const TOO_OLD: Record<string, Spoil> = {
  'its script does not arrive': (name, content) => (isScript(name) ? null : content),
  'its script is not understood': (name, content) => (isScript(name) ? 'newer than { me' : content),
  'its program does not arrive': (name, content) => (name.endsWith('_bg.wasm') ? null : content),
  'its program is not understood': (name, content) => (name.endsWith('_bg.wasm') ? '\0asm?' : content),
  'there are no module scripts': changed('delete HTMLScriptElement.prototype.noModule', 'unknown'),
  'there are no dialogs': changed('delete window.HTMLDialogElement'),
  'there are no layers in style sheets': changed('delete window.CSSLayerBlockRule'),
};

story('says so on such a host when something in it is too new for the browser', { who: null }, async (stage) => {
  const { page, browser } = stage;
  for (const [title, spoil] of Object.entries(TOO_OLD)) {
    await withStaticHost(spoil, async (origin) => {
      await browser.goto(`${origin}/orders`);
      await page.until(title, async () => (await browser.all(NOTICE))[0]?.displayed() ?? null);
    });
  }
});
