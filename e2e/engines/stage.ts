// What every story in an engine starts from: a server of its own, a shopper in front of a new browser, and ways to
// find what is on the pages by role and label, as the engine itself computes them for assistive technology.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { type Words, wordsIn } from '../stage/catalogues';
import makeSeeds, { type Seed, type ShopperName, copyOf, seedOf } from '../stage/seed';
import { Shop } from '../stage/shop';
import { type Engine, type Lack, canLack, openEngine } from './engine';
import { type Element, type Key, type Session, WebDriverError } from './webdriver';

/** Where elements of a role are to be sought. */
const PLACES = {
  alert: '[role=alert]',
  button: 'button, summary',
  checkbox: 'input[type=checkbox]',
  heading: 'h1, h2, h3',
  link: 'a[href]',
  radio: 'input[type=radio]',
  region: 'section',
  searchbox: 'input[type=search]',
  status: '[role=status], output',
  textbox: 'input:not([type]), input[type=text], input[type=email], input[type=password], textarea',
} as const;

export type Role = keyof typeof PLACES;

const PATIENCE = 15_000;
const STORY = { timeout: 120_000 };

/** A story's view of the browser: everything waits until it is so, or fails saying what was waited for. */
export class Page {
  constructor(
    readonly browser: Session,
    readonly words: Words,
    private readonly origin: string,
  ) {}

  async open(path: string): Promise<void> {
    await this.browser.goto(this.origin + path);
  }

  /** Asks again and again until there is an answer other than null or false. */
  async until<T>(what: string, probe: () => Promise<T | null | false>): Promise<T> {
    const end = Date.now() + PATIENCE;
    let last = '';
    while (Date.now() < end) {
      try {
        const found = await probe();
        if (found !== null && found !== false) return found;
      } catch (error) {
        if (!(error instanceof WebDriverError && error.passing)) throw error;
        last = ` (${error.message.split('\n')[0]})`;
      }
      await new Promise((again) => setTimeout(again, 50));
    }
    const seen = await this.browser.run<string>('return location.href + "\\n" + document.body.innerText').catch(String);
    throw new Error(`${what}: not within ${PATIENCE / 1000} s${last}; the page was ${seen.slice(0, 1500)}`);
  }

  /** The elements that can be seen with this role and label, inside of what `within` matches. */
  async seen(role: Role, label: string | RegExp, within?: string): Promise<Element[]> {
    const found: Element[] = [];
    for (const root of within ? await this.browser.all(within) : [this.browser]) {
      for (const element of await root.all(PLACES[role])) {
        if (fits(await element.label(), label) && (await element.displayed())) found.push(element);
      }
    }
    return found;
  }

  find(role: Role, label: string | RegExp, within?: string): Promise<Element> {
    return this.until(`a ${role} called ${label}`, async () => (await this.seen(role, label, within))[0] ?? null);
  }

  async gone(role: Role, label: string | RegExp, within?: string): Promise<void> {
    await this.until(`no ${role} called ${label}`, async () => (await this.seen(role, label, within)).length === 0);
  }

  /** Clicks on it once it is there, stands still and nothing covers it. */
  async click(role: Role, label: string | RegExp, within?: string): Promise<void> {
    await this.until(`a click on the ${role} called ${label}`, async () => {
      const [found] = await this.seen(role, label, within);
      if (!found) return null;
      await found.click();
      return true;
    });
  }

  /** Writes into it, again where the page was replaced meanwhile. */
  async fill(role: Role, label: string, text: string): Promise<void> {
    await this.until(`${text} in the ${role} called ${label}`, async () => {
      const [field] = await this.seen(role, label);
      if (!field) return null;
      await field.clear();
      await field.type(text);
      return (await field.value()) === text;
    });
  }

  /** The heading of the first level says so. */
  async headed(text: string): Promise<void> {
    await this.until(`the heading ${text}`, async () => {
      for (const heading of await this.browser.all('h1')) if ((await heading.text()) === text) return true;
      return false;
    });
  }

  /** Something that matches `css` can be seen and has the text. */
  async reads(css: string, text: string): Promise<void> {
    await this.until(`${css} with ${text}`, async () => {
      for (const element of await this.browser.all(css)) if ((await element.text()).includes(text)) return true;
      return false;
    });
  }

