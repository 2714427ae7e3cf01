// A host app around the page: plays Android in both of its ways, iOS, and a page that has ours in a frame.

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { type Page, expect } from '@playwright/test';

import type { Capability, FromHost, Hello, NeedLogin, ToHost } from '../../docs/tepai-host';

export type { Capability, FromHost, Hello, ToHost };

/** `interface`: addJavascriptInterface; `listener`: addWebMessageListener; `ios`: WKScriptMessageHandler. */
export type Platform = 'interface' | 'listener' | 'ios';

type Said<T extends ToHost['type']> = Extract<ToHost, { type: T }>;

/** What the host says of itself, besides `tepai` and `type`. */
export type Manner = Omit<Hello, 'tepai' | 'type'>;

export class HostApp {
  /** What the page said, in order. */
  readonly said: ToHost[] = [];
  /** What it does about a log-in; without it, nothing. */
  logsIn: ((asked: NeedLogin) => Promise<FromHost>) | undefined;

  private constructor(
    private readonly page: Page,
    private readonly platform: Platform,
    private manner: Manner,
  ) {}

  /** Puts a host around everything that `page` shows from now on. */
  static async around(page: Page, platform: Platform, manner: Manner = {}): Promise<HostApp> {
    const host = new HostApp(page, platform, manner);
    await page.exposeFunction('hostHears', (text: string) => host.hear(JSON.parse(text) as ToHost));
    await page.addInitScript((platform) => {
      const hears = (window as unknown as { hostHears: (text: string) => void }).hostHears;
      if (platform === 'ios') {
        // An object, as WebKit takes it.
        const postMessage = (message: object) => hears(JSON.stringify(message));
        Object.assign(window, { webkit: { messageHandlers: { TepaiHost: { postMessage } } } });
        return;
      }
      const listeners: ((event: { data: string }) => void)[] = [];
      const postMessage = (message: unknown) => {
        if (typeof message !== 'string') throw new TypeError('Android takes text');
        hears(message);
      };
      const addEventListener = (_: 'message', listener: (event: { data: string }) => void) => listeners.push(listener);
      Object.assign(window, {
        TepaiHost: platform === 'listener' ? { postMessage, addEventListener } : { postMessage },
        fromHost: (data: string) => listeners.forEach((listener) => listener({ data })),
      });
    }, platform);
    return host;
  }

  /** Says something to the page. */
  async says(message: Omit<FromHost, 'tepai'> & object): Promise<void> {
    const text = JSON.stringify({ tepai: 1, ...message });
    await this.page.evaluate(
      ([platform, text]) => {
        if (platform === 'listener') (window as unknown as { fromHost: (data: string) => void }).fromHost(text);
        else window.tepai?.receive(platform === 'ios' ? (JSON.parse(text) as FromHost) : text);
      },
      [this.platform, text] as const,
    );
  }

  /** Shows itself in another manner from now on. */
  async changes(manner: Manner): Promise<void> {
    this.manner = { ...this.manner, ...manner };
    await this.says({ type: 'hello', ...this.manner } as Omit<Hello, 'tepai'>);
  }

  /** What the page said of this kind. */
  all<T extends ToHost['type']>(type: T): Said<T>[] {
    return this.said.filter((said): said is Said<T> => said.type === type);
  }

  /** Waits until the page has said something of this kind for the `nth` time. */
  async hears<T extends ToHost['type']>(type: T, nth = 1): Promise<Said<T>> {
    await expect.poll(() => this.all(type).length, { message: `${type} ${nth}` }).toBeGreaterThanOrEqual(nth);
    return this.all(type)[nth - 1];
  }

  /** The shopper goes back; whether that was the page's business. */
  async goesBack(): Promise<boolean> {
    const id = randomUUID();
    await this.says({ type: 'back', id } as Omit<FromHost, 'tepai'>);
    const answer = () => this.all('back_handled').find((said) => said.id === id);
    await expect.poll(() => answer()?.handled).toBeDefined();
    return answer()!.handled;
  }

  private async hear(message: ToHost): Promise<void> {
    this.said.push(message);
    // The page may have gone on to another meanwhile, which says it anew.
    const answer = async (message: Omit<FromHost, 'tepai'> & object) => this.says(message).catch(() => undefined);
    if (message.type === 'ready') await answer({ type: 'hello', ...this.manner } as Omit<Hello, 'tepai'>);
    if (message.type === 'need_login' && this.logsIn) await answer(await this.logsIn(message));
  }
}

/** A web server with one page, which shows what it is told and notes the messages that it gets. */
export class Neighbour {
  private constructor(private readonly server: Server) {}

  private body = '';

  static async moveIn(): Promise<Neighbour> {
    const server = createServer((_, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(
        `<!doctype html><title>Host</title>${neighbour.body}` +
          '<script>window.heard = []; addEventListener("message", (event) => heard.push({ origin: event.origin, data: event.data }))</script>',
      );
    });
    const neighbour = new Neighbour(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return neighbour;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Its page has others in frames. */
  frames(...urls: string[]): void {
    this.body = urls.map((url, at) => `<iframe title="${at}" src="${url}" width="800" height="600"></iframe>`).join('');
  }

  async moveOut(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
