// The service worker. It gives the application's files from its cache, shows My Orders, orders and refunds that were seen
// before while it asks for fresh ones, and answers from what was seen when there is no network.
//
// Three things it never does: it keeps nothing of one shopper for another (a cache bears the mark of its shopper, which
// the server puts on every answer with a shopper's data; another mark, a log-in, a log-out or a refusal wipes them); it
// keeps, repeats or answers nothing that changes an order; and it does not replace the code of an open page.
//
// BUILD (what this build is called), FILES (the paths of its files), FIRST (those of the first page) and LATER (those that
// most need later) are put in by crates/xtask/tools/finish.mjs.

import {
  APP,
  SEEN,
  answersIn,
  cachesOfOthers,
  dated,
  inParts,
  isGateways,
  isMyOrders,
  isShownAtOnce,
  keyOfAnswer,
  keyOfPage,
  kindOf,
  outdatedFiles,
  picturesIn,
  rekeyed,
} from './rules.js';

const OWN = APP + BUILD;
const SHELL = '/index.html';
/** How many pages and answers are kept, and how many pictures. */
const KEPT = { data: 50, pictures: 100 };
/** A picture older than this is asked for again, behind the copy. */
const PICTURE_MS = 24 * 3600 * 1000;
/** How long a page that is shown again has for itself before a fresh one is fetched. */
const CALM_MS = 2_500;
/** After this long without an answer, what was seen before has to do. */
const PATIENCE_MS = 6_000;
/** How long the rest of a page waits for the first picture at most: there may be none, in a tab behind others, say. */
const DRAWN_MS = 250;

/** Grows whenever what is on its way must not be kept any more. */
let era = 0;
/** The server runs another build than this. */
let behind = false;
/** The shopper whose caches there are, as far as this run of the worker knows. */
let whose = null;
/** What to do when a page has drawn its first picture, by its client. */
const drawn = new Map();
/** Reading, keeping and wiping follow each other. */
let turn = Promise.resolve();

function inTurn(work) {
  const done = turn.then(work);
  turn = done.catch(() => {});
  return done;
}

const after = (ms) => new Promise((done) => setTimeout(done, ms));

const onEvent = (name, run) => self.addEventListener(name, run);

onEvent('install', (event) => event.waitUntil(install()));
onEvent('activate', (event) => event.waitUntil(activate()));
onEvent('fetch', (event) => {
  const { method, mode, destination } = event.request;
  const request = { method, mode, destination, url: new URL(event.request.url) };
  switch (kindOf(request, location.origin, FILES)) {
    case 'file':
      return event.respondWith(file(event.request, OWN));
    case 'old-file':
      return event.respondWith(file(event.request));
    case 'page':
      return event.respondWith(page(event, request.url));
    case 'visit':
      return event.respondWith(visit(event.request));
    case 'answer':
      return event.respondWith(answer(event));
    case 'picture':
      // Pictures are asked for when they come into view.
      drawn.get(event.clientId)?.();
      return event.respondWith(picture(event));
    case 'enter':
      return event.respondWith(entering(event.request));
    case 'leave':
      return event.respondWith(leaving(event.request));
    case 'change':
      // Its form has been used, its order may have changed: no page from before is shown again.
      era += 1;
      return event.waitUntil(forgetPages());
  }
});
onEvent('message', (event) => {
  if (event.data === 'take-over') self.skipWaiting();
  else if (event.data === 'build') event.source.postMessage({ build: BUILD, behind: isBehind() });
  else if (event.data?.remember) event.waitUntil(refresh(new URL(event.data.remember, location.origin)).catch(() => {}));
});

/** Fetches what the first page needs, which is in the browser's cache already, and of the rest what is there, too. */
async function install() {
  try {
    const cache = await caches.open(OWN);
    const shell = await fetch(SHELL, { cache: 'no-cache', credentials: 'omit' });
    // Between two builds of the server: the next look for an update tries again.
    if (!shell.ok || !(await shell.clone().text()).includes(BUILD)) throw new Error('not the page of this build');
    await cache.put(SHELL, shell);
    await cache.addAll(FIRST);
    await complete('only-if-cached');
  } catch (error) {
    await caches.delete(OWN);
    throw error;
  }
}

/** Keeps what is needed later. The network is asked for it only when the shopper has come back. */
async function complete(how) {
  const cache = await caches.open(OWN);
  for (const path of LATER) {
    if (await cache.match(path)) continue;
    const response = await fetch(path, { cache: how, mode: 'same-origin' }).catch(() => null);
    if (response?.status === 200) await cache.put(path, response);
  }
}

