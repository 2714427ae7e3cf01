// The storefront's own words, read from its catalogues, so that the stories look for what the product says.

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export type Lang = 'zh-CN' | 'en';

const SOURCE = resolve(__dirname, '../../src');
const CONSOLE = resolve(__dirname, '../../crates/console/src');
const COLUMN: Record<Lang, 1 | 2> = { 'zh-CN': 1, en: 2 };
const TEXT = String.raw`"((?:[^"\\]|\\.)*)"`;

type Catalogue = Record<string, string>;

/** The texts of `pairs`; asking for one that is not there is a mistake in the story. */
function catalogue(source: string, pairs: Iterable<RegExpMatchArray>, lang: Lang): Catalogue {
  const texts: Catalogue = {};
  for (const [, name, zh, en] of pairs) {
    texts[name] = JSON.parse(`"${[zh, en][COLUMN[lang] - 1]}"`) as string;
  }
  return new Proxy(texts, {
    get(known, name) {
      if (typeof name !== 'string' || name in known) return known[name as string];
      throw new Error(`${source} has no text called ${name}`);
    },
  });
}

/** A catalogue of a feature: `name: "中文", "English";`. */
function feature(path: string, lang: Lang, source = SOURCE): Catalogue {
  const text = readFileSync(resolve(source, path), 'utf8');
  return catalogue(path, text.matchAll(new RegExp(String.raw`^\s*(\w+):\s*${TEXT},\s*${TEXT};`, 'gm')), lang);
}

/** The words for the codes of an enum: `Enum::Variant => ("中文", "English")`, by the code on the wire. */
function codes(name: string, lang: Lang, path = 'words/codes.rs', source = SOURCE): Catalogue {
  const text = readFileSync(resolve(source, path), 'utf8');
  const body = text.split(`pub const fn ${name}(`)[1]?.split('\n}')[0];
  if (!body) throw new Error(`${path} has no words for ${name}`);
  const arm = new RegExp(String.raw`\w+::(\w+) =>\s*\{?\s*\(\s*${TEXT},\s*${TEXT},?\s*\)`, 'g');
  const pairs = [...body.matchAll(arm)].map((found) => {
    found[1] = found[1].replace(/\B[A-Z]/g, '_$&').toLowerCase();
    return found;
  });
  return catalogue(`${path}, ${name}`, pairs, lang);
}

/** All words of the console in one language. */
export function consoleWordsIn(lang: Lang) {
  const of = (path: string): Catalogue => feature(path, lang, CONSOLE);
  return {
    failures: of('words/failures.rs'),
    frame: of('words/frame.rs'),
    keys: of('words/keys.rs'),
    logIn: of('features/log_in/words.rs'),
    search: of('features/search/words.rs'),
    order: of('features/order/words.rs'),
    work: of('features/work/words.rs'),
    policies: of('features/policies/words.rs'),
    insight: of('features/insight/words.rs'),
    replies: of('features/replies/words.rs'),
    enquiry: of('features/enquiry/words.rs'),
    chats: of('features/chats/words.rs'),
    talk: of('features/talk/words.rs'),
    notes: of('features/notes/words.rs'),
    complaintTopic: codes('complaint_topic', lang, 'words/complaints.rs', CONSOLE),
  };
}

export type ConsoleWords = ReturnType<typeof consoleWordsIn>;

/** All words in one language. */
export function wordsIn(lang: Lang) {
  return {
    common: feature('words/common.rs', lang),
    guest: feature('features/guest/words.rs', lang),
    session: feature('features/session/words.rs', lang),
    orders: feature('features/orders/words.rs', lang),
    order: feature('features/order/words.rs', lang),
    refundPage: feature('features/refund/words.rs', lang),
    casePage: feature('features/case/words.rs', lang),
    complaint: feature('features/complaint/words.rs', lang),
    complaintTopic: codes('topic', lang, 'features/complaint/names.rs'),
    complaintWish: codes('wish', lang, 'features/complaint/names.rs'),
    complaintState: codes('state', lang, 'features/complaint/names.rs'),
    notifications: feature('features/notifications/words.rs', lang),
    ask: feature('features/after_sale/words.rs', lang),
    evidence: feature('features/evidence/words.rs', lang),
    help: feature('features/help/words.rs', lang),
    talk: feature('features/talk/words.rs', lang),
    support: feature('features/support/words.rs', lang),
    cancel: feature('features/cancel/words.rs', lang),
    state: codes('state', lang),
    tab: codes('tab', lang),
    pending: codes('pending_cause', lang),
    refund: codes('refund_state', lang),
    refundFailure: codes('refund_failure', lang),
    caseState: codes('case_state', lang),
    turn: codes('turn', lang),
    actor: codes('actor', lang),
    notPossible: codes('not_possible', lang),
    event: codes('event', lang),
  };
}

export type Words = ReturnType<typeof wordsIn>;

/** A text with its `{names}` filled in. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** What a text with `{names}` looks like when they are filled in with anything. */
export function shape(text: string): RegExp {
  const literal = text.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(literal.join('.*'));
}
