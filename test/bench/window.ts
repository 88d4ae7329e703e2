/** The window under load: a log of a million records, a run at full speed, a mapping of 200 fields, the first paint. */

import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser, Page } from '@playwright/test'
import { median, runIntegration } from './measure.ts'
import { importDefinitions, temporaryFolder } from './prepare.ts'
import { rowsIntoDatabase, wideMapping } from './window-definitions.ts'
import { openWatched, pageCpuSeconds, startBrowser, startWindowHost, takeLongTasks } from './window-host.ts'

const longestTaskMs = 50
const goalPaintKb = 250
const goalShare = 0.1
const goalRate = 20_000
const goalTypingMs = 50

type Say = (line: string) => void

export async function measureWindow(rows: number, say: Say): Promise<void> {
  const browser = await startBrowser()
  await measureFirstPaint(browser, say)
  await measureTyping(browser, say)
  await measureLongLog(browser, rows, say)
  await browser.close()
}

function verdict(isMet: boolean): string {
  return isMet ? 'met' : 'MISSED'
}

/** Scripts that are loaded until the first screen stands, compressed one by one. */
async function measureFirstPaint(browser: Browser, say: Say): Promise<void> {
  const host = await startWindowHost(temporaryFolder())
  const page = await (await browser.newContext()).newPage()
  const sizes: Promise<number>[] = []
  page.on('response', (response) => {
    if (new URL(response.url()).pathname.endsWith('.js'))
      sizes.push(response.body().then((body) => gzipSync(body).length))
  })
  await page.goto(host.link)
  await page.getByRole('button', { name: /sample business/i }).waitFor()
  const kb = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) / 1024
  say(
    `first paint: ${Math.round(kb)} KB of compressed script in ${sizes.length} files (goal ${goalPaintKb}: ${verdict(kb <= goalPaintKb)})`,
  )
  await page.context().close()
  await host.stop()
}

/** From a key in a fixed value to the value it becomes, in the editor of a mapping of 200 fields. */
async function measureTyping(browser: Browser, say: Say): Promise<void> {
  const dataFolder = temporaryFolder()
  const fields = 200
  await importDefinitions(dataFolder, wideMapping(dataFolder, fields))
  const host = await startWindowHost(dataFolder)
  const page = await openWatched(browser, host.link)
  await page.goto(`${new URL(host.link).origin}/#/integrations/wide/edit`)
  await page.getByRole('row').nth(2).getByRole('button').first().click()
  await page.getByLabel('The value: Text').waitFor()
  await takeLongTasks(page)
  const times = await typeAndWatch(page, 'a quick brown fox jumps')
  const slowestMs = Math.max(...times)
  say(
    `typing to preview, ${fields} fields: ${median(times).toFixed(1)} ms, slowest ${slowestMs.toFixed(1)} ms (goal ${goalTypingMs}: ${verdict(slowestMs <= goalTypingMs)})`,
  )
  await page.context().close()
  await host.stop()
}

/** Milliseconds from each key to the frame in which the result shows it. */
async function typeAndWatch(page: Page, text: string): Promise<readonly number[]> {
  await page.evaluate(() => {
    const times: number[] = []
    let startMs = 0
    const result = document.querySelector('[role=dialog] section[role=status]')
    if (!result) throw new Error('there is no result to watch')
    document.addEventListener(
      'keydown',
      () => {
        startMs = performance.now()
      },
      true,
    )
    new MutationObserver(() => {
      const since = startMs
      startMs = 0
      if (since > 0) requestAnimationFrame(() => times.push(performance.now() - since))
    }).observe(result, { subtree: true, childList: true, characterData: true })
    Object.assign(globalThis, { typingTimes: times })
  })
  const field = page.getByLabel('The value: Text')
  await field.focus()
  for (const letter of text) {
    await page.keyboard.press(letter === ' ' ? 'Space' : letter)
    await page.waitForTimeout(60)
  }
  // Put there by the function above.
  const times = await page.evaluate(() => (globalThis as unknown as { typingTimes: number[] }).typingTimes)
  if (times.length < text.length * 0.8) throw new Error(`only ${times.length} of ${text.length} keys were seen`)
  return times
}

