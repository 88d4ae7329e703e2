/** The whole way without a mouse: guided creation, the editor, plan, approval and run. Only keys are pressed here. */
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './support/real-window.ts'

test.describe.configure({ timeout: 90_000 })

const mostTabs = 150

/** Presses Tab until the element has the focus, and sees that it shows. */
async function reach(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await target.waitFor()
  for (let presses = 0; presses < mostTabs; presses += 1) {
    if (await hasFocus(target)) return expectVisibleFocus(page, target)
    await page.keyboard.press(key)
  }
  throw new Error(`${String(target)} is not reached by ${mostTabs} presses of ${key}`)
}

function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === document.activeElement)
}

/** Somebody who only has keys must see where they are: the window looks different with the focus. */
async function expectVisibleFocus(page: Page, target: Locator): Promise<void> {
  const focused = await page.screenshot({ animations: 'disabled' })
  await target.evaluate((element) => {
    if (element instanceof HTMLElement) element.blur()
  })
  const blurred = await page.screenshot({ animations: 'disabled' })
  await target.focus()
  expect(focused.equals(blurred), `${String(target)} looks the same without the focus`).toBe(false)
}

async function pressOn(page: Page, target: Locator, key = 'Enter'): Promise<void> {
  await reach(page, target)
  await page.keyboard.press(key)
}

/** As in any list of the system: the first letters choose. */
async function choose(page: Page, target: Locator, letters: string): Promise<void> {
  // A person sees what there is to choose before typing.
  await expect(target.locator('option').filter({ hasText: new RegExp(`^${letters}`) })).not.toHaveCount(0)
  await reach(page, target)
  await page.keyboard.type(letters)
  await expect(target.locator('option:checked')).toHaveText(new RegExp(`^${letters}`))
}

const button = (at: Page | Locator, name: string): Locator => at.getByRole('button', { name, exact: true })

/** The drawer of one field: another step, what it does to the record, and back to where one was. */
async function addStep(page: Page): Promise<void> {
  const opener = button(page, 'Edit City')
  await pressOn(page, opener)
  const drawer = page.getByRole('dialog')
  await choose(page, drawer.getByLabel('Add a step'), 'Case')
  await pressOn(page, button(drawer, 'Add'))
  await expect(drawer.getByText('Capitals', { exact: false }).first()).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(drawer).toBeHidden()
  expect(await hasFocus(opener)).toBe(true)
  await expect(page.getByText('Not saved yet')).toBeVisible()
}

test('an integration is made by keys alone', async ({ openReal }) => {
  const { page } = await openReal()
  await pressOn(page, button(page, 'Start the sample business'))
  await page.getByRole('link', { name: 'Customer list into the CRM' }).waitFor()

  await pressOn(page, page.getByRole('link', { name: 'Integrations', exact: true }))
  await pressOn(page, page.getByRole('link', { name: 'New integration' }).first())
  await choose(page, page.getByLabel('Connection').first(), 'Customer list')
  await choose(page, page.getByLabel('What').first(), 'customers')
  await choose(page, page.getByLabel('Connection').nth(1), 'Practice CRM')
  await choose(page, page.getByLabel('What').nth(1), 'Company')
  await pressOn(page, button(page, 'Create it and look at the fields'))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Edit /)
})

test('the editor of an integration is used by keys alone, up to a finished run', async ({ openReal }) => {
  const { page } = await openReal()
  await pressOn(page, button(page, 'Start the sample business'))
  await pressOn(page, page.getByRole('link', { name: 'Customer list into the CRM' }))
  await pressOn(page, page.getByRole('link', { name: 'Edit', exact: true }))
  await expect(button(page, 'Edit City')).toBeVisible()

  const sample = page.getByLabel('Sample record')
  const first = await sample.inputValue()
  await page.keyboard.press(']')
  expect(await sample.inputValue()).not.toBe(first)

  await addStep(page)
  await page.keyboard.press('Control+z')
  await expect(button(page, 'Undo')).toBeDisabled()
  await page.keyboard.press('Control+y')
  await page.keyboard.press('Control+s')
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()

  await reach(page, page.getByRole('tab', { name: 'Fields' }), 'Shift+Tab')
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('tab', { name: 'Which records' })).toHaveAttribute('aria-selected', 'true')
  await pressOn(page, button(page, 'Add a condition'))
  await expect(page.getByRole('combobox', { name: 'Comparison' })).toBeVisible()
  await page.keyboard.press('Control+z')

  await reach(page, button(page, 'Save and make a plan'), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await pressOn(page, button(page, 'Approve and run'))
  await pressOn(page, button(page.getByRole('dialog'), 'Approve and run'))
  await expect(page.getByText(/^Finished/)).toBeVisible({ timeout: 30_000 })
})
