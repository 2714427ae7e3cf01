// My Orders with ten thousand orders: it scrolls smoothly on a slow device, stays small, and keeps its place.

import { type Page, expect, test } from '../stage/story';

test.use({ who: 'many', viewport: { width: 390, height: 844 } });
test.setTimeout(240_000);

/** The most elements that the page may have, however long the list is. */
const ELEMENTS = 6_000;

interface Frames {
  count: number;
  p50: number;
  p95: number;
  longest: number;
  /** How many took longer than 50 ms, in percent. */
  late: number;
}

/** How much slower than this machine the device is that the list is made for. */
const SLOWER = 4;

/** Milliseconds of the page's processor time that `act` takes: its own thread's, however busy the machine is. */
async function work(page: Page, act: () => Promise<unknown>): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const spent = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN) * 1_000;
  };
  const before = await spent();
  await act();
  const took = (await spent()) - before;
  await session.detach();
  return took;
}

function elements(page: Page): Promise<number> {
  return page.evaluate(() => document.getElementsByTagName('*').length);
}

function loaded(page: Page): Promise<number> {
  return page.evaluate(() => Number(document.querySelector<HTMLElement>('.orders-list')?.dataset.loaded));
}

/** Goes to the end of the list until it has so many orders. */
async function growTo(page: Page, count: number): Promise<void> {
  await page.evaluate(
    (count) =>
      new Promise<void>((done) => {
        const on = () => {
          const list = document.querySelector<HTMLElement>('.orders-list');
          if (Number(list?.dataset.loaded) >= count) return done();
          scrollTo(0, document.documentElement.scrollHeight);
          requestAnimationFrame(on);
        };
        on();
      }),
    count,
  );
}

/** Scrolls by `step` before each picture, `pictures` times; how long the pictures took, and whether cards were missing. */
function scroll(page: Page, step: number, pictures: number): Promise<Frames & { blank: number }> {
  return page.evaluate(
    ({ step, pictures }) =>
      new Promise((done) => {
        const deltas: number[] = [];
        let blank = 0;
        let before: number | undefined;
        const frame = (now: number) => {
          if (before !== undefined) deltas.push(now - before);
          before = now;
          // Now and then: is there a card in the middle of the window?
          if (deltas.length % 20 === 10) {
            const seen = [0.4, 0.5, 0.6].some((part) =>
              document.elementFromPoint(innerWidth / 2, innerHeight * part)?.closest('.orders-list > li:not(.orders-room)'),
            );
            if (!seen) blank += 1;
          }
          if (deltas.length < pictures) {
            scrollBy(0, step);
            requestAnimationFrame(frame);
            return;
          }
          deltas.sort((a, b) => a - b);
          const at = (part: number) => Math.round(deltas[Math.floor((deltas.length - 1) * part)] * 10) / 10;
          done({
            count: deltas.length,
            p50: at(0.5),
            p95: at(0.95),
            longest: at(1),
            late: (deltas.filter((delta) => delta > 50).length / deltas.length) * 100,
            blank,
          });
        };
        requestAnimationFrame(frame);
      }),
    { step, pictures },
  );
}

/** The number of the order whose card is at the upper edge of the window, and where that card stands. */
function place(page: Page): Promise<{ position: number; top: number }> {
  return page.evaluate(() => {
    const items = [...document.querySelectorAll('.orders-list > li:not(.orders-room)')];
    const first = items.find((item) => item.getBoundingClientRect().bottom > 0);
    return {
      position: Number(first?.getAttribute('aria-posinset')),
      top: first?.getBoundingClientRect().top ?? NaN,
    };
  });
}

