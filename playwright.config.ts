import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';
import './scripts/require-node.mjs';

/** Debian's Chromium where it is there; elsewhere Playwright's own, which it finds by itself. */
const debianChromium = '/usr/bin/chromium';
const launchOptions = existsSync(debianChromium) ? { executablePath: debianChromium } : {};

export default defineConfig<{ host: 'loopback' | 'electron' }>({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  // Each test starts an emulator, a host and a browser of its own; two cores carry two of them.
  workers: 2,
  fullyParallel: true,
  timeout: 180_000,
  // On a shared machine one run may meet a pause of seconds; what fails twice is a failure. The report still says which were flaky.
  retries: process.env['CI'] === undefined ? 0 : 1,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['./e2e/harness/count-reporter.ts']],
  use: {
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
    actionTimeout: 60_000,
    viewport: { width: 1280, height: 800 },
  },
  // The same spec files, in both hosts.
  projects: [
    { name: 'loopback', use: { host: 'loopback', launchOptions } },
    { name: 'electron', use: { host: 'electron' } },
  ],
});
