/** How long the first screen takes from opening the address until it can be used. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { hostFlags, productEnv } from '../../scripts/lib/product-process.mjs'
import { findChromium } from '../support/chromium.ts'
import { median } from './measure.ts'
import { temporaryFolder } from './prepare.ts'

const goalMs = 1_500
const hostPath = fileURLToPath(new URL('../../out/main/headless.js', import.meta.url))

export async function measureScreen(rounds: number, say: (line: string) => void): Promise<void> {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })
  const times: number[] = []
  for (let round = 0; round < rounds; round++) times.push(await openOnce(browser))
  await browser.close()
  const time = median(times)
  say(
    `first screen usable after ${Math.round(time)} ms (goal ${goalMs}: ${time <= goalMs ? 'met' : 'MISSED'}; ${times.map((value) => Math.round(value)).join(' ')})`,
  )
}

async function openOnce(browser: Awaited<ReturnType<typeof chromium.launch>>): Promise<number> {
  const host = spawn(process.execPath, [...hostFlags, hostPath, 'serve', '--data', temporaryFolder()], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: productEnv(),
  })
  let text = ''
  let link: string | undefined
  while (link === undefined) {
    const [chunk] = await once(host.stdout, 'data')
    text += String(chunk)
    link = /http:\/\/127\.0\.0\.1:\d+\/#t=\S+/.exec(text)?.[0]
  }
  const page = await (await browser.newContext()).newPage()
  const startMs = performance.now()
  await page.goto(link)
  await page.getByRole('button', { name: /sample business/i }).waitFor()
  const durationMs = performance.now() - startMs
  await page.context().close()
  host.kill('SIGTERM')
  await once(host, 'exit')
  return durationMs
}
