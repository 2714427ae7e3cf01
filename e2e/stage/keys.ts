// Keys, as somebody without a mouse presses them.

import { type Locator, type Page, expect } from '@playwright/test';

/** Presses Tab until `target` has the focus, as somebody without a mouse does, who must see where it is. */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let press = 0; press < 60; press += 1) {
    await page.keyboard.press(key);
    if ((await target.count()) > 0 && (await target.first().evaluate((found) => found === document.activeElement))) {
      expect(await target.first().evaluate(hasRing), 'the focus can be seen').toBe(true);
      return;
    }
  }
  throw new Error(`the focus never came to ${target}`);
}

/** Whether an outline is drawn around the element, by itself, around all it covers, or around what labels it. */
function hasRing(element: Element): boolean {
  const drawn = (styles: CSSStyleDeclaration) => styles.outlineStyle !== 'none' && styles.outlineWidth !== '0px';
  const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
  const around = [element, ...labels, ...labels.flatMap((label) => [...label.children]), element.closest('article')];
  return (
    around.some((found) => found && drawn(getComputedStyle(found))) ||
    ['::before', '::after'].some((part) => drawn(getComputedStyle(element, part)))
  );
}
