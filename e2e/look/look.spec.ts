// Not a test: pictures of every page, for people to look at. `TEPAI_LOOK=FOLDER npm run look`.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { test } from '../stage/story';
import { TOUR } from '../stage/tour';

const folder = process.env.TEPAI_LOOK ?? 'test-results/look';

const SIZES = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 800 } };

for (const lang of ['zh-CN', 'en'] as const) {
  for (const theme of ['light', 'dark'] as const) {
    for (const [size, viewport] of Object.entries(SIZES)) {
      test.describe(`${lang} ${theme} ${size}`, () => {
        test.use({ lang, colorScheme: theme, viewport });
        for (const [at, stop] of TOUR.entries()) {
          test.describe(() => {
            test.use({ who: stop.loggedOut ? null : (stop.who ?? 'lin'), readsOnly: !stop.changes });
            test(stop.name, async ({ page, shop, words, id }) => {
              await stop.reach({ page, shop, words, id });
              await page.waitForLoadState('networkidle').catch(() => {});
              mkdirSync(folder, { recursive: true });
              const name = `${String(at).padStart(2, '0')}-${stop.name.replace(/\W+/g, '-')}-${lang}-${theme}-${size}.png`;
              const inDialog = (await page.locator('dialog[open]').count()) > 0;
              await page.screenshot({ path: join(folder, name), fullPage: !inDialog });
            });
          });
        }
      });
    }
  }
}
