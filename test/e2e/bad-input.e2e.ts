/** What goes wrong around a person at the editor: a clear word, and nothing lost. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from './support/real-window.ts'
import { openEditor, renameIntegration, startSampleBusiness } from './support/sample-business.ts'
import { answerQuestions, connectBoth, setDown, startShopAndInvoices } from './support/two-services.ts'

test.describe.configure({ timeout: 60_000 })

test('a service that dies while its samples are shown leaves the draft editable, and its records come back', async ({
  openReal,
}) => {
  const services = await startShopAndInvoices()
  const { page, folder } = await openReal()
  await connectBoth(page, folder, services)
  await answerQuestions(page)
  await expect(page.getByText('Ana Ruiz').first()).toBeVisible()

  await setDown(services.shop, true)
  await page.reload()
  const notice = page.getByText('The records of Shop cannot be shown now')
  await expect(notice).toBeVisible({ timeout: 30_000 })
  await renameIntegration(page, 'Orders to invoices')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()

  await setDown(services.shop, false)
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(notice).toBeHidden()
  await page.getByRole('tab', { name: 'Fields' }).click()
  await expect(page.getByText('Ana Ruiz').first()).toBeVisible()
  await services.stop()
})

test('a column that was renamed at the source is named where it is used, and no plan is made from it', async ({
  openReal,
}) => {
  const window = await openReal()
  await startSampleBusiness(window)
  const { page, folder } = window
  const file = join(folder, 'data', 'practice', 'files', 'customers.csv')
  writeFileSync(file, readFileSync(file, 'utf8').replace('Postcode', 'ZIP'))
  await openEditor(page)
  const line = page.getByRole('row').filter({ has: page.getByRole('button', { name: 'Edit Postal code' }) })
  await expect(line).toContainText('Source field is gone')
  await page.getByRole('button', { name: 'Save and make a plan' }).click()
  await expect(page.getByText(/has no field “Postcode” any more, and the integration reads it/)).toBeVisible()
  await expect(page.getByText('Nothing was written: a field that is gone is not taken for an empty one.')).toBeVisible()
})

test('ten thousand rows are pasted into a value map, kept over a reload, saved and undone', async ({ openReal }) => {
  const window = await openReal()
  await startSampleBusiness(window)
  const { page } = window
  await openEditor(page)
  await page.getByRole('button', { name: 'Edit E-mail' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('listitem').nth(1).getByRole('button', { name: 'Change' }).click()
  const rows = Array.from({ length: 10_000 }, (_, n) => `old-${n}@example.com\tnew-${n}@example.com`)
  await drawer.getByText('Paste from a spreadsheet').first().click()
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), rows.join('\r\n'))
  await drawer.getByRole('textbox', { name: 'Paste from a spreadsheet' }).press('Control+V')
  await drawer.getByRole('button', { name: 'Take 10000 rows' }).click()
  await expect(drawer.getByText('10,005 values')).toBeVisible()
  await drawer.getByLabel('Search values').fill('old-9999@')
  await expect(drawer.getByText('old-9999@example.com')).toBeVisible()
  await drawer.getByLabel('old-9999@example.com: At the destination').fill('typed@example.com')
  await drawer.getByRole('button', { name: 'Done' }).last().click()

  await page.reload()
  await expect(page.getByText('Not saved yet')).toBeVisible()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: /^Undo/ }).click()
  await page.getByRole('button', { name: /^Undo/ }).click()
  await page.getByRole('button', { name: 'Edit E-mail' }).click()
  await drawer.getByRole('listitem').nth(1).getByRole('button', { name: 'Change' }).click()
  await expect(drawer.getByText('5 values', { exact: true })).toBeVisible()
})

test('a mistake in a calculation is marked at its place, and goes when it is corrected', async ({ openReal }) => {
  const window = await openReal()
  await startSampleBusiness(window)
  const { page } = window
  await openEditor(page)
  await page.getByRole('button', { name: 'Edit First name' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByLabel('Add a step').selectOption('calculate')
  await drawer.getByRole('button', { name: 'Add', exact: true }).click()
  const field = drawer.getByLabel('Calculation', { exact: true })
  await field.fill('$uppercase(value) & )')
  await expect(drawer.locator('mark')).toHaveText(')')
  await expect(drawer.getByText('At character 21')).toBeVisible()
  await field.fill('$uppercase(value)')
  await expect(drawer.locator('mark')).toBeHidden()
  await expect(drawer.getByText('It can be read.')).toBeVisible()
})
