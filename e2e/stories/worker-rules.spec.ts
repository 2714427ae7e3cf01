// The service worker's decisions, one by one (src/worker/rules.js).

import { expect, test } from '@playwright/test';

import {
  SHOWN_AT_ONCE_MS,
  answersIn,
  cachesOfOthers,
  dated,
  inParts,
  isGateways,
  isMyOrders,
  isShownAtOnce,
  keyOfPage,
  kindOf,
  outdatedFiles,
  picturesIn,
  rekeyed,
} from '../../src/worker/rules.js';

const ORIGIN = 'https://shop.example';
const FILES = ['/favicon.svg', '/storefront-0123456789abcdef.js'];

function kind(path: string, more: object = {}): string | null {
  const url = new URL(path, ORIGIN);
  return kindOf({ method: 'GET', mode: 'cors', destination: '', url, ...more }, ORIGIN, FILES);
}

test('every request is treated as what it is', () => {
  const visit = { mode: 'navigate', destination: 'document' };
  for (const [path, more, expected] of [
    ['/orders', visit, 'page'],
    ['/orders?tab=after_sale&q=mug', visit, 'page'],
    ['/orders?lang=en', visit, 'page'],
    ['/orders/o-1', visit, 'page'],
    ['/refunds/o-1-R1', visit, 'page'],
    ['/cases/o-1-C1', visit, 'page'],
    ['/cases/o-1-C1/messages', visit, 'visit'],
    ['/complaints/o-1-P1', visit, 'page'],
    ['/complaints/o-1-P1/dispute', visit, 'visit'],
    // A form is filled in with what the server offers now.
    ['/orders/o-1/complain?case=o-1-C1', visit, 'visit'],
    ['/api/v1/orders/o-1/complaint', {}, null],
    ['/notifications', visit, 'visit'],
    ['/help', visit, 'visit'],
    ['/help/late-refund?shop=tepai', visit, 'visit'],
    // A conversation is never kept: neither its page nor what was said.
    ['/support?order=o-1', visit, 'visit'],
    ['/support/c-1', visit, 'visit'],
    ['/api/v1/support?order=o-1', {}, null],
    ['/api/v1/conversations', {}, null],
    ['/api/v1/conversations/c-1/messages?after=3', {}, null],
    ['/api/v1/conversations/c-1/messages', { method: 'POST' }, null],
    ['/refunds', visit, 'visit'],
    ['/refunds/o-1-R1/x', visit, 'visit'],
    // A question about a cancel is answered by the server or not at all.
    ['/orders/o-1/cancel', visit, 'visit'],
    ['/orders?code=secret', visit, 'visit'],
    ['/login', visit, 'visit'],
    ['/', visit, 'visit'],
    ['/api/v1/openapi.json', visit, null],
    ['/healthz', visit, null],
    ['/storefront-0123456789abcdef.js', {}, 'file'],
    ['/favicon.svg', { destination: 'image' }, 'file'],
    ['/later-order-fedcba9876.wasm', {}, 'old-file'],
    ['/later-order-fedcba9876543210.wasm', {}, 'old-file'],
    ['/api/v1/session', {}, 'answer'],
    ['/api/v1/orders?limit=20', {}, 'answer'],
    ['/api/v1/orders/o-1', {}, 'answer'],
    ['/api/v1/refunds/o-1-R1', {}, 'answer'],
    ['/api/v1/cases/o-1-C1', {}, 'answer'],
    ['/api/v1/cases/o-1-C1/messages', { method: 'POST' }, 'change'],
    ['/api/v1/complaints/o-1-P1', {}, 'answer'],
    ['/api/v1/complaints/o-1-P1/acceptance', { method: 'POST' }, 'change'],
    ['/api/v1/notifications', {}, null],
    // The console is none of the shopper's, nor is its API.
    ['/staff', visit, null],
    ['/staff/orders/o-1', visit, null],
    ['/staff/console-0123456789abcdef.js', {}, null],
    ['/api/v1/staff/orders/o-1', {}, null],
    ['/api/v1/staff/session', { method: 'POST' }, null],
    ['/api/v1/staff/session', { method: 'DELETE' }, null],
    ['/staffing', visit, 'visit'],
    ['/api/v1/help?q=x', {}, null],
    ['/api/v1/policies/tepai', {}, null],
    ['/api/v1/notifications/unread', {}, null],
    ['/api/v1/evidence/e-1/file', { destination: 'image' }, null],
    ['/api/v1/orders/', {}, null],
    ['/api/v1/orders/o-1/cancellation/preview', {}, null],
    ['/api/v1/events', {}, null],
    ['/products/mug.svg', { destination: 'image' }, 'picture'],
    ['/manifest.webmanifest', {}, null],
    ['https://elsewhere.example/orders', visit, null],
    ['/orders', { method: 'HEAD' }, null],
    ['/api/v1/orders/o-1/cases', { method: 'POST' }, 'change'],
    ['/api/v1/session', { method: 'POST' }, 'enter'],
    ['/api/v1/session/handoff', { method: 'POST' }, 'enter'],
    ['/login', { method: 'POST', ...visit }, 'enter'],
    ['/api/v1/guest/session', { method: 'POST' }, 'enter'],
    ['/guest', { method: 'POST', ...visit }, 'enter'],
    ['/api/v1/guest/codes', { method: 'POST' }, null],
    ['/api/v1/session', { method: 'DELETE' }, 'leave'],
    ['/logout', { method: 'POST', ...visit }, 'leave'],
    ['/api/v1/orders/o-1/cancellation', { method: 'POST' }, 'change'],
    ['/orders/o-1/cancel', { method: 'POST', ...visit }, 'change'],
    ['/api/v1/evidence', { method: 'POST' }, null],
    ['/api/v1/evidence/e-1', { method: 'PATCH' }, null],
    ['/api/v1/evidence/e-1', { method: 'DELETE' }, null],
    ['/api/v1/evidence/e-1', {}, null],
    ['/api/v1/evidence/e-1/file', { destination: 'image' }, null],
    ['/api/v1/evidence/e-1/file', { destination: 'video' }, null],
  ] as [string, object, string | null][]) {
    expect(kind(path, more), `${JSON.stringify(more)} ${path}`).toBe(expected);
  }
});

