// Before all stories: one database with demo data and open sessions, to be copied for each server.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Shop } from './shop';

/** The demo shoppers, by the name they have in the stories. */
export const SHOPPERS = {
  lin: 'lin@example.com',
  zhao: 'zhao@example.com',
} as const;

export type ShopperName = keyof typeof SHOPPERS;

export const PASSWORD = 'demo-Order-2026';

/** What there is in the seeded database. */
export interface Seed {
  database: string;
  /** Tokens of sessions that are open in it. */
  tokens: Record<ShopperName, string>;
  /** The orders, by the shop's own id. */
  orders: Record<string, { id: string; number: string }>;
}

const FOLDER = 'TEPAI_STORIES_FOLDER';

/** The folder of this run's databases. */
export function folder(): string {
  const found = process.env[FOLDER];
  if (!found) throw new Error('the seed has not been made');
  return found;
}

export function seed(): Seed {
  return JSON.parse(readFileSync(join(folder(), 'seed.json'), 'utf8')) as Seed;
}

export default async function makeSeed(): Promise<() => void> {
  const made = mkdtempSync(join(tmpdir(), 'tepai-stories-'));
  process.env[FOLDER] = made;
  const database = join(made, 'seed.db');
  const shop = await Shop.open(`sqlite://${database}`);
  try {
    const tokens = {
      lin: await shop.logIn(SHOPPERS.lin, PASSWORD),
      zhao: await shop.logIn(SHOPPERS.zhao, PASSWORD),
    };
    const orders: Seed['orders'] = {};
    for (const token of Object.values(tokens)) {
      for (const { external_id, id, number } of await shop.list(token)) orders[external_id] = { id, number };
    }
    const found: Seed = { database, tokens, orders };
    writeFileSync(join(made, 'seed.json'), JSON.stringify(found));
  } finally {
    // Gently, so that everything is in the one file.
    await shop.stop();
  }
  return () => rmSync(made, { recursive: true, force: true });
}