async function activate() {
  const outdated = outdatedFiles(await caches.keys(), OWN);
  await Promise.all(outdated.map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** A file of the application: its name says what is in it, so a copy is as good as the file. */
async function file(request, cacheName) {
  const copy = await caches.match(request.url, { cacheName, ignoreVary: true });
  if (copy || !cacheName) return copy ?? fetch(request);
  const response = await fetch(request);
  if (response.status === 200) {
    const cache = await caches.open(cacheName);
    cache.put(request.url, response.clone()).catch(() => {});
  }
  return response;
}

/** My Orders, an order, or a refund. */
async function page(event, url) {
  const { request } = event;
  const key = keyOfPage(url);
  const language = url.searchParams.has('lang');
  if (language) await forgetSeen();
  event.waitUntil(after(CALM_MS).then(() => complete('default')).catch(() => {}));
  const copy = await seen(key);
  const facts = {
    build: BUILD,
    now: Date.now(),
    outdated: isBehind(),
    reload: request.cache === 'no-cache' || request.cache === 'reload',
    language,
  };
  if (copy && isShownAtOnce(copy, facts)) {
    // The application looks again by itself; the page's own turn comes when that is done.
    event.waitUntil(after(CALM_MS).then(() => refresh(url)).catch(() => {}));
    return shown(event, key, copy.response);
  }
  const started = era;
  const fetched = ask(request).then((response) => {
    event.waitUntil(keepPage(key, response.clone(), started));
    return response;
  });
  // The files of another build's copy may be gone.
  const readable = copy && (copy.build === BUILD || (await caches.has(APP + copy.build)));
  return firstOf(event, fetched, readable ? () => shown(event, key, copy.response) : shell, Boolean(readable));
}

/** A copy of a page, as it is shown once. My Orders has no forms that change anything. */
async function shown(event, address, copy) {
  const html = await copy.text();
  const key = crypto.randomUUID().replaceAll('-', '');
  const parts = isMyOrders(address) ? inParts(html) : [rekeyed(html, key)];
  return new Response(inTurns(parts, event.resultingClientId), { headers: copy.headers });
}

/** The first of these parts, and the others when it has been drawn. */
function inTurns([first, ...rest], client) {
  const encoder = new TextEncoder();
  const seen = new Promise((done) => drawn.set(client, done));
  return new ReadableStream({
    async start(out) {
      out.enqueue(encoder.encode(first));
      if (rest.length) await Promise.race([seen, after(DRAWN_MS)]);
      drawn.delete(client);
      rest.forEach((part) => out.enqueue(encoder.encode(part)));
      out.close();
    },
  });
}

/** A page of which nothing is kept. */
async function visit(request) {
  try {
    const response = await ask(request);
    note(response);
    // Whoever is shown the log-in page is nobody.
    const out = response.ok && new URL(request.url).pathname === '/login' && !response.headers.has('X-Tepai-Shopper');
    if (out) await wipe();
    return response;
  } catch {
    return shell();
  }
}

/** An answer of the API: the network's, or the last one that was seen. */
async function answer(event) {
  const { request } = event;
  const key = keyOfAnswer(new URL(request.url));
  const started = era;
  const fetched = ask(request).then(async (response) => {
    note(response);
    const shopper = response.headers.get('X-Tepai-Shopper');
    if (response.status === 401) await wipe();
    else if (shopper) {
      await belongTo(shopper);
      if (response.status === 200) {
        const copy = response.clone();
        event.waitUntil(copy.text().then((text) => keep(shopper, started, [[key, text, copy.headers]])));
      }
    }
    return response;
  });
  const copy = await seen(key);
  return firstOf(event, fetched, () => (copy && started === era ? copy.response : fetched), Boolean(copy));
}

/** A picture of what was ordered. */
async function picture(event) {
  const copy = await seen(event.request.url);
  if (copy && Date.now() - Date.parse(copy.seen) < PICTURE_MS) return copy.response;
  const fetched = fetch(event.request).then((response) => {
    if (whose && response.status === 200) event.waitUntil(keepPictures(whose, era, [event.request.url]));
    return response;
  });
  return firstOf(event, fetched, () => (copy ? copy.response : fetched), Boolean(copy));
}

/** Logging in: when it has worked, nothing is left of anybody else. */
async function entering(request) {
  const response = await fetch(request);
  if (hasWorked(response)) await wipe(response.headers.get('X-Tepai-Shopper'));
  return response;
}

/** Logging out: when it has worked, nothing is left. */
async function leaving(request) {
  const response = await fetch(request);
  if (hasWorked(response)) await wipe();
  return response;
}

/** A form is answered by the way to another page. */
const hasWorked = (response) => response.ok || response.type === 'opaqueredirect';

/** Asks the server. */
async function ask(request) {
  const response = await fetch(request);
  if (isGateways(response.status, response.headers.get('X-Tepai-Build'))) throw new Error('the server is not there');
  return response;
}

/** What the network says; `other` when it fails, or, when that is worth showing, takes too long. */
async function firstOf(event, fetched, other, impatient) {
  const settled = fetched.catch(other);
  // What comes too late for this answer is still kept for the next.
  event.waitUntil(settled.catch(() => {}));
  if (!impatient) return settled;
  return Promise.race([settled, after(PATIENCE_MS).then(other)]);
}

/** The application without any data. */
async function shell() {
  return (await caches.match(SHELL, { cacheName: OWN })) ?? Response.error();
}

/** Whether the server is known to run another build: it said so, or that build is here already. */
function isBehind() {
  return behind || Boolean(self.registration.waiting);
}

/** Takes note of the server's build; another one than ours is looked for. */
function note(response) {
  const build = response.headers.get('X-Tepai-Build');
  if (!build) return;
  const known = behind;
  behind = build !== BUILD;
  if (behind && !known) self.registration.update().catch(() => {});
}

/** Fetches a page behind its copy. */
async function refresh(url) {
  const key = keyOfPage(url);
  if (!key) return;
  const started = era;
  const response = await fetch(url, { credentials: 'same-origin', headers: { Accept: 'text/html' } });
  await keepPage(key, response, started);
}

/** Keeps a page with the answers and the pictures in it, when it is a shopper's. */
async function keepPage(key, response, started) {
  note(response);
  if (response.redirected) {
    // Instead of the page there was the way to the log-in.
    if (new URL(response.url).pathname === '/login') await wipe();
    return;
  }
  const shopper = response.headers.get('X-Tepai-Shopper');
  if (!shopper) return;
  await belongTo(shopper);
  if (response.status !== 200) return;
  const { headers } = response;
  const html = await response.text();
  const now = new Date().toISOString();
  const answers = answersIn(html, location.origin).map(([address, text]) => [address, text, JSON_ONLY]);
  await keep(shopper, started, [[key, dated(html, now), headers], ...answers]);
  await keepPictures(shopper, started, picturesIn(html, FILES));
}

const JSON_ONLY = new Headers({ 'Content-Type': 'application/json' });

/** Keeps texts, as `[address, text, headers]`, unless something has happened since they were asked for. */
function keep(shopper, started, entries) {
  return inTurn(async () => {
    if (started !== era) return;
    const cache = await caches.open(`${SEEN}${shopper}-data`);
    for (const [key, text, original] of entries) {
      const headers = new Headers(original);
      ['Content-Encoding', 'Content-Length', 'Vary', 'X-Request-Id'].forEach((name) => headers.delete(name));
      headers.set('X-Tepai-Seen', new Date().toISOString());
      if (!headers.has('X-Tepai-Build')) headers.set('X-Tepai-Build', BUILD);
      await cache.delete(key);
      await cache.put(key, new Response(text, { headers }));
    }
    await shorten(cache, KEPT.data);
  });
}

/** Keeps pictures, from the browser's cache where they are there. */
async function keepPictures(shopper, started, paths) {
  const cache = 'force-cache';
  const fetched = await Promise.all(paths.map((path) => fetch(path, { cache }).catch(() => null)));
  return inTurn(async () => {
    if (started !== era) return;
    const pictures = await caches.open(`${SEEN}${shopper}-pictures`);
    for (const response of fetched.filter((response) => response?.status === 200)) {
      const headers = new Headers({
        'Content-Type': response.headers.get('Content-Type') ?? '',
        'X-Tepai-Seen': new Date().toISOString(),
      });
      await pictures.delete(response.url);
      await pictures.put(response.url, new Response(await response.blob(), { headers }));
    }
    await shorten(pictures, KEPT.pictures);
  });
}

/** Removes the oldest of more than `most`. */
async function shorten(cache, most) {
  const keys = await cache.keys();
  for (const key of keys.slice(0, Math.max(0, keys.length - most))) await cache.delete(key);
}

/** What was seen of an address, and when. There are never two shoppers' caches, so that all may be searched. */
function seen(key) {
  return inTurn(async () => {
    const response = await caches.match(key);
    const time = response?.headers.get('X-Tepai-Seen');
    if (!time) return null;
    whose ??= response.headers.get('X-Tepai-Shopper');
    return { response, seen: time, build: response.headers.get('X-Tepai-Build') };
  });
}

/** The server has said whose its answers are. What anybody else has seen goes, and pages that show it begin anew. */
async function belongTo(shopper) {
  if (whose === shopper) return;
  const strange = cachesOfOthers(await caches.keys(), shopper).length > 0;
  whose = shopper;
  if (!strange) return;
  await wipe(shopper);
  for (const client of await self.clients.matchAll({ type: 'window' })) client.postMessage('reload');
}

/** Forgets everything that anybody, or anybody but this shopper, has seen. */
function wipe(shopper = null) {
  era += 1;
  whose = shopper;
  return inTurn(async () => {
    const names = cachesOfOthers(await caches.keys(), shopper);
    await Promise.all(names.map((name) => caches.delete(name)));
  });
}

/** Forgets pages and answers, not the pictures: they are the same in every language. */
function forgetSeen() {
  era += 1;
  return inTurn(async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith(SEEN) && name.endsWith('-data'));
    await Promise.all(names.map((name) => caches.delete(name)));
  });
}

/** Forgets the pages; the answers, which are only shown without a network and with their time, stay. */
function forgetPages() {
  return inTurn(async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith(SEEN) && name.endsWith('-data'));
    for (const name of names) {
      const cache = await caches.open(name);
      const pages = (await cache.keys()).filter((request) => !new URL(request.url).pathname.startsWith('/api/'));
      for (const request of pages) await cache.delete(request);
    }
  });
}
