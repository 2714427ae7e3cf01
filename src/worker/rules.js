// The service worker's decisions, as functions of plain values: which request is treated how, and which copy may be
// shown or kept. Nothing here touches the browser.

/** Where the API is. */
const API = '/api/v1';
/** One order, refund, after-sale case or complaint in the API. */
const ONE = new RegExp(`^${API}/(orders|refunds|cases|complaints)/[^/]+$`);
/** The caches of the application's files, one for each build. */
export const APP = 'tepai-app-';
/** The caches of what a shopper has seen. */
export const SEEN = 'tepai-seen-';

/** A page older than this is not shown before the server has been asked. */
export const SHOWN_AT_ONCE_MS = 7 * 24 * 3600 * 1000;

/** What may stand in the query of a page that is kept. Anything else (a log-in code, say) is none of our business. */
const PAGE_QUERY = new Set(['tab', 'q', 'placed_from', 'placed_to', 'embed']);

/**
 * How a request is treated:
 * - `page`: My Orders, an order, a refund, an after-sale case or a complaint, of which copies are kept;
 * - `visit`: any other page; the network, or else the empty application;
 * - `file`: a file of the application; `old-file`: one of another build;
 * - `answer`: an answer of the API of which copies are kept;
 * - `picture`: a picture of what was ordered;
 * - `enter`, `leave`: logging in or seeing an order as a guest, logging out; `change`: anything else that may change an order;
 * - `null`: not ours, the browser goes on as if there were no worker.
 */
export function kindOf({ method, mode, destination, url }, origin, files) {
  if (url.origin !== origin) return null;
  const path = url.pathname;
  // The console and its API are none of the shopper's: nothing of them is kept, and nothing in them changes a shopper's view.
  if (path === '/staff' || path.startsWith('/staff/') || path.startsWith(`${API}/staff/`)) return null;
  if (method === 'HEAD') return null;
  if (method !== 'GET') {
    if (path === '/logout' || (path === `${API}/session` && method === 'DELETE')) return 'leave';
    if (path === '/login' || path === '/guest' || path.startsWith(`${API}/session`)) return 'enter';
    if (path === `${API}/guest/session`) return 'enter';
    // Asking for a code changes nothing.
    if (path === `${API}/guest/codes`) return null;
    // What is said to a person is kept by the page until it has arrived, and changes no order.
    if (path === `${API}/conversations` || path.startsWith(`${API}/conversations/`)) return null;
    // Photos and videos come in pieces and change no order until a case names them.
    if (path === `${API}/evidence` || path.startsWith(`${API}/evidence/`)) return null;
    return 'change';
  }
  if (mode === 'navigate') {
    if (path.startsWith('/api/') || path.includes('.') || /^\/(healthz|readyz|metrics)$/.test(path)) return null;
    return keyOfPage(url) ? 'page' : 'visit';
  }
  if (files.includes(path)) return 'file';
  if (/^\/[^/]+-[0-9a-f]{10,16}(_bg)?\.(js|wasm|css)$/.test(path)) return 'old-file';
  if (path === `${API}/session` || path === `${API}/orders`) return 'answer';
  if (ONE.test(path)) return 'answer';
  if (destination === 'image' && !path.startsWith('/api/')) return 'picture';
  return null;
}

/** Under which address a page is kept; `null` when it is not to be kept. The language is not part of it. */
export function keyOfPage(url) {
  if (!/^\/(orders|(orders|refunds|cases|complaints)\/[^/]+)$/.test(url.pathname)) return null;
  const query = new URLSearchParams(url.search);
  query.delete('lang');
  if (![...query.keys()].every((name) => PAGE_QUERY.has(name))) return null;
  const text = query.toString();
  return url.pathname + (text && `?${text}`);
}

/** Whether the page of this key is My Orders. */
export function isMyOrders(key) {
  return /^\/orders(\?|$)/.test(key);
}