test('a page is kept under its address without the language, or not at all', () => {
  for (const [path, key] of [
    ['/orders', '/orders'],
    ['/orders?lang=en', '/orders'],
    ['/orders?lang=en&tab=to_pay', '/orders?tab=to_pay'],
    ['/orders/o-1?embed=1', '/orders/o-1?embed=1'],
    ['/refunds/o-1-R1?lang=en', '/refunds/o-1-R1'],
    ['/cases/o-1-C1?lang=en', '/cases/o-1-C1'],
    ['/complaints/o-1-P1?lang=en', '/complaints/o-1-P1'],
    ['/notifications', null],
    ['/help', null],
    ['/orders?next=1', null],
    ['/orders/o-1/cancel', null],
    ['/login', null],
  ] as [string, string | null][]) {
    expect(keyOfPage(new URL(path, ORIGIN)), path).toBe(key);
  }
});

test('My Orders is told from the pages below it', () => {
  expect(['/orders', '/orders?tab=to_pay'].every(isMyOrders)).toBe(true);
  expect(['/orders/o-1', '/orders/o-1?embed=1', '/refunds/o-1-R1'].some(isMyOrders)).toBe(false);
});

test('a copy is shown at once only when nothing speaks against it', () => {
  const seen = '2026-11-22T10:00:00.000Z';
  const now = Date.parse(seen) + 1000;
  const copy = { seen, build: 'a' };
  const facts = { build: 'a', now, outdated: false, reload: false, language: false };
  expect(isShownAtOnce(copy, facts)).toBe(true);
  expect(isShownAtOnce(copy, { ...facts, now: now + SHOWN_AT_ONCE_MS })).toBe(false);
  expect(isShownAtOnce(copy, { ...facts, now: now - 2000 })).toBe(false);
  expect(isShownAtOnce(copy, { ...facts, build: 'b' })).toBe(false);
  expect(isShownAtOnce({ ...copy, seen: '' }, facts)).toBe(false);
  for (const against of ['outdated', 'reload', 'language']) {
    expect(isShownAtOnce(copy, { ...facts, [against]: true }), against).toBe(false);
  }
});

