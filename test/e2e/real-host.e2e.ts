/** The window on the real core: sample business, plan, run, a second run that writes nothing, one edited record with before and after. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from './support/real-window.ts'
import { countOf } from './support/run-counts.ts'

test.describe.configure({ timeout: 60_000 })

interface Edit {
  readonly sourceId: string
  readonly from: string
  readonly to: string
}

/** A new customer of the sample business, which is the same every time. */
const customer: Edit = { sourceId: 'HF-1001', from: 'Quentin', to: 'Newname' }

/** Changes the first name in one row of the customer list, as the owner would in the spreadsheet. */
function editOneCustomer(folder: string, { sourceId, from, to }: Edit): void {
  const file = join(folder, 'data', 'practice', 'files', 'customers.csv')
  const lines = readFileSync(file, 'utf8').split('\n')
  const edited = lines.map((line) => (line.startsWith(`${sourceId};`) ? line.replace(from, to) : line))
  expect(edited.filter((line, index) => line !== lines[index])).toHaveLength(1)
  writeFileSync(file, edited.join('\n'), 'utf8')
}

test('the sample business is planned, run, run again without a write, and one edit makes one update', async ({
  openReal,
}) => {
  const { page, folder } = await openReal()
  await page.getByRole('button', { name: 'Start the sample business' }).click()
  await page.getByRole('link', { name: 'Customer list into the CRM' }).click()
  await page.getByRole('button', { name: 'Make the first plan' }).click()
  await page.getByRole('button', { name: 'Approve and run' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Approve and run' }).click()
  await expect(page.getByRole('heading', { name: 'Where the time went' })).toBeVisible({ timeout: 30_000 })
  expect(await countOf(page, 'Created')).toBeGreaterThan(100)
  await page.getByRole('searchbox', { name: 'Find a record' }).fill(customer.sourceId)
  await expect(page.getByRole('article')).toHaveCount(1)
  await page.getByRole('button', { name: /Show its/ }).click()
  await expect(page.getByText(customer.from, { exact: true })).toBeVisible()

  await page.getByRole('button', { name: 'Run again' }).click()
  await expect(page.getByText(/Nothing had to be written/)).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText(/^Finished/)).toBeVisible()
  expect([await countOf(page, 'Created'), await countOf(page, 'Updated')]).toEqual([0, 0])

  editOneCustomer(folder, customer)
  await page.getByRole('button', { name: 'Run again' }).click()
  await expect(page.getByText(/^Updated 1 record\./)).toBeVisible({ timeout: 30_000 })
  await page.getByRole('button', { name: '1 Updated' }).click()
  await expect(page.getByRole('article')).toHaveCount(1)
  await expect(page.getByRole('definition').filter({ hasText: customer.to })).toHaveText(
    `${customer.from}→${customer.to}`,
  )
})
