/** Customers disappear from the list: a few are deleted at the CRM too, very many wait for one decision. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { countContacts } from './support/practice-crm.ts'
import { expect, test } from './support/real-window.ts'
import { countOf } from './support/run-counts.ts'

test.describe.configure({ timeout: 120_000 })

const listOf = (folder: string): string => join(folder, 'data', 'practice', 'files', 'customers.csv')

/** Keeps the heading and the rows that are wanted, as somebody would in the spreadsheet. */
function keepRows(folder: string, isKept: (row: string, index: number) => boolean): void {
  const [heading = '', ...rows] = readFileSync(listOf(folder), 'utf8').split('\n')
  writeFileSync(listOf(folder), [heading, ...rows.filter(isKept)].join('\n'), 'utf8')
}

async function runAgain(page: Page): Promise<void> {
  const former = page.url()
  await page.getByRole('button', { name: 'Run again' }).click()
  await expect(page).not.toHaveURL(former)
  await expect(page.getByRole('heading', { name: 'Where the time went' })).toBeVisible({ timeout: 30_000 })
}

test('deletions follow the rule a person chose; unusually many wait until one decision lets them happen', async ({
  openReal,
}) => {
  const { page, folder } = await openReal()
  await page.getByRole('button', { name: 'Start the sample business' }).click()
  await page.getByRole('link', { name: 'Customer list into the CRM' }).click()
  await page.getByRole('link', { name: 'Edit' }).click()
  await page.getByRole('tab', { name: 'Rules' }).click()
  await page
    .getByRole('combobox', { name: 'What happens when a record is gone from the source' })
    .selectOption('delete')
  await page.getByRole('button', { name: 'Save and make a plan' }).click()
  await page.getByRole('button', { name: 'Approve and run' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Approve and run' }).click()
  await expect(page.getByRole('heading', { name: 'Where the time went' })).toBeVisible({ timeout: 30_000 })
  await runAgain(page)
  const before = await countContacts(folder)

  keepRows(folder, (row) => !row.startsWith('HF-1001;'))
  await runAgain(page)
  expect([await countOf(page, 'Deleted'), await countContacts(folder)]).toEqual([1, before - 1])

  keepRows(folder, (_row, index) => index < 100)
  await runAgain(page)
  expect(await countContacts(folder)).toBe(before - 1)
  await page.getByRole('link', { name: 'Needs attention' }).first().click()
  await expect(page.getByText(/records are gone from the source$/)).toBeVisible()
  const all = page.getByRole('button', { name: /^All \d+ are really gone$/ })
  const count = Number((await all.innerText()).replaceAll(/\D/g, ''))
  expect(count).toBeGreaterThan(300)
  await all.click()
  await expect(all).toBeHidden()
  await page.getByRole('button', { name: 'Try again now' }).click()
  await expect(page.getByText(new RegExp(`^Deleted ${count} records`))).toBeVisible({ timeout: 60_000 })
  expect(await countContacts(folder)).toBe(before - 1 - count)
})
