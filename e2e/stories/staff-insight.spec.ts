// The charts: which days and which shop, with the keyboard and as tables; taken away as a file; for those who may.

import { readFileSync } from 'node:fs';

import { findings } from '../stage/axe';
import { expect, test } from '../stage/staff';

test('a supervisor reads the charts with the keyboard alone, changes the period, and finds it in the address', async ({ sits, says }) => {
  const { insight, frame } = says;
  const { desk } = await sits('zhou');
  const { page } = desk;
  await page.goto('/staff');
  await page.getByRole('link', { name: frame.insight }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: insight.title })).toBeVisible();
  const chart = page.getByRole('region', { name: insight.by_whom, exact: true });
  await expect(chart.getByRole('img', { name: insight.by_whom })).toBeVisible();

  // The values, place by place.
  const slider = chart.getByRole('slider');
  await slider.focus();
  await page.keyboard.press('Home');
  const first = await slider.getAttribute('aria-valuetext');
  expect(first).toContain(insight.by_shopper);
  expect(first).toContain((await chart.locator('.chart-place').textContent())!);
  await page.keyboard.press('ArrowRight');
  await expect(slider).not.toHaveAttribute('aria-valuetext', first!);

  // The same as a table.
  await chart.locator('summary').focus();
  await page.keyboard.press('Enter');
  const rows = chart.getByRole('table').getByRole('row');
  await expect(rows).toHaveCount(31);

  await page.getByRole('link', { name: insight.last_days.replace('{n}', '7'), exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/days=7/);
  await chart.locator('summary').click();
  await expect(rows).toHaveCount(8);
  await page.getByRole('combobox', { name: insight.shop }).selectOption('wanfu');
  await expect(page).toHaveURL(/days=7&shop=wanfu/);
  await page.goBack();
  await expect(page.getByRole('combobox', { name: insight.shop })).toHaveValue('');

  // Other days; those that are none are said to be.
  await page.getByText(insight.own_days, { exact: true }).click();
  await page.getByLabel(insight.from, { exact: true }).fill('2026-01-02');
  await page.getByLabel(insight.to, { exact: true }).fill('2026-01-01');
  await page.getByRole('button', { name: insight.show, exact: true }).click();
  await expect(page.getByText(insight.wrong_days)).toBeVisible();
  await page.getByLabel(insight.to, { exact: true }).fill('2026-01-03');
  await page.getByRole('button', { name: insight.show, exact: true }).click();
  await expect(page).toHaveURL(/from=2026-01-02&to=2026-01-03/);
  // Whatever was typed, the address says what is shown.
  await page.goto('/staff/insight?from=1999-01-01&to=1999-01-02');
  await expect(page.getByText(insight.no_orders)).toBeVisible();
});

test('the figures of a chart are taken away as a file', async ({ sits, says }) => {
  const { desk } = await sits('zhou');
  await desk.page.goto('/staff/insight?days=7');
  const link = desk.page.getByRole('link', { name: `${says.insight.csv}: ${says.insight.by_whom}` });
  const [file] = await Promise.all([desk.page.waitForEvent('download'), link.click()]);
  expect(file.suggestedFilename()).toMatch(/^tepai-cancellations-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv$/);
  const lines = readFileSync((await file.path())!, 'utf8').trimEnd().split('\r\n');
  expect(lines).toHaveLength(8);
  expect(lines[0]).toMatch(/^from,to,placed,cancelled,/);
  // A chart that is not by days has a file of its own.
  const ways = desk.page.getByRole('link', { name: `${says.insight.csv}: ${says.insight.channels}` });
  const [other] = await Promise.all([desk.page.waitForEvent('download'), ways.click()]);
  expect(readFileSync((await other.path())!, 'utf8')).toMatch(/^channel,made,failed,/);
});

test.describe('an agent', () => {
  test.use({ provokes: /403/ });

  test('is shown no way to the charts, and by their address that the role may not', async ({ sits, says }) => {
    const { desk } = await sits('wang');
    await desk.page.goto('/staff');
    await expect(desk.page.getByRole('heading', { name: says.work.title })).toBeVisible();
    await expect(desk.page.getByRole('link', { name: says.frame.insight })).toHaveCount(0);
    await desk.page.goto('/staff/insight');
    await expect(desk.page.getByText(says.failures.not_permitted)).toBeVisible();
  });
});

for (const lang of ['zh-CN', 'en'] as const) {
  for (const viewport of [{ width: 390, height: 844 }, { width: 1280, height: 800 }]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      test.describe(`${lang} ${viewport.width} ${colorScheme}`, () => {
        test.use({ lang, viewport });

        test('the charts are sound for everybody, and fit', async ({ sits, says }) => {
          const { desk } = await sits('zhou');
          const { page } = desk;
          await page.emulateMedia({ colorScheme });
          await page.goto('/staff/insight?days=90');
          const chart = page.getByRole('region', { name: says.insight.by_whom, exact: true });
          await expect(chart.getByRole('img')).toBeVisible();
          await chart.locator('summary').click();
          await page.getByText(says.insight.own_days, { exact: true }).click();
          expect(await findings(page)).toEqual([]);
          const wider = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
          expect(wider, 'the page is wider than the screen').toBe(false);
          // All pages are in the bar to be seen, on a telephone and in the longer language, too.
          await expect(page.getByRole('link', { name: says.frame.insight, exact: true })).toBeInViewport({ ratio: 1 });
          // No two words of an axis stand in each other's way.
          const touching = await page.evaluate(() => {
            const found: string[] = [];
            for (const picture of document.querySelectorAll('.chart-svg')) {
              const names = [...picture.querySelectorAll('.chart-name[data-middle]')];
              const boxes = names.map((name) => name.getBoundingClientRect());
              boxes.slice(1).forEach((box, place) => {
                if (box.left < boxes[place].right) found.push(names[place].textContent ?? '');
              });
            }
            return found;
          });
          expect(touching).toEqual([]);
        });
      });
    }
  }
}
