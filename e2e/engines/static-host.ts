// Some other web server that has nothing but the built files, as the application may also be hosted; and one that
// breaks what it serves, for what becomes of the page in a browser that is too old.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { basename, extname, join, resolve } from 'node:path';

const DIST = process.env.TEPAI_DIST ?? resolve(__dirname, '../../dist');

const TYPES: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/** What a file has become on its way, by name; null when it does not arrive. */
export type Spoil = (name: string, content: Buffer) => string | Buffer | null;

/** Runs `use` with the address of such a server. */
export async function withStaticHost(spoil: Spoil, use: (origin: string) => Promise<void>): Promise<void> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host');
    const name = extname(pathname) ? basename(pathname) : 'index.html';
    let content: string | Buffer | null = null;
    if (!pathname.startsWith('/api/')) {
      try {
        content = spoil(name, readFileSync(join(DIST, name)));
      } catch {
        // There is no such file.
      }
    }
    response.writeHead(content === null ? 404 : 200, { 'content-type': TYPES[extname(name)] ?? 'text/plain' });
    response.end(content);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await use(`http://127.0.0.1:${(server.address() as { port: number }).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
