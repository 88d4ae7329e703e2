/** Browser tests of the window: an installed Chromium, the built renderer, a stand-in for the core on 127.0.0.1. */
import { resolve } from 'node:path'
import { defineConfig } from '@playwright/test'
import { installedElectron } from '../../scripts/lib/electron-runtime.mjs'
import { findChromium } from '../support/chromium.ts'

const isRoot = process.getuid?.() === 0
const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
/** The same specs in Electron, wherever it can run; they need the whole app built (npm run build). */
const runsElectron = installedElectron(resolve(import.meta.dirname, '../..')) !== undefined && hasDisplay && !isRoot

export default defineConfig<{ host: 'browser' | 'electron' }>({
  testDir: '.',
  testMatch: '**/*.e2e.ts',
  globalSetup: './global-setup.config.ts',
  outputDir: '../../node_modules/.cache/e2e',
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  timeout: 20_000,
  reporter: 'list',
  projects: [
    { name: 'browser' },
    ...(runsElectron
      ? [
          {
            name: 'electron',
            testMatch: /(real-host|first-start|two-programs|bad-input|keyboard)\.e2e\.ts$/,
            use: { host: 'electron' as const },
          },
        ]
      : []),
  ],
  use: {
    browserName: 'chromium',
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    viewport: { width: 1280, height: 800 },
    launchOptions: { executablePath: findChromium(), args: isRoot ? ['--no-sandbox'] : [] },
  },
})
