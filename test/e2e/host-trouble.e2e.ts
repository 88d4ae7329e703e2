/** Two windows on one host, and a core that crashes under a window: only the headless host has both ways to bring it about. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { countContacts } from './support/practice-crm.ts'
import { expect, test } from './support/real-window.ts'
import { countOf } from './support/run-counts.ts'
import { openEditor, renameIntegration, startSampleBusiness } from './support/sample-business.ts'

test.describe.configure({ timeout: 60_000 })

async function nameInEditor(page: Page): Promise<string> {
  await page.getByRole('tab', { name: 'Rules' }).click()
  return page.getByRole('textbox', { name: 'Name of the integration' }).inputValue()
}

test('two windows edit one integration: the later one is asked, and neither loses its draft', async ({ openReal }) => {
  const window = await openReal()
  await startSampleBusiness(window)
  const [one, two] = [window.page, await window.openAnother()]
  for (const page of [one, two]) await openEditor(page)
  await renameIntegration(one, 'Named by one')
  await renameIntegration(two, 'Named by two')
  await two.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(two.getByText('Saved', { exact: true })).toBeVisible()

  // What window one typed outlives the other's save, and a reload.
  await one.reload()
  expect(await nameInEditor(one)).toBe('Named by one')
  await one.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(one.getByText('Another window saved a version meanwhile')).toBeVisible()
  await one.getByRole('button', { name: 'Save mine as the newest version' }).click()
  await expect(one.getByText('Saved', { exact: true })).toBeVisible()

  // The window that changed nothing since follows; one that did may also take what is saved.
  await expect(two.getByRole('heading', { level: 1 })).toHaveText('Edit Named by one')
  await renameIntegration(one, 'One again')
  await renameIntegration(two, 'Two again')
  await one.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(one.getByText('Saved', { exact: true })).toBeVisible()
  await two.getByRole('button', { name: 'Save', exact: true }).click()
  await two.getByRole('button', { name: 'Drop mine, take the saved one' }).click()
  await expect(two.getByRole('heading', { level: 1 })).toHaveText('Edit One again')
  await expect(two.getByText('Another window saved')).toBeHidden()
})

test('a copied tab leaves the draft of the tab it was copied from alone', async ({ openReal }) => {
  const window = await openReal()
  await startSampleBusiness(window)
  const { page } = window
  await openEditor(page)
  await renameIntegration(page, 'Typed in the first')
  await page.reload()
  expect(await nameInEditor(page)).toBe('Typed in the first')

  // Opened by a page, a tab starts with a copy of what that page's session holds.
  const opened = page.waitForEvent('popup')
  await page.evaluate(() => void globalThis.open(location.href))
  const copy = await opened
  expect(await nameInEditor(copy)).not.toBe('Typed in the first')
  await renameIntegration(copy, 'Typed in the copy')
  await copy.reload()
  expect(await nameInEditor(copy)).toBe('Typed in the copy')
  await page.reload()
  expect(await nameInEditor(page)).toBe('Typed in the first')
  await copy.close()

  // A tab that is gone leaves its draft to the next that has none.
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  await page.reload()
  expect(await nameInEditor(page)).toBe('Typed in the copy')
})

test('a core that crashes while a run is shown: the window says so, comes back, and the run goes on without a duplicate', async ({
  openReal,
  trouble,
}) => {
  trouble.expected.push(/503/)
  const window = await openReal()
  await startSampleBusiness(window)
  const { page, folder } = window
  const before = await countContacts(folder)
  await page.getByRole('button', { name: 'Make the first plan' }).click()
  await page.getByRole('button', { name: 'Approve and run' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Approve and run' }).click()
  await page.waitForURL(/#\/runs\//)
  writeFileSync(join(folder, 'data', 'crash-now'), '')
  const notice = page.getByText('The part of Patchbay that does the work is being started again.')
  await expect(notice).toBeVisible()
  await expect(page.getByText('This window comes back by itself.')).toBeVisible()
  await expect(notice).toBeHidden({ timeout: 15_000 })
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect(page.getByText(/^Finished/)).toBeVisible({ timeout: 40_000 })
  const created = await countOf(page, 'Created')
  expect(created).toBeGreaterThan(100)
  expect(await countContacts(folder)).toBe(before + created)
})
