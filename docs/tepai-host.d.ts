// What a page of Tepai and the app around it say to each other. WEBVIEW.md tells the story; the browser stories
// (e2e/stage/host.ts) are compiled against this file.

/** What a host may be able to do. */
export type Capability = 'login' | 'telephone' | 'email' | 'payment' | 'support_chat' | 'link';

/** Part of every message. Another number is another language: messages that carry one are not read. */
export interface Tepai {
  tepai: 1;
}

/** The page listens. The host answers with `hello`. */
export interface Ready extends Tepai {
  type: 'ready';
  /** The version of the storefront, for logs. */
  version: string;
  /** Everything that this page would leave to a host. */
  capabilities: Capability[];
}

/** Nobody is logged in, or not any more. The host answers within ten seconds; after that the shopper is asked. */
export interface NeedLogin extends Tepai {
  type: 'need_login';
  /** To be given back with the answer. */
  id: string;
  /** For the host's backend, which asks `POST /api/v1/integration/handoff-codes` with it. */
  binding: string;
}

/** Something to open; only what the host said it can. */
export interface Open extends Tepai {
  type: 'open';
  kind: Exclude<Capability, 'login'>;
  /** A URL: `tel:`, `mailto:`, the page to pay on; for the chat, the page's own place for support. */
  target: string;
  /** The id of the order that is shown. */
  order: string | null;
}

/** There is nothing left to go back from. */
export interface Close extends Tepai {
  type: 'close';
}

/** The title of the page, at the start and whenever it changes. */
export interface Title extends Tepai {
  type: 'title';
  title: string;
}

/** Something happened to an order, by the shopper's hand. */
export interface Event extends Tepai {
  type: 'event';
  name:
    | 'order_cancelled'
    | 'order_part_cancelled'
    | 'cancellation_requested'
    | 'request_withdrawn'
    | 'address_corrected';
  /** Its id. */
  order: string;
}

/** Another page is shown, or a dialog came or went. */
export interface Navigated extends Tepai {
  type: 'navigated';
  page: 'orders' | 'order' | 'refund' | 'after_sale' | 'case' | 'notifications' | 'help' | 'login' | 'guest' | 'not_found';
  order: string | null;
  /** Whether `back` would stay with the page. */
  back: boolean;
}

/** The answer to `back`. When it was not handled, `close` follows. */
export interface BackHandled extends Tepai {
  type: 'back_handled';
  id: string | null;
  handled: boolean;
}

/** What the page says to the host. */
export type ToHost = Ready | NeedLogin | Open | Close | Title | Event | Navigated | BackHandled;

/** How the host looks and what it can do; again whenever that changes. What is left out stays as it is, but for `capabilities`. */
export interface Hello extends Tepai {
  type: 'hello';
  /** A language tag; `zh…` and `en…` are spoken. */
  locale?: string;
  /** `auto` is the device's. */
  theme?: 'light' | 'dark' | 'auto';
  /** How large text is: a whole number from 80 to 200. */
  text_percent?: number;
  /** What the device covers of each side, in whole CSS pixels. */
  safe_area?: { top?: number; right?: number; bottom?: number; left?: number };
  /** Without it, the host can do nothing. */
  capabilities?: Capability[];
}

/** The code that the host's backend got. */
export interface LoginCode extends Tepai {
  type: 'login_code';
  /** That of `need_login`. */
  id?: string;
  code: string;
}

/** The host does not log in now. */
export interface LoginDeclined extends Tepai {
  type: 'login_declined';
  /** That of `need_login`. */
  id?: string;
}

/** The shopper goes back. */
export interface Back extends Tepai {
  type: 'back';
  /** To be given back with the answer. */
  id?: string;
}

/** The app is in front again. */
export interface Resumed extends Tepai {
  type: 'resumed';
}

/** What the host says to the page. */
export type FromHost = Hello | LoginCode | LoginDeclined | Back | Resumed;

/** What Android puts into the page, by `addJavascriptInterface` or `addWebMessageListener`; messages are JSON. */
export interface AndroidHost {
  postMessage(message: string): void;
  /** Of `addWebMessageListener`: the host answers through the object. */
  addEventListener?(type: 'message', listener: (event: { data: string }) => void): void;
}

/** What iOS puts into the page, by `WKUserContentController.add(_:name:)`; messages are objects. */
export interface IosHost {
  postMessage(message: ToHost): void;
}

declare global {
  interface Window {
    TepaiHost?: AndroidHost;
    webkit?: { messageHandlers?: { TepaiHost?: IosHost } };
    /** The page, for the host; there as soon as it has said `ready`. */
    tepai?: { receive(message: FromHost | string): void };
  }
}