  /** Exactly so many can be seen. */
  async counts(css: string, count: number): Promise<void> {
    await this.until(`${count} of ${css}`, async () => {
      let seen = 0;
      for (const element of await this.browser.all(css)) if (await element.displayed()) seen += 1;
      return seen === count;
    });
  }

  async at(path: string): Promise<void> {
    await this.until(`the address ${path}`, async () => (await this.browser.address()) === this.origin + path);
  }

  /** The focus is on what has this role and label. */
  async focusOn(role: Role, label: string | RegExp): Promise<void> {
    await this.until(`the focus on the ${role} called ${label}`, () => this.hasFocus(role, label));
  }

  /** Presses keys until the focus is there, as somebody without a mouse does. */
  async tabTo(role: Role, label: string | RegExp, ...keys: Key[]): Promise<void> {
    for (let press = 0; press < 60; press += 1) {
      await this.browser.press(...(keys.length > 0 ? keys : (['Tab'] as const)));
      // While the page is replaced, it is asked again; the key is not pressed again.
      const { there } = await this.until('a focus', async () => ({ there: await this.hasFocus(role, label) }));
      if (there) return;
    }
    throw new Error(`the focus never came to the ${role} called ${label}`);
  }

  private async hasFocus(role: Role, label: string | RegExp): Promise<boolean> {
    const element = await this.browser.focused();
    const { id } = element;
    if (!fits(await element.label(), label)) return false;
    return (await this.browser.all(PLACES[role])).some((candidate) => candidate.id === id);
  }
}

function fits(label: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? label.trim() === wanted : wanted.test(label);
}

/** What a story may use. */
export interface Stage {
  page: Page;
  browser: Session;
  words: Words;
  shop: Shop;
  seed: Seed;
  /** A demo order, by the shop's own id. */
  order: (externalId: string) => { id: string; number: string };
}

interface Beginning {
  /** Who is logged in when the story begins. */
  who?: ShopperName | null;
  /** What the browser cannot do. */
  lacks?: Lack;
}

let engine: Engine;
let forgetSeeds = async (): Promise<void> => {};

before(async () => {
  forgetSeeds = await makeSeeds();
  engine = await openEngine();
});

after(async () => {
  await engine?.close();
  await forgetSeeds();
});

/**
 * A story, told in this run's engine, unless it is about a lack that the engine does not know. Told once more when the
 * browser itself broke down, as WebKit for GTK does at times; a page that breaks it twice has failed.
 */
export function story(title: string, beginning: Beginning, tell: (stage: Stage) => Promise<void>): void {
  if (beginning.lacks && !canLack(beginning.lacks)) return;
  test(title, STORY, async (context) => {
    try {
      await tellOnce(beginning, tell);
    } catch (error) {
      if (!(error instanceof WebDriverError && error.brokenDown)) throw error;
      context.diagnostic(`the browser broke down; told once more: ${title}`);
      await tellOnce(beginning, tell);
    }
  });
}

async function tellOnce(beginning: Beginning, tell: (stage: Stage) => Promise<void>): Promise<void> {
  const seed = seedOf('sqlite');
  const copy = await copyOf('sqlite');
  const shop = await Shop.open(copy);
  try {
    await engine.withBrowser(beginning.lacks ?? null, async (browser) => {
      const words = wordsIn('zh-CN');
      const who = beginning.who === undefined ? 'lin' : beginning.who;
      if (who) {
        // A cookie can be set for a page that is open only; this one runs nothing.
        await browser.goto(`${shop.origin}/healthz`);
        await browser.addCookie({ name: 'tepai_session', value: seed.tokens[who], httpOnly: true, sameSite: 'Lax' });
      }
      await tell({
        page: new Page(browser, words, shop.origin),
        browser,
        words,
        shop,
        seed,
        order: (externalId) => {
          const order = seed.orders[externalId];
          assert.ok(order, `a demo order ${externalId}`);
          return order;
        },
      });
    });
  } finally {
    await shop.discard();
    await copy.remove();
  }
}
