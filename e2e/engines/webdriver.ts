// As much of W3C WebDriver as the stories need. Playwright drives builds of its own only, not the browsers people
// have; selenium-webdriver wants a newer Node.js than this project does.

/** Keys that are not characters (WebDriver, 17.4.2). */
export const KEYS = {
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Escape: '\uE00C',
  ArrowUp: '\uE013',
} as const;

export type Key = keyof typeof KEYS;

/** What the driver refuses while the page is changing; asking again soon helps. */
const PASSING = new Set([
  'element click intercepted',
  'element not interactable',
  'no such element',
  'no such frame', // WebKit, while one page gives way to another.
  'stale element reference',
]);

/** The one property of a reference to an element. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

export class WebDriverError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(`${code}: ${message}`);
  }

  get passing(): boolean {
    return PASSING.has(this.code);
  }

  /** The browser, or the process that draws the page, is gone. */
  get brokenDown(): boolean {
    return this.code === 'invalid session id' || this.code === NO_ANSWER;
  }
}

/** Our own code for a driver that says nothing: its browser has died without its noticing. */
const NO_ANSWER = 'no answer';
/** No command takes a sound browser as long. */
const PATIENCE_MS = 30_000;

async function ask(url: string, method: 'GET' | 'POST' | 'DELETE', body?: object): Promise<unknown> {
  const request = {
    method,
    headers: body ? { 'content-type': 'application/json' } : undefined,
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(PATIENCE_MS),
  };
  const { ok, value } = await fetch(url, request)
    .then(async (response) => ({ ok: response.ok, ...((await response.json()) as { value: unknown }) }))
    .catch((error: unknown) => {
      throw new WebDriverError(NO_ANSWER, `${method} ${url}: ${error}`);
    });
  if (ok) return value;
  const { error, message } = value as { error: string; message: string };
  throw new WebDriverError(error, message);
}

/** An element that was on the page when it was looked for. */
export class Element {
  constructor(
    private readonly session: Session,
    readonly id: string,
  ) {}

  private get(what: string): Promise<unknown> {
    return this.session.ask('GET', `/element/${this.id}/${what}`);
  }

  /** What is written in it, as far as it can be seen. */
  async text(): Promise<string> {
    return (await this.get('text')) as string;
  }

  /** What assistive technology calls it; nothing, when it is not told of it. */
  async label(): Promise<string> {
    try {
      return (await this.get('computedlabel')) as string;
    } catch (error) {
      // WebKit's answer for an element that is hidden.
      if (error instanceof WebDriverError && error.code === 'unknown error') return '';
      throw error;
    }
  }

  async displayed(): Promise<boolean> {
    return (await this.get('displayed')) as boolean;
  }

  async checked(): Promise<boolean> {
    return (await this.get('selected')) as boolean;
  }

  async value(): Promise<string> {
    return (await this.get('property/value')) as string;
  }

  async attribute(name: string): Promise<string | null> {
    return (await this.get(`attribute/${name}`)) as string | null;
  }

  async click(): Promise<void> {
    try {
      await this.session.ask('POST', `/element/${this.id}/click`, {});
    } catch (error) {
      // The click has led to another page before WebKit's driver was done with this one.
      if (!(error instanceof WebDriverError && error.code === 'no such frame')) throw error;
    }
  }

  async type(text: string): Promise<void> {
    await this.session.ask('POST', `/element/${this.id}/value`, { text });
  }

  async clear(): Promise<void> {
    await this.session.ask('POST', `/element/${this.id}/clear`, {});
  }

  all(css: string): Promise<Element[]> {
    return this.session.all(css, `/element/${this.id}`);
  }
}

/** A browser that was started by a driver. */
export class Session {
  private constructor(private readonly url: string) {}

  /** Starts a browser through the driver at `origin`. */
  static async open(origin: string, capabilities: object): Promise<Session> {
    const answer = await ask(`${origin}/session`, 'POST', { capabilities: { alwaysMatch: capabilities } });
    return new Session(`${origin}/session/${(answer as { sessionId: string }).sessionId}`);
  }

  ask(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<unknown> {
    return ask(this.url + path, method, body);
  }

  async close(): Promise<void> {
    await this.ask('DELETE', '');
  }

  async goto(url: string): Promise<void> {
    await this.ask('POST', '/url', { url });
  }

  async address(): Promise<string> {
    return (await this.ask('GET', '/url')) as string;
  }

  async back(): Promise<void> {
    await this.ask('POST', '/back', {});
  }

  async reload(): Promise<void> {
    await this.ask('POST', '/refresh', {});
  }

  async addCookie(cookie: { name: string; value: string; httpOnly: boolean; sameSite: 'Lax' }): Promise<void> {
    await this.ask('POST', '/cookie', { cookie: { path: '/', ...cookie } });
  }

  /** Makes the window so wide, or as narrow as the browser lets it become. */
  async resize(width: number, height: number): Promise<void> {
    await this.ask('POST', '/window/rect', { width, height });
  }

  async all(css: string, within = ''): Promise<Element[]> {
    const found = await this.ask('POST', `${within}/elements`, { using: 'css selector', value: css });
    return (found as Record<string, string>[]).map((reference) => new Element(this, reference[ELEMENT]));
  }

  async focused(): Promise<Element> {
    return new Element(this, ((await this.ask('GET', '/element/active')) as Record<string, string>)[ELEMENT]);
  }

  /** Presses keys together, and lets them go. */
  async press(...keys: Key[]): Promise<void> {
    const down = keys.map((key) => ({ type: 'keyDown', value: KEYS[key] }));
    const up = keys.reverse().map((key) => ({ type: 'keyUp', value: KEYS[key] }));
    await this.keys([...down, ...up]);
  }

  /** Types where the focus is. */
  async write(text: string): Promise<void> {
    await this.keys([...text].flatMap((value) => ['keyDown', 'keyUp'].map((type) => ({ type, value }))));
  }

  private async keys(actions: object[]): Promise<void> {
    await this.ask('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }

  /** The value of a script's `return`. */
  async run<T>(script: string, ...args: unknown[]): Promise<T> {
    return (await this.ask('POST', '/execute/sync', { script, args })) as T;
  }
}
