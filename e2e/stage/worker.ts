// The service worker as a story sees it: when it is there, what it has kept, and another build of the storefront.

import { cpSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { type Page, expect } from '@playwright/test';

/** The built storefront. */
const DIST = process.env.TEPAI_DIST ?? resolve(__dirname, '../../dist');

/** Does anything with the page, so that the worker comes, and waits until it has seen the page at `path`. */
export async function remembered(page: Page, path: string): Promise<void> {
  await page.mouse.move(5, 5);
  await expect.poll(() => kept(page), { timeout: 20_000 }).toContain(path);
}

/** The addresses of which the worker keeps pages and answers, whoever's they are. */
export async function kept(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const addresses: string[] = [];
    for (const name of (await caches.keys()).filter((name) => /^tepai-seen-.*-data$/.test(name))) {
      for (const { url } of await (await caches.open(name)).keys()) {
        const { pathname, search } = new URL(url);
        addresses.push(pathname + search);
      }
    }
    return addresses;
  });
}

/** How many shoppers the worker keeps something of. */
export async function keptShoppers(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith('tepai-seen-'));
    return [...new Set(names.map((name) => name.split('-')[2]))];
  });
}

/** All that the worker keeps, as text. */
export async function keptText(page: Page): Promise<string> {
  return page.evaluate(async () => {
    let all = '';
    for (const name of (await caches.keys()).filter((name) => name.startsWith('tepai-seen-'))) {
      const cache = await caches.open(name);
      for (const key of await cache.keys()) all += await (await cache.match(key))!.text();
    }
    return all;
  });
}

/** The build that the page belongs to. */
export async function buildOf(page: Page): Promise<string | null> {
  return page.locator('meta[name="tepai-build"]').getAttribute('content');
}

/** The worker of a new build is there and waits. */
export async function newBuildWaits(page: Page): Promise<void> {
  const waits = () => page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting));
  await expect.poll(waits, { timeout: 15_000 }).toBe(true);
}

/** A later build of the storefront: the same code, every file under another name. */
export class NextBuild {
  readonly folder = mkdtempSync(join(tmpdir(), 'tepai-next-build-'));
  private readonly before: string;

  constructor() {
    cpSync(DIST, this.folder, { recursive: true });
    const before = /name="tepai-build" content="([0-9a-f]{16})"/.exec(readFileSync(join(DIST, 'index.html'), 'utf8'))?.[1];
    if (!before) throw new Error(`${DIST} names no build`);
    this.before = before;
    const rename = (text: string) =>
      text
        .replace(/-([0-9a-f]{10})(?=(_bg)?\.(js|wasm|css))/g, (_, hash: string) => `-${turned(hash)}`)
        .replaceAll(before, turned(before));
    for (const name of readdirSync(this.folder)) {
      const path = join(this.folder, name);
      // The compressed copies would be of the build before.
      if (/\.(br|gz)$/.test(name)) rmSync(path);
      else if (/\.(html|js)$/.test(name)) writeFileSync(path, rename(readFileSync(path, 'utf8')));
    }
    for (const name of readdirSync(this.folder)) {
      renameSync(join(this.folder, name), join(this.folder, rename(name)));
    }
  }

  /** What it is called. */
  get name(): string {
    return turned(this.before);
  }

  /** A file of the build before that comes later than the first page. */
  get laterFileBefore(): string {
    const name = readdirSync(DIST).find((name) => /^later-order-.*\.wasm$/.test(name));
    if (!name) throw new Error(`${DIST} is not cut by pages`);
    return `/${name}`;
  }

  discard(): void {
    rmSync(this.folder, { recursive: true });
  }
}

function turned(hash: string): string {
  return [...hash].reverse().join('');
}
