// As much of PostgreSQL's protocol as it takes to make and drop a database, so that no package is needed for it.

import { connect } from 'node:net';

/** The cluster that the tests may use; `cargo xtask test` starts one. */
function cluster(): URL {
  const url = process.env.TEPAI_TEST_POSTGRES_URL;
  if (!url) {
    throw new Error(
      'TEPAI_TEST_POSTGRES_URL names no PostgreSQL. Run `cargo xtask test browser`, or leave it out: --project=sqlite',
    );
  }
  return new URL(url);
}

/** Whether there is one. The stories that need it fail without. */
export function isThere(): boolean {
  return Boolean(process.env.TEPAI_TEST_POSTGRES_URL);
}

/** The URL of a database in the cluster. */
export function urlOf(database: string): string {
  const url = cluster();
  url.pathname = `/${database}`;
  return url.href;
}

/** Makes a database: empty, or a copy of another to which nobody is connected. */
export async function createDatabase(name: string, template = 'template1'): Promise<void> {
  await run(`CREATE DATABASE "${name}" TEMPLATE "${template}"`);
}

export async function dropDatabase(name: string): Promise<void> {
  await run(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
}

/** Runs one statement. The cluster trusts local connections. */
function run(statement: string): Promise<void> {
  const { hostname, port, username, pathname } = cluster();
  return new Promise((done, failed) => {
    const socket = connect(Number(port || 5432), hostname);
    let rest = Buffer.alloc(0);
    let mistake: Error | undefined;
    let asked = false;
    socket.on('error', failed);
    socket.on('close', () => failed(mistake ?? new Error('PostgreSQL hung up')));
    socket.on('connect', () => {
      const names = `user\0${decodeURIComponent(username)}\0database\0${pathname.slice(1)}\0\0`;
      const head = Buffer.alloc(8);
      head.writeInt32BE(8 + names.length, 0);
      head.writeInt32BE(196_608, 4); // Version 3.0.
      socket.write(Buffer.concat([head, Buffer.from(names)]));
    });
    socket.on('data', (data) => {
      rest = Buffer.concat([rest, data]);
      while (rest.length >= 5 && rest.length > rest.readInt32BE(1)) {
        const length = rest.readInt32BE(1);
        const kind = String.fromCharCode(rest[0]);
        const body = rest.subarray(5, length + 1);
        rest = rest.subarray(length + 1);
        if (kind === 'E') mistake = new Error(`${statement}: ${body.toString().replace(/\0/g, ' ')}`);
        if (kind === 'R' && body.readInt32BE(0) !== 0) mistake = new Error('PostgreSQL asks for a password');
        if (kind === 'Z' && asked) {
          socket.removeAllListeners('close');
          socket.end();
          if (mistake) failed(mistake);
          else done();
        } else if (kind === 'Z') {
          asked = true;
          const text = Buffer.from(`${statement}\0`);
          const head = Buffer.alloc(5);
          head.write('Q');
          head.writeInt32BE(4 + text.length, 1);
          socket.write(Buffer.concat([head, text]));
        }
      }
    });
  });
}
