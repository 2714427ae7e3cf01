// Firefox and WebKit on this machine: how each is started, without a screen, for a shopper who reads Chinese.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

import { Session } from './webdriver';

/** What a shopper's browser may lack. */
export type Lack = 'WebAssembly' | 'JavaScript';

/** What can be switched off in which engine. WebKit's driver looks at pages by scripts of its own. */
const CAN_LACK: Record<string, readonly Lack[]> = {
  firefox: ['WebAssembly', 'JavaScript'],
  webkit: ['WebAssembly'],
};

/** The engine this run is about. */
const ENGINE = process.env.TEPAI_ENGINE ?? '';

export function canLack(lack: Lack): boolean {
  return CAN_LACK[ENGINE]?.includes(lack) ?? false;
}

/** An engine, ready to open browsers. */
export interface Engine {
  /** Runs `use` with a browser that nobody has used before. */
  withBrowser: (lack: Lack | null, use: (browser: Session) => Promise<void>) => Promise<void>;
  close: () => Promise<void>;
}

/** A program's place, which `cargo xtask test engines` finds out. */
function place(variable: string): string {
  const found = process.env[variable];
  if (!found) throw new Error(`${variable} is not set. Run \`cargo xtask test engines\``);
  return found;
}

/** Starts what the engine needs. */
export async function openEngine(): Promise<Engine> {
  switch (ENGINE) {
    case 'firefox':
      return firefox();
    case 'webkit':
      return webkit();
    default:
      throw new Error(`TEPAI_ENGINE is ${ENGINE}; firefox or webkit`);
  }
}

// Not the shop's zone: days must not depend on the device.
const ENVIRONMENT = { ...process.env, TZ: 'America/Los_Angeles', LC_ALL: 'C.UTF-8', NO_AT_BRIDGE: '1' };

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill();
  await ended;
}

/** Starts a driver on a free port and waits until it answers; gives its origin. */
async function startDriver(
  program: string,
  args: (port: number) => string[],
  environment: NodeJS.ProcessEnv,
): Promise<{ driver: ChildProcess; origin: string }> {
  const port = await freePort();
  // Browsers talk much about what they miss on a machine without a desktop.
  const driver = spawn(program, args(port), { env: environment, stdio: 'ignore' });
  const failed = new Promise<never>((_, reject) => {
    driver.once('error', reject);
    driver.once('exit', (code) => reject(new Error(`${program} ended with ${code}`)));
  });
  failed.catch(() => {});
  const origin = `http://127.0.0.1:${port}`;
  const answers = async (): Promise<void> => {
    for (;;) {
      const there = await fetch(`${origin}/status`).then(
        (response) => response.ok,
        () => false,
      );
      if (there) return;
      await new Promise((again) => setTimeout(again, 50));
    }
  };
  await Promise.race([answers(), failed]);
  return { driver, origin };
}

async function use(origin: string, capabilities: object, story: (browser: Session) => Promise<void>): Promise<void> {
  const browser = await Session.open(origin, capabilities);
  try {
    await browser.resize(1280, 900);
    await story(browser);
  } finally {
    // One that broke down has nothing to close.
    await browser.close().catch(() => {});
  }
}

async function firefox(): Promise<Engine> {
  const { driver, origin } = await startDriver(
    place('TEPAI_GECKODRIVER'),
    (port) => ['--port', String(port), '--log', 'fatal'],
    ENVIRONMENT,
  );
  const lacks = (lack: Lack | null) => ({
    'javascript.enabled': lack !== 'JavaScript',
    'javascript.options.wasm': lack !== 'WebAssembly',
  });
  return {
    withBrowser: async (lack, story) => {
      const profile = mkdtempSync(join(tmpdir(), 'tepai-firefox-'));
      try {
        // Its toolbar keeps the window from becoming as narrow as a telephone.
        mkdirSync(join(profile, 'chrome'));
        writeFileSync(join(profile, 'chrome/userChrome.css'), ':root { min-width: 0 !important }');
        const options = {
          binary: place('TEPAI_FIREFOX'),
          args: ['-headless', '-profile', profile],
          prefs: {
            'intl.accept_languages': 'zh-CN',
            'toolkit.legacyUserProfileCustomizations.stylesheets': true,
            'ui.prefersReducedMotion': 1,
            ...lacks(lack),
          },
        };
        await use(origin, { 'moz:firefoxOptions': options }, story);
      } finally {
        rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
      }
    },
    close: () => end(driver),
  };
}

/** WebKit for GTK, with the small browser that comes with it. */
async function webkit(): Promise<Engine> {
  // It draws on a screen only; this one is in memory. It chooses a free number and writes it to descriptor 3.
  const screen = spawn(place('TEPAI_XVFB'), ['-displayfd', '3', '-screen', '0', '1280x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const display = await new Promise<string>((found, failed) => {
    screen.once('error', failed);
    screen.once('exit', (code) => failed(new Error(`Xvfb ended with ${code}`)));
    createInterface({ input: screen.stdio[3] as Readable }).once('line', found);
  });
  // Its driver opens one browser at a time and gives it its own environment, so each of these starts a driver.
  const environment = (lack: Lack | null) => ({
    ...ENVIRONMENT,
    DISPLAY: `:${display}`,
    GDK_BACKEND: 'x11',
    JSC_useWasm: String(lack !== 'WebAssembly'),
  });
  return {
    withBrowser: async (lack, story) => {
      const { driver, origin } = await startDriver(
        place('TEPAI_WEBKIT_DRIVER'),
        (port) => [`--port=${port}`],
        environment(lack),
      );
      const options = { binary: place('TEPAI_WEBKIT'), args: ['--automation', '--full-screen'] };
      try {
        await use(origin, { 'webkitgtk:browserOptions': options }, story);
      } finally {
        await end(driver);
      }
    },
    close: () => end(screen),
  };
}
