// A real server with a database of its own, and the shop's side of it: warehouse, staff, payment provider.

import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

import type { Case, Complaint, Order, OrderList } from './wire';

const BINARY = process.env.TEPAI_BINARY ?? resolve(__dirname, '../../target/release/tepai');
const INTEGRATION_KEY = 'integration-key-of-a-story';

/** What the server answered. */
export interface Answer<T = unknown> {
  status: number;
  body: T;
}

export class Shop {
  private process: ChildProcess | undefined;
  private port = 0;
  /** The storefront it serves; the one inside the program when there is none. */
  private storefront = process.env.TEPAI_DIST;
  /** The console it serves, likewise. */
  private readonly console = process.env.TEPAI_DIST_STAFF;

  /** Pages that may have the storefront in a frame, and no more. */
  private frames: string[] = [];
  /** Pages that may be the host app of the storefront. */
  private hosts: string[] = [];

  /** Settings and flags beside the usual ones. */
  private settings: Record<string, string> = {};
  private flags: string[] = [];

  private constructor(
    private readonly database: string,
    /** The folder of what shoppers send in. */
    private readonly evidence: string,
  ) {}

  /** Starts a server on `database` and the folder `evidence`, filling them with demo data when the database is empty. */
  static async open({ url, evidence }: { url: string; evidence: string }): Promise<Shop> {
    const shop = new Shop(url, evidence);
    await shop.start();
    return shop;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts it, on the same port as before if it ran before. */
  async start(): Promise<void> {
    const pages = [
      ...(this.storefront ? ['--dist', this.storefront] : []),
      ...(this.console ? ['--dist-staff', this.console] : []),
    ];
    const child = spawn(BINARY, ['serve', ...pages, ...this.flags], {
      env: {
        PATH: process.env.PATH,
        TEPAI_LISTEN: `127.0.0.1:${this.port}`,
        TEPAI_DATABASE_URL: this.database,
        TEPAI_EVIDENCE: this.evidence,
        TEPAI_DEMO: '1',
        TEPAI_INTEGRATION_KEY: INTEGRATION_KEY,
        TEPAI_HOST_ORIGINS: this.hosts.join(' '),
        TEPAI_FRAME_ANCESTORS: ["'self'", ...this.frames].join(' '),
        TEPAI_LOG: 'error',
        ...this.settings,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.process = child;
    const line = await new Promise<string>((found, failed) => {
      child.once('error', failed);
      child.once('exit', (code) => failed(new Error(`the server ended with ${code}`)));
      createInterface({ input: child.stdout! }).once('line', found);
    });
    const port = /^listening on http:\/\/127\.0\.0\.1:(\d+)$/.exec(line)?.[1];
    if (!port) throw new Error(`the server's first line was: ${line}`);
    this.port = Number(port);
    child.removeAllListeners('exit');
  }

  /** Another build of the storefront takes the place of this one. */
  async deploys(folder: string): Promise<void> {
    await this.stop();
    this.storefront = folder;
    await this.start();
  }

  /** Pages of these origins may be its host app; those of `frames` may only show it. */
  async welcomesHosts(hosts: string[], frames: string[] = []): Promise<void> {
    await this.stop();
    this.hosts = hosts;
    this.frames = frames;
    await this.start();
  }

  /** Runs again, with these settings and flags. */
  async runsWith(settings: Record<string, string>, flags: string[] = []): Promise<void> {
    await this.stop();
    this.settings = settings;
    this.flags = flags;
    await this.start();
  }

  /** Stops it the gentle way; it finishes what runs. */
  async stop(): Promise<void> {
    await this.end('SIGTERM');
  }

  /** Stops it the quick way; its database is not needed any more. */
  async discard(): Promise<void> {
    await this.end('SIGKILL');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.process;
    this.process = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  /** Something happened at the shop. */
  async tell(externalId: string, type: string, more: object = {}): Promise<Answer<{ code?: string; state?: string }>> {
    const event = { event_id: randomUUID(), occurred_at: new Date().toISOString(), type, ...more };
    return this.ask('POST', `/integration/orders/${externalId}/events`, INTEGRATION_KEY, event);
  }

  /** Something happened at the shop, and the server took note of it. */
  async tells(externalId: string, type: string, more: object = {}): Promise<void> {
    const answer = await this.tell(externalId, type, more);
    if (answer.status !== 200) throw new Error(`${type}: ${JSON.stringify(answer)}`);
  }

  /** A shopper asks for a refund by another way. */
  async asksForWay(token: string, refund: string, way: object): Promise<void> {
    const answer = await this.ask('PUT', `/refunds/${refund}/way`, token, way);
    if (answer.status !== 200) throw new Error(JSON.stringify(answer));
  }

  /** Somebody of the staff decides whether a refund goes another way. */
  async decides(refund: string, decision: 'approve' | 'decline', note?: string, staff = 'wang'): Promise<void> {
    const path = `/integration/refunds/${refund}/decisions`;
    const answer = await this.ask('POST', path, INTEGRATION_KEY, { decision, staff, ...(note ? { note } : {}) });
    if (answer.status !== 200) throw new Error(`${decision}: ${JSON.stringify(answer)}`);
  }

  /** Somebody of the staff says something in a conversation. */
  async answers(conversation: string, text: string, staff = 'wang'): Promise<void> {
    const path = `/integration/conversations/${conversation}/messages`;
    const answer = await this.ask('POST', path, INTEGRATION_KEY, { staff, text, client_id: randomUUID() });
    if (answer.status !== 201) throw new Error(JSON.stringify(answer));
  }

  /** A new order comes in from the shop. */
  async orders(externalId: string, order: object): Promise<Order> {
    const answer = await this.ask<Order>('PUT', `/integration/orders/${externalId}`, INTEGRATION_KEY, order);
    if (answer.status !== 201) throw new Error(JSON.stringify(answer));
    return answer.body;
  }

  /** A new shopper comes in from the shop. */
  async welcomes(id: string, shopper: object): Promise<void> {
    const answer = await this.ask('PUT', `/integration/shoppers/${id}`, INTEGRATION_KEY, shopper);
    if (answer.status !== 200) throw new Error(JSON.stringify(answer));
  }

  /** Logs in and returns the session's token, which is also the cookie's value. */
  async logIn(login: string, password: string): Promise<string> {
    const response = await fetch(`${this.origin}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      body: JSON.stringify({ login, password }),
    });
    const token = /tepai_session=([^;]+)/.exec(response.headers.get('set-cookie') ?? '')?.[1];
    if (!token) throw new Error(`logging in as ${login}: ${response.status}`);
    return token;
  }

  /** Somebody of the staff logs in. */
  async logInStaff(login: string, password: string, code: string): Promise<string> {
    const response = await fetch(`${this.origin}/api/v1/staff/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      body: JSON.stringify({ login, password, code }),
    });
    const token = /tepai_staff=([^;]+)/.exec(response.headers.get('set-cookie') ?? '')?.[1];
    if (!token) throw new Error(`logging in as ${login}: ${response.status}`);
    return token;
  }

  /** A session of the staff ends. */
  async endsStaffSession(token: string): Promise<void> {
    const answer = await this.ask('DELETE', '/staff/session', token);
    if (answer.status !== 204) throw new Error(JSON.stringify(answer));
  }

  /** The session ends, as if it had been ended on another device. */
  async endsSession(token: string): Promise<void> {
    const answer = await this.ask('DELETE', '/session', token);
    if (answer.status !== 204) throw new Error(JSON.stringify(answer));
  }

  /** The next version of B特派's policy is in force from today on: its text as it is now, changed. */
  async publishes(staff: string, version: string, change: (text: string) => string): Promise<void> {
    const { body } = await this.ask<{ text: string }>('GET', '/staff/policies/tepai', staff);
    // Days begin in Beijing.
    const since = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const text = change(body.text)
      .replace(/^version = ".*"/m, `version = "${version}"`)
      .replace(/^since = .*$/m, `since = ${since}`);
    const saved = await this.ask('PUT', '/staff/policies/tepai/draft', staff, { text, revision: 0 });
    if (saved.status !== 200) throw new Error(JSON.stringify(saved));
    const wanted = { revision: 1, version, since, note: '节后新规' };
    const published = await this.ask('POST', '/staff/policies/tepai/publication', staff, wanted);
    if (published.status !== 200) throw new Error(JSON.stringify(published));
  }

  /** Orders that were received, and of which something may be returned. */
  async returnable(token: string): Promise<{ order: string; line: string }[]> {
    const found: { order: string; line: string }[] = [];
    for (const { id, actions } of await this.list(token)) {
      if (!actions.includes('ask_after_sale')) continue;
      const path = `/orders/${id}/after-sale`;
      const { body } = await this.ask<{
        on_its_way: boolean;
        lines: { line: { id: string }; quantity: number; not: string | null; components: object[] }[];
      }>('GET', path, token);
      const line = body.lines.find(({ quantity, not, components }) => quantity > 0 && !not && !components.length);
      if (line && !body.on_its_way) found.push({ order: id, line: line.line.id });
    }
    return found;
  }

  /** A shopper asks for the money of some line back: a return, opened and not wanted any more. */
  async asksForReturn(token: string): Promise<Case> {
    const [{ order, line }] = await this.returnable(token);
    const answer = await this.ask<Case>('POST', `/orders/${order}/cases`, token, {
      kind: 'return_and_refund',
      reason: 'no_longer_wanted',
      condition: 'opened',
      lines: [{ line, quantity: 1 }],
    });
    if (answer.status !== 201) throw new Error(JSON.stringify(answer));
    return answer.body;
  }

  /** Whoever's turn it is at the shop decides a case; after an appeal, somebody else. */
  async decidesCase(id: string, decision: 'approve' | 'reject' | 'receive' | 'dismiss', more: object = {}): Promise<void> {
    const path = `/integration/cases/${id}/decisions`;
    const answer = await this.ask('POST', path, INTEGRATION_KEY, { decision, staff: 'wang', ...more });
    if (answer.status !== 200) throw new Error(`${decision}: ${JSON.stringify(answer)}`);
  }

  /** The shopper does not take no for an answer. */
  async appeals(token: string, id: string): Promise<void> {
    const answer = await this.ask('POST', `/cases/${id}/appeal`, token, { text: '请再看一下' });
    if (answer.status !== 201) throw new Error(JSON.stringify(answer));
  }

  /** A shopper complains about an order. */
  async complains(token: string, order: string, more: object = {}): Promise<Complaint> {
    const answer = await this.ask<Complaint>('POST', `/orders/${order}/complaints`, token, {
      topic: 'service',
      wish: 'refund',
      amount: 100,
      text: '等了三周，没有人答复',
      ...more,
    });
    if (answer.status !== 201) throw new Error(JSON.stringify(answer));
    return answer.body;
  }

  /** Somebody of the staff looks into a complaint. */
  async takesUp(staff: string, id: string): Promise<void> {
    const answer = await this.ask('POST', `/staff/complaints/${id}/investigation`, staff);
    if (answer.status !== 200) throw new Error(JSON.stringify(answer));
  }

  /** Somebody of the staff proposes something. */
  async proposes(staff: string, id: string, proposal: object): Promise<void> {
    const answer = await this.ask('POST', `/staff/complaints/${id}/proposals`, staff, proposal);
    if (answer.status >= 300) throw new Error(JSON.stringify(answer));
  }

  /** A complaint as the API shows it. */
  async complaint(token: string, id: string): Promise<Complaint> {
    const answer = await this.ask<Complaint>('GET', `/complaints/${id}`, token);
    if (answer.status !== 200) throw new Error(JSON.stringify(answer));
    return answer.body;
  }

  /** A case as the API shows it. */
  async case(token: string, id: string): Promise<Case> {
    const answer = await this.ask<Case>('GET', `/cases/${id}`, token);
    if (answer.status !== 200) throw new Error(JSON.stringify(answer));
    return answer.body;
  }

  /** How many notifications were not read. */
  async unread(token: string): Promise<number> {
    return (await this.ask<{ unread: number }>('GET', '/notifications/unread', token)).body.unread;
  }

  /** The cases of a shopper's orders, by where they stand. */
  async casesByState(token: string): Promise<Record<string, { case: string; order: string }>> {
    const found: Record<string, { case: string; order: string }> = {};
    for (const { id } of await this.list(token, { tab: 'after_sale' })) {
      const order = await this.order(token, id);
      for (const { id: one, state } of order.cases) found[state] ??= { case: one, order: id };
    }
    return found;
  }

  /** The backend of a host app asks for a code that logs a shopper in on the page of this binding. */
  async handsOff(shopper: string, binding: string): Promise<string> {
    const answer = await this.ask<{ code: string }>('POST', '/integration/handoff-codes', INTEGRATION_KEY, {
      shopper,
      binding,
    });
    if (answer.status !== 201) throw new Error(JSON.stringify(answer));
    return answer.body.code;
  }

  /** The id of the shopper whose session it is. */
  async shopperOf(token: string): Promise<string> {
    return (await this.ask<{ shopper: { id: string } }>('GET', '/session', token)).body.shopper.id;
  }

  /** An order as the API shows it. */
  async order(token: string, id: string, language = 'zh-CN'): Promise<Order> {
    const answer = await this.ask<Order>('GET', `/orders/${id}`, token, undefined, language);
    if (answer.status !== 200) throw new Error(JSON.stringify(answer));
    return answer.body;
  }

  /** The shopper cancels an order elsewhere, as in the host app. */
  async cancels(token: string, id: string): Promise<void> {
    const answer = await this.ask('POST', `/orders/${id}/cancellation`, token, { reason: 'changed_mind' });
    if (answer.status !== 201) throw new Error(JSON.stringify(answer));
  }

  /** The shopper asks to cancel an order where staff decide, elsewhere. */
  async asksToCancel(token: string, id: string): Promise<void> {
    const answer = await this.ask('POST', `/orders/${id}/cancellation`, token, { reason: 'changed_mind' });
    if (answer.status !== 202) throw new Error(JSON.stringify(answer));
  }

  /** All orders that a query finds, newest first. */
  async list(token: string, query: Record<string, string> = {}): Promise<OrderList['items']> {
    const items: OrderList['items'] = [];
    let cursor: string | null = null;
    do {
      const search = new URLSearchParams({ ...query, limit: '100', ...(cursor ? { cursor } : {}) });
      const answer: Answer<OrderList> = await this.ask('GET', `/orders?${search}`, token);
      items.push(...answer.body.items);
      cursor = answer.body.next_cursor;
    } while (cursor);
    return items;
  }

  private async ask<T>(
    method: string,
    path: string,
    bearer: string,
    body?: object,
    language = 'zh-CN',
  ): Promise<Answer<T>> {
    const response = await fetch(`${this.origin}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${bearer}`,
        'accept-language': language,
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(method === 'GET' ? {} : { 'idempotency-key': randomUUID() }),
      },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: (text ? JSON.parse(text) : null) as T };
  }
}
