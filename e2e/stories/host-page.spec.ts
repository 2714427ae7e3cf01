// In a frame of another page: spoken to and heard only when its origin is allowed.

import type { Page } from '@playwright/test';

import { Neighbour, type ToHost } from '../stage/host';
import { expect, test } from '../stage/story';

interface Window {
  heard: { origin: string; data: ToHost }[];
}

const heard = (page: Page) => page.evaluate(() => (window as unknown as Window).heard);

/** The page in the frame of that title. */
const framed = (page: Page) => page.frameLocator('iframe[title="0"]');

const say = (page: Page, message: object) =>
  page.evaluate((message) => {
    document.querySelector('iframe')!.contentWindow!.postMessage({ tepai: 1, ...message }, '*');
  }, message);

let neighbours: Neighbour[] = [];
const moveIn = async () => {
  const neighbour = await Neighbour.moveIn();
  neighbours.push(neighbour);
  return neighbour;
};
test.afterEach(async () => {
  for (const neighbour of neighbours) await neighbour.moveOut();
  neighbours = [];
});

test('a page of an allowed origin is a host', async ({ page, shop, id }) => {
  const host = await moveIn();
  await shop.welcomesHosts([host.origin]);
  host.frames(`${shop.origin}/orders/${id('tp-100010')}?embed=1`);
  await page.goto(host.origin);
  await expect(framed(page).getByRole('heading', { level: 1 })).toBeVisible();
  await expect.poll(async () => (await heard(page)).map(({ data }) => data.type)).toContain('ready');
  expect(new Set((await heard(page)).map(({ origin }) => origin))).toEqual(new Set([shop.origin]));
  await say(page, { type: 'hello', theme: 'dark', capabilities: ['telephone'] });
  await expect(framed(page).locator('html')).toHaveAttribute('data-theme', 'dark');
  await framed(page).locator('a.contact[href^="tel:"]').first().click();
  await expect.poll(async () => (await heard(page)).map(({ data }) => data.type)).toContain('open');
});

test('a page that may only show it hears nothing and is not heard', async ({ page, shop }) => {
  const [host, other] = [await moveIn(), await moveIn()];
  await shop.welcomesHosts([host.origin], [other.origin]);
  other.frames(`${shop.origin}/orders`);
  const asked = page.waitForResponse((response) => response.url().endsWith('/api/v1/hosts'));
  await page.goto(other.origin);
  await asked;
  await expect(framed(page).getByRole('article').first()).toBeVisible();
  await say(page, { type: 'hello', theme: 'dark' });
  await page.waitForLoadState('networkidle');
  await expect(framed(page).locator('html')).not.toHaveAttribute('data-theme', /./);
  expect(await heard(page)).toEqual([]);
});

test('another frame of an allowed page is not heard', async ({ page, shop }) => {
  const [host, other] = [await moveIn(), await moveIn()];
  await shop.welcomesHosts([host.origin, other.origin]);
  host.frames(`${shop.origin}/orders`, other.origin);
  await page.goto(host.origin);
  await expect.poll(async () => (await heard(page)).map(({ data }) => data.type)).toContain('ready');
  await page.frames()[2].evaluate(() => {
    window.parent.frames[0].postMessage({ tepai: 1, type: 'hello', theme: 'dark' }, '*');
  });
  // What its own host says comes after it.
  await say(page, { type: 'hello', text_percent: 125 });
  await expect(framed(page).locator('html')).toHaveCSS('font-size', '20px');
  await expect(framed(page).locator('html')).not.toHaveAttribute('data-theme', /./);
});
