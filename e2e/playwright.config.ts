// How the stories are run: system Chromium, two at a time. What passes only at its second attempt is
// named at the end, and more than two of those are a failure (crates/xtask/src/counts.rs).

import { defineConfig } from '@playwright/test';

import type { Kind } from './stage/seed';

const chromium = process.env.TEPAI_CHROMIUM ?? '/usr/bin/chromium';

export default defineConfig<object, { database: Kind }>({
  testDir: 'stories',
  globalSetup: './stage/seed.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  retries: 1,
  forbidOnly: true,
  timeout: 40_000,
  expect: { timeout: 8_000 },
  reporter: [['line']],
  projects: [
    { name: 'sqlite', use: { database: 'sqlite' } },
    // What a database could make different: cancelling, and losing races.
    { name: 'postgres', use: { database: 'postgres' }, testMatch: /(cancelling|overtaken|requests)\.spec\.ts/ },
  ],
  use: {
    browserName: 'chromium',
    locale: 'zh-CN',
    timezoneId: 'America/Los_Angeles', // Not the shop's zone: days must not depend on the device.
    viewport: { width: 1280, height: 800 },
    colorScheme: 'light',
    contextOptions: { reducedMotion: 'reduce' },
    // Stories that play with the network see every request; those about the worker let it in.
    serviceWorkers: 'block',
    actionTimeout: 8_000,
    navigationTimeout: 15_000,
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: chromium,
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