/** Under which address an answer is kept: how many orders were asked for does not matter without a network. */
export function keyOfAnswer(url) {
  const query = new URLSearchParams(url.search);
  query.delete('limit');
  const text = query.toString();
  return url.pathname + (text && `?${text}`);
}

/**
 * Whether a copy of a page may be shown before the server has been asked: not when the shopper asks for a fresh one or
 * another language, not when it is old, and never when its code may not be the server's.
 */
export function isShownAtOnce(copy, { build, now, outdated, reload, language }) {
  const age = now - Date.parse(copy.seen);
  return !outdated && !reload && !language && copy.build === build && age >= 0 && age <= SHOWN_AT_ONCE_MS;
}

/** Whether an answer is not our server's but of a gateway that cannot reach it: as good as no network. */
export function isGateways(status, build) {
  return status >= 502 && status <= 504 && !build;
}

/**
 * Which of the caches (in the order of their making) hold files that nobody needs: builds before the previous one.
 * Pages of the previous build may still be open and load their later parts.
 */
export function outdatedFiles(names, own) {
  const builds = names.filter((name) => name.startsWith(APP));
  return builds.slice(0, Math.max(0, builds.indexOf(own) - 1));
}

/** The caches of what anybody but this shopper has seen; of everybody's when it is nobody. */
export function cachesOfOthers(names, shopper) {
  return names.filter(
    (name) => name.startsWith(SEEN) && !(shopper && name.startsWith(`${SEEN}${shopper}-`)),
  );
}

/** The answers of the API that came inside a page, as `[address, text]`; those of which no copies are kept are left out. */
export function answersIn(html, origin) {
  const text = /<script\b[^>]*\bid="start"[^>]*>([^]*?)<\/script>/.exec(html)?.[1];
  if (!text) return [];
  return JSON.parse(text)
    .filter(({ url, status }) => {
      const request = { method: 'GET', url: new URL(url, origin) };
      return status === 200 && kindOf(request, origin, []) === 'answer';
    })
    .map(({ url, body }) => [keyOfAnswer(new URL(url, origin)), JSON.stringify(body)]);
}

/** The pictures of a page that are served from here and are no part of the application. */
export function picturesIn(html, files) {
  const found = [...html.matchAll(/<img\b[^>]*\bsrc="(\/[^"?#]+)"/g)].map(([, path]) => path);
  return [...new Set(found)].filter((path) => !files.includes(path));
}

/** A page whose forms carry another idempotency key: shown twice, it must not send two intents under one key. */
export function rekeyed(html, key) {
  return html.replace(/(<input\b[^>]*\bname="key"[^>]*\bvalue=")[^"]*/g, (_, before) => before + key);
}

/**
 * My Orders in two parts: what its first picture shows, and the rest, scripts included, which the browser would read and
 * style before that picture. Any other page is one part.
 */
export function inParts(html) {
  const from = html.indexOf('<body>');
  const content = html.indexOf('<div id="served"', from);
  const last = html.indexOf('id="first-picture"', content);
  const end = html.indexOf('</li>', last) + '</li>'.length;
  const close = html.lastIndexOf('</body>');
  if (from < 0 || content < from || last < content || end < last || close < end) return [html];
  const later = [];
  const before = html.slice(from, content).replace(/<dialog\b[^]*?<\/dialog>|<script>[^]*?<\/script>/g, (part) => {
    later.push(part);
    return '';
  });
  const rest = html.slice(end, close) + later.join('') + html.slice(close);
  return [html.slice(0, from) + before + html.slice(content, end), rest];
}

/**
 * A page that says when it was seen, so that the application looks again at once and can tell the shopper. As all of it is
 * there at once, it is not drawn by and by, which takes longer.
 */
export function dated(html, seen) {
  const start = `<meta name="tepai-seen" content="${seen}"><link rel="expect" href="#first-picture" blocking="render">`;
  return html.replace(/<head\b[^>]*>/, (head) => head + start);
}
