/** Usable by everybody: rules of WCAG 2.2 AA on every screen, light and dark, narrow, zoomed, by keyboard alone. */
import { AxeBuilder } from '@axe-core/playwright'
import { emptyAnswers, lockedVault, status } from './support/sample-answers.ts'
import { expect, test } from './support/window.ts'

const addresses = [
  '/',
  '/connections',
  '/connections/practice-crm',
  '/integrations',
  '/integrations/customers-to-crm',
  '/plans/plan-1',
  '/runs',
  '/runs/run-1',
  '/unlock',
]
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme })
    test('every screen keeps the rules', async ({ page, open, visit, standIn }) => {
      await open()
      for (const address of addresses) {
        if (address === '/unlock') standIn.answers['system.status'] = () => status({ vault: lockedVault })
        await visit(address)
        const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze()
        expect(
          violations.map(({ id, nodes }) => `${address} ${id}: ${nodes.map((node) => node.html).join(' ')}`),
        ).toEqual([])
      }
    })
  })
}

test('the first visit and the page without a link keep the rules', async ({ page, open, standIn }) => {
  await page.goto(standIn.origin)
  await page.locator('h1').waitFor()
  expect((await new AxeBuilder({ page }).withTags(rules).analyze()).violations).toEqual([])
  Object.assign(standIn.answers, emptyAnswers())
  await open()
  expect((await new AxeBuilder({ page }).withTags(rules).analyze()).violations).toEqual([])
})

test('a broken screen would be noticed', async ({ page, open }) => {
  await open()
  await page.evaluate(() => {
    const flaw = document.createElement('button')
    flaw.style.color = 'rgb(250, 250, 250)'
    flaw.style.background = 'rgb(255, 255, 255)'
    document.querySelector('main')?.append(flaw)
  })
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze()
  expect(violations.map(({ id }) => id)).toContain('button-name')
})

/** 320 px is also what 400 % zoom leaves of 1280; 640 px is 200 %. */
for (const width of [320, 640]) {
  test(`nothing needs sideways scrolling at ${width} px`, async ({ page, open, visit }) => {
    await page.setViewportSize({ width, height: 800 })
    await open()
    for (const address of addresses) {
      await visit(address)
      const extra = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(`${address}: ${extra} px too wide`).toBe(`${address}: 0 px too wide`)
    }
  })
}

test('the menu of a narrow window opens, leads on and closes', async ({ page, open }) => {
  await page.setViewportSize({ width: 390, height: 800 })
  await open()
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('link', { name: 'Integrations' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Integrations' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Menu' })).toHaveAttribute('aria-expanded', 'false')
})

test('a plan is approved by keyboard alone', async ({ page, open, standIn }) => {
  await open()
  await page.keyboard.press('Shift+Tab')
  const walk = async (name: string): Promise<void> => {
    for (let step = 0; step < 40; step += 1) {
      await page.keyboard.press('Tab')
      const focused = page.locator(':focus')
      if ((await focused.count()) === 0) continue
      if ((await focused.innerText()).includes(name)) {
        expect(
          await focused.evaluate(
            (element) => getComputedStyle(element).outlineStyle + getComputedStyle(element, '::after').outlineStyle,
          ),
        ).toContain('solid')
        return
      }
    }
    throw new Error(`the keyboard does not reach "${name}"`)
  }
  await walk('Integrations')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Integrations' }).waitFor()
  await walk('Customer list into the CRM')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'What it does' }).waitFor()
  await walk('Make a plan first')
  await page.keyboard.press('Enter')
  await page.getByText('Nothing has been written yet.').waitFor()
  await walk('Approve and run')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Approve and run' })).toBeFocused()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'About this run' }).waitFor()
  expect(standIn.calls.filter((call) => call.name === 'plans.approve')).toHaveLength(1)
})

test('nothing jumps while a screen fills', async ({ page, open, visit }) => {
  await page.addInitScript(() => {
    const sums = { total: 0 }
    Object.assign(globalThis, { shifts: sums })
    // The entry type of layout shifts is not in the DOM library of TypeScript.
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) sums.total += entry.value
    }).observe({ type: 'layout-shift', buffered: true })
  })
  await open()
  await visit('/runs')
  // Put there by the script above.
  const total = await page.evaluate(() => (globalThis as unknown as { shifts: { total: number } }).shifts.total)
  expect(total).toBeLessThan(0.1)
})
