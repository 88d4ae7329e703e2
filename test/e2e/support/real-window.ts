/**
 * The window on the real core, with an empty data folder: in the browser on the headless host, or in Electron where its
 * runtime is installed (playwright.config.ts). The specs do not know which.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron, type Page } from '@playwright/test'
import { startRealHost, withoutKeychain } from './real-host.ts'
import { test as base, watch } from './window.ts'

export interface RealWindow {
  readonly page: Page
  /** Holds the data folder as `data`. */
  readonly folder: string
}

type Passphrase = 'in a file' | 'not chosen yet'

export interface RealFixtures {
  readonly host: 'browser' | 'electron'
  readonly openReal: (passphrase?: Passphrase) => Promise<RealWindow>
}

export const test = base.extend<RealFixtures>({
  host: ['browser', { option: true }],
  openReal: async ({ host, page }, use) => {
    const stops: (() => Promise<void>)[] = []
    await use(async (passphrase = 'in a file') => {
      const { stop, ...window } =
        host === 'electron' ? await openElectron(passphrase) : await openBrowser(page, passphrase)
      stops.push(stop)
      return window
    })
    for (const stop of stops) await stop()
  },
})

type Opened = RealWindow & { readonly stop: () => Promise<void> }

async function openBrowser(page: Page, passphrase: Passphrase): Promise<Opened> {
  const { link, folder, stop } = await startRealHost(passphrase)
  await page.goto(link)
  const leaveAndStop = async (): Promise<void> => {
    // A page that is still open would complain that its host is gone.
    await page.goto('about:blank')
    await stop()
  }
  return { page, folder, stop: leaveAndStop }
}

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Unpackaged, so that Playwright may drive it: its fuses would forbid that (docs/security.md). */
async function openElectron(passphrase: Passphrase): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-e2e-'))
  const file = join(folder, 'passphrase')
  writeFileSync(file, 'four random words\n', { mode: 0o600 })
  const own = passphrase === 'in a file' ? { ...process.env, PATCHBAY_PASSPHRASE_FILE: file } : withoutKeychain()
  // Variables that are not set have no value to hand over.
  const env = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >
  const app = await _electron.launch({ args: [root, '--data', join(folder, 'data')], env })
  const page = await app.firstWindow()
  const trouble = await watch(page)
  const stop = async (): Promise<void> => {
    await app.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    if (trouble.all.length > 0) throw new Error(`the window complained:\n${trouble.all.join('\n')}`)
  }
  return { page, folder, stop }
}

export { expect } from './window.ts'
