// The program's files on their way to the page.

import type { Page, Route } from '@playwright/test';

export const WASM = '**/*.wasm';

/** Holds the program back until it is let go. */
export async function holdBack(page: Page, files = WASM): Promise<() => void> {
  let letGo = (): void => {};
  const released = new Promise<void>((done) => (letGo = done));
  await page.route(files, async (route: Route) => {
    await released;
    await route.continue();
  });
  return letGo;
}