test('scrolls ten thousand orders on a slow device, and stays small', async ({ orders, page }, { annotations }) => {
  await orders.open();
  const list = page.locator('.orders-list');
  await expect(list.locator('li[aria-posinset="1"]')).toHaveAttribute('aria-setsize', '10000');
  await growTo(page, 10_000);
  await expect(orders.end).toBeVisible();
  await expect(list).toHaveAttribute('data-loaded', '10000');
  expect(await elements(page)).toBeLessThan(ELEMENTS);
  await expect(orders.cards.last().locator('xpath=ancestor::li')).toHaveAttribute('aria-posinset', '10000');

  const session = await page.context().newCDPSession(page);
  for (const [name, top, step, pictures] of [
    ['down', 0, 80, 300],
    ['fling', 400_000, 400, 150],
    ['up', 800_000, -80, 300],
  ] as const) {
    const begin = async () => {
      await page.evaluate((top) => scrollTo(0, top), top);
      await page.waitForTimeout(500); // What is drawn around the place of a jump is not what is measured.
    };
    await begin();
    const took = await work(page, () => scroll(page, step, pictures));
    await begin();
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    const frames = await scroll(page, step, pictures);
    await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    // How long a picture really took is for reading: on a busy machine it says more about the machine.
    annotations.push({ type: name, description: JSON.stringify({ work: took / pictures, ...frames }) });
    expect(frames.blank, `${name}: cards are missing`).toBe(0);
    expect(await elements(page), name).toBeLessThan(ELEMENTS);
    if (Math.abs(step) < 100) expect((took / pictures) * SLOWER, `${name}: ms a picture`).toBeLessThan(25);
  }
});

test('keeps the place at order 3,000 over an order and the browser’s history', async ({ orders, order, page }) => {
  await orders.open();
  await growTo(page, 3_040);
  const card = page.locator('li[aria-posinset="3000"]');
  await page.evaluate(() => scrollBy(0, -6_000));
  await expect(card).toBeVisible();
  await card.evaluate((item) => scrollBy(0, item.getBoundingClientRect().top - 200));
  await page.waitForTimeout(600); // The place is noted once the scrolling rests.
  const before = await place(page);
  const title = await card.getByRole('heading').textContent();
  const isBack = async () => {
    await expect(card.getByRole('heading')).toHaveText(title ?? '');
    await expect.poll(async () => (await place(page)).position).toBe(before.position);
    await expect.poll(async () => Math.abs((await place(page)).top - before.top)).toBeLessThan(4);
  };

  const link = card.getByRole('heading').getByRole('link');
  await link.click();
  await expect(order.actions).toBeVisible();
  await page.goBack();
  await isBack();
  await expect(link).toBeFocused();
  await page.goForward();
  await expect(order.actions).toBeVisible();
  await page.getByRole('banner').locator('.back-link').click();
  await isBack();

  // As somebody presses it: a click of the driver's scrolls first.
  await page.locator('.tab').nth(1).evaluate((tab: HTMLElement) => tab.click());
  await expect(page).toHaveURL(/tab=/);
  await orders.settled();
  await page.goBack();
  await isBack();

  // Noted once the list rests, with all that is drawn around the place.
  await expect.poll(() => page.evaluate(() => typeof history.state)).toBe('string');
  await page.reload();
  await isBack();
});

test('follows a change of an order far down the list', async ({ orders, page, shop, words, seed }) => {
  const weeks = new Date(Date.now() - 14 * 24 * 3_600_000).toISOString().slice(0, 10);
  const latest = await shop.list(seed.tokens.many, { placed_from: weeks });
  const position = latest.findLastIndex((order) => order.state === 'shipped') + 1;
  expect(position, 'beyond the first hundred').toBeGreaterThan(100);
  const { number, id } = latest[position - 1];
  const { external_id } = await shop.order(seed.tokens.many, id);

  await orders.open();
  await growTo(page, position + 40);
  const card = page.locator(`li[aria-posinset="${position}"]`);
  await card.scrollIntoViewIfNeeded();
  await expect(card).toContainText(number);
  await expect(card).toContainText(words.state.shipped);
  await shop.tells(external_id, 'delivered');
  await expect(card).toContainText(words.state.delivered);
  await expect(card).toContainText(number);
});

test('begins further down when its URL says so, and leads back to the newest', async ({ orders, page, words }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'IntersectionObserver'));
  await orders.open();
  const first = await orders.cards.first().textContent();
  const href = await orders.more.getAttribute('href');
  expect(href).toMatch(/^\/orders\?after=/);
  await page.goto(href!);
  await orders.settled();
  await expect(orders.cards).toHaveCount(20);
  expect(await orders.cards.first().textContent()).not.toBe(first);
  await page.getByRole('link', { name: words.orders.newest }).click();
  await expect(page).toHaveURL(/\/orders$/);
  await expect(orders.cards.first()).toHaveText(first ?? '');
});
