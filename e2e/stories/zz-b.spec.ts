import { HostApp } from '../stage/host';
import { expect, test } from '../stage/story';
test('b', async ({ page, orders, order, id, dialog }) => {
  await HostApp.around(page, 'ios', { text_percent: 200 });
  for (const width of [390, 320]) {
  await page.setViewportSize({ width, height: 844 });
  const wide = () => page.evaluate(() => [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && getComputedStyle(e).position !== 'absolute').map((e) => `${e.tagName}.${e.className} ${Math.round(e.getBoundingClientRect().right)} ${(e.textContent ?? '').slice(0, 20)}`).slice(0, 25).concat([`= ${document.documentElement.scrollWidth}`]));
  for (const name of ['tp-100010','wf-100106', 'tp-100203']) { if (name === 'tp-100203') continue;
  await order.open(id(name));
  await page.waitForTimeout(800);
  console.log(width, name, JSON.stringify(await wide(), null, 1)); }
  await dialog.open(id('tp-100010')); await page.waitForTimeout(1200);
  console.log(width, 'dialog', JSON.stringify(await wide(), null, 1));
  await orders.open();await page.waitForTimeout(800);
  console.log(width, 'list', JSON.stringify(await wide(), null, 1));
  }
});