test('a gateway that cannot reach the server is no server', () => {
  expect([502, 503, 504].map((status) => isGateways(status, null))).toEqual([true, true, true]);
  expect(isGateways(503, 'a')).toBe(false);
  expect([200, 404, 500].some((status) => isGateways(status, null))).toBe(false);
});

test('the files of this build and the one before are kept', () => {
  const names = ['tepai-app-1', 'tepai-app-2', 'tepai-seen-x-data', 'tepai-app-3'];
  expect(outdatedFiles(names, 'tepai-app-3')).toEqual(['tepai-app-1']);
  expect(outdatedFiles(names, 'tepai-app-2')).toEqual([]);
  expect(outdatedFiles(['tepai-app-1'], 'tepai-app-1')).toEqual([]);
});

test('what others have seen is known by its mark', () => {
  const names = ['tepai-app-1', 'tepai-seen-ab-data', 'tepai-seen-ab-pictures', 'tepai-seen-abc-data'];
  expect(cachesOfOthers(names, 'ab')).toEqual(['tepai-seen-abc-data']);
  expect(cachesOfOthers(names, null)).toEqual(names.slice(1));
});

test('the answers inside a page are kept as answers, but for questions about a cancel', () => {
  const answers = [
    { url: '/api/v1/session', status: 200, body: { shopper: { id: 'lin' } } },
    { url: '/api/v1/orders?tab=to_pay&limit=20', status: 200, body: [] },
    { url: '/api/v1/orders/o-1', status: 200, body: { note: '</script>' } },
    { url: '/api/v1/orders/o-2', status: 404, body: {} },
    { url: '/api/v1/refunds/o-1-R1', status: 200, body: {} },
    { url: '/api/v1/orders/o-1/cancellation/preview', status: 200, body: {} },
  ];
  const json = JSON.stringify(answers).replaceAll('<', '\\u003c');
  const html = `<p>1</p><script type="application/json" id="start">${json}</script><script>2</script>`;
  expect(answersIn(html, ORIGIN)).toEqual([
    ['/api/v1/session', '{"shopper":{"id":"lin"}}'],
    ['/api/v1/orders?tab=to_pay', '[]'],
    ['/api/v1/orders/o-1', '{"note":"</script>"}'],
    ['/api/v1/refunds/o-1-R1', '{}'],
  ]);
  expect(answersIn('<p>no answers</p>', ORIGIN)).toEqual([]);
});

test('the pictures of a page are those of this site that are no part of the application', () => {
  const html = `<img src="/favicon.svg"><img alt="" src="/products/mug.svg"><img src="/products/mug.svg">
    <img src="https://pictures.example/a.jpg">`;
  expect(picturesIn(html, FILES)).toEqual(['/products/mug.svg']);
});

test('a page that is shown again has forms of its own', () => {
  const html = '<input type="hidden" name="key" value="a1"><input name="note" value="a1"><input name="key" value="a1"/>';
  expect(rekeyed(html, 'b2')).toBe(
    '<input type="hidden" name="key" value="b2"><input name="note" value="a1"><input name="key" value="b2"/>',
  );
});

test('a copy says when it was seen', () => {
  expect(dated('<html><head><title>a</title>', 'now')).toBe(
    '<html><head><meta name="tepai-seen" content="now"><link rel="expect" href="#first-picture" blocking="render"><title>a</title>',
  );
});

test('the first picture of My Orders comes before everything else', () => {
  const head = '<html><head><script type="module">0</script></head>';
  const aside = '<dialog id="crashed">!</dialog>\n<script>const a = `$&</body>`;</script>';
  const list = '<div id="served"><ul><li>1</li><li id="first-picture">2</li>';
  const rest = '<li>3</li></ul></div><script id="start">[]</script>';
  expect(inParts(`${head}<body><svg></svg>${aside}${list}${rest}</body></html>`)).toEqual([
    `${head}<body><svg></svg>\n${list}`,
    `${rest}${aside.replace('\n', '')}</body></html>`,
  ]);
  // A page that ends sooner, and one that is no list.
  for (const content of ['<ul><li>1</li></ul>', '<main id="first-picture"></main>']) {
    const page = `<html><body>${aside}<div id="served">${content}</div></body></html>`;
    expect(inParts(page)).toEqual([page]);
  }
});