async function measureLongLog(browser: Browser, rows: number, say: Say): Promise<void> {
  const dataFolder = temporaryFolder()
  const csv = join(dataFolder, 'rows.csv')
  await writeRows(csv, rows)
  await importDefinitions(dataFolder, rowsIntoDatabase(csv, join(dataFolder, 'office.db')))
  const host = await startWindowHost(dataFolder)
  const { durationMs } = await runIntegration(dataFolder, 'rows', {}, '--approve')
  say(`a log of ${rows.toLocaleString('en')} rows, made by a plan and its run in ${Math.round(durationMs / 1000)} s`)
  const page = await openWatched(browser, host.link)
  const steps = await lookThrough(page, rows)
  for (const { name, tookMs, longTasks } of steps) {
    const worst = longTasks.length === 0 ? `no task above ${longestTaskMs} ms` : `tasks of ${longTasks.join(', ')} ms`
    say(`  ${name}: ${Math.round(tookMs)} ms, ${worst} (${verdict(longTasks.length === 0)})`)
  }
  await watchRun(browser, page, rows, say)
  await page.context().close()
  await host.stop()
}

interface Step {
  readonly name: string
  readonly tookMs: number
  readonly longTasks: readonly number[]
}

/** Opens the run, filters it, searches it, and scrolls through some thousand records. */
async function lookThrough(page: Page, rows: number): Promise<readonly Step[]> {
  const steps: Step[] = []
  const step = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    await takeLongTasks(page)
    const startMs = performance.now()
    await work()
    const tookMs = performance.now() - startMs
    await page.waitForTimeout(300)
    steps.push({ name, tookMs, longTasks: await takeLongTasks(page) })
  }
  const record = (number: number) =>
    page
      .getByRole('article')
      .filter({ hasText: `R-${number}` })
      .first()
  await page.goto(`${new URL(page.url()).origin}/#/runs`)
  await step('open the run', async () => {
    await page.getByRole('list').getByRole('link', { name: 'Rows into the office' }).first().click()
    await record(0).waitFor()
  })
  await step('filter by outcome', async () => {
    await page.getByRole('button', { name: `${rows.toLocaleString('en')} Created` }).click()
    await record(0).waitFor()
  })
  await step('scroll through 5,000 records', async () => {
    await page.mouse.move(700, 600)
    for (let wheel = 0; wheel < 140; wheel += 1) {
      await page.mouse.wheel(0, 3_000)
      await page.waitForTimeout(25)
    }
  })
  await step('search for one record near the end', async () => {
    await page.evaluate(() => window.scrollTo(0, 0))
    await page
      .getByRole('searchbox')
      .first()
      .fill(`R-${rows - 3}`)
    await record(rows - 3).waitFor({ timeout: 60_000 })
  })
  return steps
}

/** An unchanged run of all rows, watched on its page: what the progress costs the window. */
async function watchRun(browser: Browser, page: Page, rows: number, say: Say): Promise<void> {
  await page.getByRole('button', { name: 'Run again' }).click()
  await page
    .getByText(/^Running/)
    .first()
    .waitFor()
  const startMs = performance.now()
  const startCpu = await pageCpuSeconds(browser)
  await page
    .getByText(/^Finished/)
    .first()
    .waitFor({ timeout: 600_000 })
  const seconds = (performance.now() - startMs) / 1000
  const share = ((await pageCpuSeconds(browser)) - startCpu) / seconds
  const rate = Math.round(rows / seconds)
  say(
    `  live progress at ${rate.toLocaleString('en')} records/s: ${(share * 100).toFixed(1)} % of a core in the window (goal ${goalShare * 100} % at ${goalRate.toLocaleString('en')}/s: ${verdict(share < goalShare && rate >= goalRate)})`,
  )
}

async function writeRows(path: string, rows: number): Promise<void> {
  const file = createWriteStream(path)
  file.write('Number;Name;E-mail;City\n')
  for (let row = 0; row < rows; row += 1) {
    if (!file.write(`R-${row};Person ${row};person${row}@example.com;City ${row % 100}\n`)) await once(file, 'drain')
  }
  file.end()
  await once(file, 'close')
}
