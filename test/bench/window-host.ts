/** The built host with a browser on it, as a person has them; what a page costs is read from the browser. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from '@playwright/test'
import { hostFlags, productEnv } from '../../scripts/lib/product-process.mjs'
import { findChromium } from '../support/chromium.ts'

const hostPath = fileURLToPath(new URL('../../out/main/headless.js', import.meta.url))

export interface WindowHost {
  /** With its one-time token. */
  readonly link: string
  readonly stop: () => Promise<void>
}

export async function startWindowHost(dataFolder: string): Promise<WindowHost> {
  const host = spawn(process.execPath, [...hostFlags, hostPath, 'serve', '--data', dataFolder], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: productEnv(),
  })
  return {
    link: await linkOf(host),
    stop: async () => {
      host.kill('SIGTERM')
      await once(host, 'exit')
    },
  }
}

async function linkOf(host: ChildProcess): Promise<string> {
  let text = ''
  for (;;) {
    const [chunk] = await once(host.stdout as NonNullable<ChildProcess['stdout']>, 'data')
    text += String(chunk)
    const link = /http:\/\/127\.0\.0\.1:\d+\/#t=\S+/.exec(text)?.[0]
    if (link !== undefined) return link
  }
}

export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })
}

/** A page that writes down every task of its main thread above 50 ms: what a person feels as a halt. */
export async function openWatched(browser: Browser, link: string): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage()
  await page.addInitScript(() => {
    const longTasks: number[] = []
    Object.assign(globalThis, { longTasks })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) longTasks.push(Math.round(entry.duration))
    }).observe({ type: 'longtask', buffered: true })
  })
  await page.goto(link)
  await page.locator('h1').first().waitFor()
  return page
}

/** The long tasks since the last question, in milliseconds. */
export function takeLongTasks(page: Page): Promise<readonly number[]> {
  return page.evaluate(() => {
    // Put there by openWatched.
    const { longTasks } = globalThis as unknown as { longTasks: number[] }
    return longTasks.splice(0)
  })
}

/** Seconds of processor time all pages of the browser have used so far. */
export async function pageCpuSeconds(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  return processInfo.filter(({ type }) => type === 'renderer').reduce((sum, { cpuTime }) => sum + cpuTime, 0)
}
