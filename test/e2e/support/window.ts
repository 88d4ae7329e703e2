/** The test fixture: a stand-in, a window opened through its link, and a watch that fails the test on any trouble in the browser. */
import { test as base, type Page } from '@playwright/test'
import { sampleAnswers } from './sample-answers.ts'
import { type Answers, type StandIn, startStandIn } from './stand-in.ts'

export interface Trouble {
  readonly all: string[]
  /** Trouble that this test brings about on purpose. */
  readonly expected: RegExp[]
}

/** Gathers console errors, uncaught errors, refused markup or styles, and failed requests of our own address. */
export async function watch(page: Page): Promise<Trouble> {
  const trouble: Trouble = { all: [], expected: [] }
  const note = (text: string): void => {
    if (!trouble.expected.some((pattern) => pattern.test(text))) trouble.all.push(text)
  }
  await page.exposeFunction('noteViolation', (text: string) => note(`policy: ${text}`))
  await page.addInitScript(() => {
    // The function is put on the page by exposeFunction above.
    const { noteViolation } = globalThis as unknown as { noteViolation: (text: string) => void }
    document.addEventListener('securitypolicyviolation', (event) =>
      noteViolation(`${event.effectiveDirective} ${event.sample}`),
    )
  })
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') note(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => note(`error: ${error.message}`))
  page.on('response', (response) => {
    if (response.status() >= 400) note(`request: ${response.status()} ${new URL(response.url()).pathname}`)
  })
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? ''
    if (reason !== 'net::ERR_ABORTED') note(`request: ${reason} ${new URL(request.url()).pathname}`)
  })
  return trouble
}

/** Waits until the screen has its title and nothing on it is loading any more. */
async function settle(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  await page.waitForFunction(() => document.querySelector('[role=status][aria-label=Loading]') === null)
}

export interface Fixtures {
  /** Answers the stand-in starts with; tests replace single ones through `standIn.answers`. */
  readonly answers: Answers
  readonly standIn: StandIn
  readonly trouble: Trouble
  /** Goes to another address in the open window, and waits until the screen is filled. */
  readonly visit: (address: string) => Promise<void>
  /** Opens the window at an address of its own ('/runs'). */
  readonly open: (address?: string) => Promise<void>
}

export const test = base.extend<Fixtures>({
  answers: [sampleAnswers(), { option: true }],
  standIn: async ({ answers }, use) => {
    const standIn = await startStandIn(answers)
    await use(standIn)
    await standIn.stop()
  },
  trouble: [
    async ({ page }, use) => {
      const trouble = await watch(page)
      await use(trouble)
      if (trouble.all.length > 0) throw new Error(`the browser complained:\n${trouble.all.join('\n')}`)
    },
    { auto: true },
  ],
  visit: async ({ page, standIn }, use) => {
    await use(async (address) => {
      await page.goto(`${standIn.origin}/#${address}`)
      await settle(page)
    })
  },
  open: async ({ page, standIn }, use) => {
    await use(async (address = '/') => {
      await page.goto(standIn.link())
      await settle(page)
      if (address !== '/') await page.goto(`${standIn.origin}/#${address}`)
      await settle(page)
    })
  },
})

export { expect } from '@playwright/test'
