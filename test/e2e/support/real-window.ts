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
import { test as base, type Trouble, watch } from './window.ts'

export interface RealWindow {
  readonly page: Page
  /** Holds the data folder as `data`. */
  readonly folder: string
  /** A further window on the same host; only in the browser, Electron has one. */
  readonly openAnother: () => Promise<Page>
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
  const { link, folder, newLink, stop } = await startRealHost(passphrase)
  await page.goto(link)
  const others: { readonly page: Page; readonly trouble: Trouble }[] = []
  const openAnother = async (): Promise<Page> => {
    const another = await page.context().newPage()
    others.push({ page: another, trouble: await watch(another) })
    await another.goto(await newLink())
    return another
  }
  const leaveAndStop = async (): Promise<void> => {
    // A page that is still open would complain that its host is gone.
    for (const open of [page, ...others.map((other) => other.page)]) await open.goto('about:blank')
    await stop()
    complain(others.flatMap(({ trouble }) => trouble.all))
  }
  return { page, folder, openAnother, stop: leaveAndStop }
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
    complain(trouble.all)
  }
  const openAnother = (): Promise<Page> => Promise.reject(new Error('Electron has one window'))
  return { page, folder, openAnother, stop }
}

function complain(troubles: readonly string[]): void {
  if (troubles.length > 0) throw new Error(`the window complained:\n${troubles.join('\n')}`)
}

export { expect } from './window.ts'
