/** How long the first screen takes from opening the address until it can be used. */
import type { Browser } from '@playwright/test'
import { median } from './measure.ts'
import { temporaryFolder } from './prepare.ts'
import { startBrowser, startWindowHost } from './window-host.ts'

const goalMs = 1_000

export async function measureScreen(rounds: number, say: (line: string) => void): Promise<void> {
  const browser = await startBrowser()
  const times: number[] = []
  for (let round = 0; round < rounds; round++) times.push(await openOnce(browser))
  await browser.close()
  const time = median(times)
  say(
    `first screen usable after ${Math.round(time)} ms (goal ${goalMs}: ${time <= goalMs ? 'met' : 'MISSED'}; ${times.map((value) => Math.round(value)).join(' ')})`,
  )
}

async function openOnce(browser: Browser): Promise<number> {
  const host = await startWindowHost(temporaryFolder())
  const page = await (await browser.newContext()).newPage()
  const startMs = performance.now()
  await page.goto(host.link)
  await page.getByRole('button', { name: /sample business/i }).waitFor()
  const durationMs = performance.now() - startMs
  await page.context().close()
  await host.stop()
  return durationMs
}
