// What holds on every page, in every state, language and theme: no axe findings, no sideways scrolling at 320 px,
// no Chinese left over in English, no complaints in the console, no missing files, no icon that draws nothing.

import type { Page } from '@playwright/test';

import { findings } from '../stage/axe';
import { expect, test } from '../stage/story';
import { TOUR } from '../stage/tour';
import { watchFiles } from '../stage/watch';

/** What people wrote: names, addresses, notes. It stays as it is in every language. */
const WRITTEN = [
  '物流滞留确实是我们没有及时跟进，退还 20 元以示歉意',
  '已调取物流记录，包裹在分拨中心滞留了两天，今天给您方案',
  '照片无法证明破口在签收前就有，但理解您的不便',
  '林小满',
  '林国梁',
  '平安喜乐',
  '顺丰速运',
  '京东快递',
  '中通快递',
  '浙江省 云溪市 望湖区',
  '浙江省 云溪市 高新区',
  '江苏省 临川市 南塘区',
  '浙江省',
  '桂花路 18 号 3 幢 502 室',
  '星河大道 299 号 青橙大厦 12 层',
  '梧桐里 7 号',
  '朋友送了一副同款耳机',
  '燕麦色围巾盘点后缺货，非常抱歉',
  '运营商已受理充值，无法撤回',
  '供货价调整，无法按原价发出',
  '两盏里有一盏灯罩开裂，底座正常',
  '外箱破损，坚果礼盒少了 6 包',
  '买重了一条，吊牌都在',
  '浙江省 云溪市 望湖区 仓前路 66 号 B特派退货组 收 400-820-0403',
  '我要的是电信一区，充进去提示区服不符',
  '卡密已在电信一区成功兑换，与订单一致，无法退款',
  '盒角压坏，两块版图有折痕',
  '颜色和想象的不一样',
  '两本封面有破口',
  '收到时就是破的，请再核实一下',
  '签收时外包装完好，照片中的破口为使用后造成，不支持退款',
  '发货前质检照片显示封面完好',
  '送人的，对方不喜欢',
  '充值一直没有到账，运营商说没有记录',
];

/** What sticks out sideways of the page or its dialog. */
function sticksOut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wide = (element: Element) => element.scrollWidth > element.clientWidth;
    const boxes = [document.documentElement, ...document.querySelectorAll('dialog[open], dialog[open] .dialog-body')];
    if (!boxes.some(wide)) return [];
    const right = document.documentElement.clientWidth;
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > right + 1)
      .map((element) => `${element.tagName}.${element.getAttribute('class')}`)
      .concat('scrolls sideways');
  });
}

/** Symbols that are shown and yet draw nothing. */
function emptyIcons(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<SVGUseElement>('svg use')]
      .filter((use) => use.checkVisibility() && use.getBBox().width === 0)
      .map((use) => `${use.getAttribute('href')} in ${use.closest('[class]:not(svg)')?.className}`),
  );
}

/** Chinese texts on the page, but for those marked as Chinese and what the shopper or the shop wrote. */
async function chinese(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const found: string[] = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node instanceof Element ? node : node.parentElement;
      if (!element || element.closest('[lang="zh-CN"], .menu-name, script, style')) continue;
      if (node instanceof Element) {
        for (const name of ['aria-label', 'placeholder', 'title', 'alt']) found.push(node.getAttribute(name) ?? '');
      } else {
        found.push(node.textContent ?? '');
      }
    }
    return found;
  });
  // What contains another one goes first.
  const written = [...WRITTEN].sort((one, other) => other.length - one.length);
  return texts.filter((text) => {
    const ours = written.reduce((rest, own) => rest.replaceAll(own, ''), text);
    return /\p{Script=Han}/u.test(ours);
  });
}

const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 320, height: 640 };

for (const lang of ['zh-CN', 'en'] as const) {
  for (const stop of TOUR) {
    test.describe(lang, () => {
      test.use({ lang, viewport: NARROW, who: stop.loggedOut ? null : (stop.who ?? 'lin'), readsOnly: !stop.changes });

      test(stop.name, async ({ page, shop, words, id }) => {
        const missing = watchFiles(page);
        await stop.reach({ page, shop, words, id });
        await expect(page.locator('html')).toHaveAttribute('lang', lang);
        if (lang === 'en') expect.soft(await chinese(page), 'Chinese in English').toEqual([]);
        expect.soft(await sticksOut(page), 'sideways, narrow').toEqual([]);
        expect.soft(await findings(page), 'axe, narrow, light').toEqual([]);

        await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
        expect.soft(await findings(page), 'axe, narrow, dark').toEqual([]);

        await page.setViewportSize(WIDE);
        expect.soft(await sticksOut(page), 'sideways, wide').toEqual([]);
        expect.soft(await findings(page), 'axe, wide, dark').toEqual([]);

        await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
        expect.soft(await findings(page), 'axe, wide, light').toEqual([]);
        expect.soft(await emptyIcons(page), 'icons that draw nothing').toEqual([]);
        expect.soft(missing, 'missing files').toEqual([]);
      });
    });
  }
}
