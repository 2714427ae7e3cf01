// What the browser must refuse.

import { expect, test } from '../stage/story';

test.use({ readsOnly: true });

test.describe(() => {
  test.use({ provokes: /Content Security Policy/ });

  test('runs no script that is not part of the storefront', async ({ page, orders }) => {
    await orders.open();
    const blocked = await page.evaluate(async () => {
      const violations: string[] = [];
      document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective));
      const script = document.createElement('script');
      script.textContent = 'window.broken = true';
      document.body.append(script);
      const style = document.createElement('style');
      style.textContent = 'body { display: none }';
      document.body.append(style);
      const image = document.createElement('img');
      image.setAttribute('onerror', 'window.broken = true');
      image.src = 'data:,';
      document.body.append(image);
      await fetch('https://evil.example/').catch(() => {});
      await new Promise((done) => setTimeout(done, 0));
      return { violations, broken: 'broken' in window };
    });
    expect(blocked.broken).toBe(false);
    expect(blocked.violations.join()).toMatch(/script-src-elem.*style-src-elem|style-src-elem.*script-src-elem/);
    expect(blocked.violations).toContain('connect-src');
  });
});

test('keeps the session out of reach of scripts', async ({ page, orders }) => {
  await orders.open();
  expect(await page.evaluate(() => document.cookie)).toBe('');
});

test('is not cancelled by a page of somebody else', async ({ page, id, shop, seed }) => {
  // A form on another site, in the browser of a shopper who is logged in.
  await page.route('http://evil.example/', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<form method="post" enctype="text/plain" action="${shop.origin}/api/v1/orders/${id('tp-100010')}/cancellation">
        <input name='{"reason":"changed_mind","note":"' value='"}'></form><script>document.forms[0].submit()</script>`,
    }),
  );
  const answer = page.waitForResponse('**/cancellation');
  await page.goto('http://evil.example/');
  expect((await answer).status()).toBeGreaterThanOrEqual(400);
  expect((await shop.order(seed.tokens.lin, id('tp-100010'))).state).toBe('unpacked');
});
