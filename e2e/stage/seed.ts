// Before all stories: databases with demo data and open sessions, one of each kind, to be copied for each server.

import { randomUUID } from 'node:crypto';
import { constants, copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createDatabase, dropDatabase, isThere, urlOf } from './postgres';
import { Shop } from './shop';

/** The demo shoppers, by the name they have in the stories. */
export const SHOPPERS = {
  lin: 'lin@example.com',
  zhao: 'zhao@example.com',
  many: 'many@example.com',
} as const;

export type ShopperName = keyof typeof SHOPPERS;

export const PASSWORD = 'demo-Order-2026';

export type Kind = 'sqlite' | 'postgres';

/** What there is in a seeded database. */
export interface Seed {
  /** Tokens of sessions that are open in it. */
  tokens: Record<ShopperName, string>;
  /** The orders, by the shop's own id. */
  orders: Record<string, { id: string; number: string }>;
}

/** A database for one server, and the folder of its photos and videos. */
export interface Database {
  url: string;
  evidence: string;
  remove: () => Promise<void>;
}

const FOLDER = 'TEPAI_STORIES_FOLDER';

/** The folder of this run. */
function folder(): string {
  const found = process.env[FOLDER];
  if (!found) throw new Error('the seeds have not been made');
  return found;
}

/** The name of the seeded database in PostgreSQL. */
function template(): string {
  return `stories_${folder().slice(-6).toLowerCase()}`;
}

export function seedOf(kind: Kind): Seed {
  if (kind === 'postgres') urlOf(template()); // Says what to do when there is none.
  return JSON.parse(readFileSync(join(folder(), `${kind}.json`), 'utf8')) as Seed;
}

/** A copy of the seeded database. */
export async function copyOf(kind: Kind): Promise<Database> {
  const name = randomUUID();
  const evidence = join(folder(), `${name}-evidence`);
  cpSync(join(folder(), `${kind}-evidence`), evidence, { recursive: true });
  const removeEvidence = (): void => rmSync(evidence, { recursive: true, force: true });
  switch (kind) {
    case 'sqlite': {
      const file = join(folder(), `${name}.db`);
      copyFileSync(join(folder(), 'seed.db'), file, constants.COPYFILE_FICLONE);
      return {
        url: `sqlite://${file}`,
        evidence,
        remove: async () => {
          ['', '-wal', '-shm'].forEach((end) => rmSync(file + end, { force: true }));
          removeEvidence();
        },
      };
    }
    case 'postgres':
      await createDatabase(name, template());
      return {
        url: urlOf(name),
        evidence,
        remove: async () => {
          await dropDatabase(name);
          removeEvidence();
        },
      };
  }
}

async function make(kind: Kind): Promise<void> {
  if (kind === 'postgres') await createDatabase(template());
  const url = kind === 'sqlite' ? `sqlite://${join(folder(), 'seed.db')}` : urlOf(template());
  const shop = await Shop.open({ url, evidence: join(folder(), `${kind}-evidence`) });
  try {
    const tokens = {
      lin: await shop.logIn(SHOPPERS.lin, PASSWORD),
      zhao: await shop.logIn(SHOPPERS.zhao, PASSWORD),
      many: await shop.logIn(SHOPPERS.many, PASSWORD),
    };
    const orders: Seed['orders'] = {};
    // Those of the shopper with ten thousand are found in the list.
    for (const token of [tokens.lin, tokens.zhao]) {
      for (const { external_id, id, number } of await shop.list(token)) orders[external_id] = { id, number };
    }
    const seed: Seed = { tokens, orders };
    writeFileSync(join(folder(), `${kind}.json`), JSON.stringify(seed));
  } finally {
    // Gently, so that everything is in the database and nobody is connected to it.
    await shop.stop();
  }
}

export default async function makeSeeds(): Promise<() => Promise<void>> {
  process.env[FOLDER] = mkdtempSync(join(tmpdir(), 'tepai-stories-'));
  await make('sqlite');
  if (isThere()) await make('postgres');
  return async () => {
    if (isThere()) await dropDatabase(template());
    rmSync(folder(), { recursive: true, force: true });
  };
}
