// A watch on what a page complains about: panics, script errors, violations of the Content-Security-Policy.

import type { Page, Request } from '@playwright/test';

/**
 * Requests that fail are part of many stories; the browser's own remark about them is not a complaint. Nor is the test
 * runner's, where it keeps the service worker out.
 */
const REMARKS = /^Failed to load resource|net::ERR_|ERR_INCOMPLETE_CHUNKED|Service Worker registration blocked/;

/** The complaints of `page` from now on; grows by itself. */
export function watch(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    const bad = message.type() === 'error' || message.type() === 'warning';
    if (bad && !REMARKS.test(message.text())) complaints.push(`${message.type()}: ${message.text()}`);
  });
  return complaints;
}

/** Files of the storefront that `page` asked for in vain from now on. */
export function watchFiles(page: Page): string[] {
  const missing: string[] = [];
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    const file = response.request().resourceType() !== 'document' && !pathname.startsWith('/api/');
    if (file && response.status() >= 400) missing.push(`${response.status()} ${pathname}`);
  });
  return missing;
}

/** A cancel that was sent: which intent, and what with. */
export interface Sent {
  key: string;
  body: { reason: string; note?: string; lines?: { line: string; quantity: number }[] };
}

/** The cancels that `page` sends from now on. */
export function watchCancels(page: Page): Sent[] {
  const sent: Sent[] = [];
  page.on('request', (request) => {
    if (isCancel(request)) {
      sent.push({ key: request.headers()['idempotency-key'], body: request.postDataJSON() as Sent['body'] });
    }
  });
  return sent;
}

export function isCancel(request: Request): boolean {
  return request.method() === 'POST' && request.url().endsWith('/cancellation');
}
