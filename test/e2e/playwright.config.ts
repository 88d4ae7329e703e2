/** Browser tests of the window: an installed Chromium, the built renderer, a stand-in for the core on 127.0.0.1. */
import { defineConfig } from '@playwright/test'
import { findChromium } from '../support/chromium.ts'

const isRoot = process.getuid?.() === 0

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.e2e.ts',
  globalSetup: './global-setup.config.ts',
  outputDir: '../../node_modules/.cache/e2e',
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  timeout: 20_000,
  reporter: 'list',
  use: {
    browserName: 'chromium',
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    viewport: { width: 1280, height: 800 },
    launchOptions: { executablePath: findChromium(), args: isRoot ? ['--no-sandbox'] : [] },
  },
})
