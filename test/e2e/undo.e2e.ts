/** A run is taken back by a person: the plan says what, what was changed since is left alone, and the CRM holds what it held. */
import { countContacts, practiceCall } from './support/practice-crm.ts'
import { expect, test } from './support/real-window.ts'
import { countOf } from './support/run-counts.ts'

test.describe.configure({ timeout: 90_000 })

test('a run that went wrong is undone; a record changed since stays until that is asked for too', async ({
  openReal,
}) => {
  const { page, folder } = await openReal()
  await page.getByRole('button', { name: 'Start the sample business' }).click()
  await page.getByRole('link', { name: 'Customer list into the CRM' }).click()
  const before = await countContacts(folder)
  await page.getByRole('button', { name: 'Make the first plan' }).click()
  await page.getByRole('button', { name: 'Approve and run' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Approve and run' }).click()
  await expect(page.getByRole('heading', { name: 'Where the time went' })).toBeVisible({ timeout: 30_000 })
  const [created, updated] = [await countOf(page, 'Created'), await countOf(page, 'Updated')]
  const wrongRun = page.url()

  await page.getByRole('searchbox', { name: 'Find a record' }).fill('HF-1001')
  await expect(page.getByRole('article')).toHaveCount(1)
  const contactId = /HF-1001 → (\S+)/.exec(await page.getByRole('article').innerText())?.[1]
  await practiceCall(folder, 'crm', ['PATCH', `/contacts/${contactId}`, { first_name: 'Corrected' }])

  await page.getByRole('button', { name: 'Undo this run' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Undo a run: Customer list into the CRM')
  await expect(page.getByText('1 record would stay as it is')).toBeVisible({ timeout: 30_000 })
  const undoing = 'What undoing would do'
  const planned = [await countOf(page, 'Would remove', undoing), await countOf(page, 'Would put back', undoing)]
  expect(planned).toEqual([created - 1, updated])
  await page.getByRole('button', { name: '1 Would leave as it is' }).click()
  await expect(page.getByText(/was changed after that run/)).toBeVisible()
  await page.getByRole('button', { name: 'Undo these records' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Undo it' }).click()
  await expect(page.getByText(/^Finished/)).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText(/^Took an earlier run back\./)).toBeVisible()
  expect(await countContacts(folder)).toBe(before + 1)

  await page.goto(wrongRun)
  await expect(page.getByText('This run was undone')).toBeVisible()
  await page.getByRole('button', { name: 'Undo this run' }).click()
  await page.getByRole('button', { name: 'Also take back what was changed since' }).click()
  await expect(page.getByText(/^Undoing would remove 1 record\./)).toBeVisible({ timeout: 30_000 })
  await page.getByRole('button', { name: 'Undo these records' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Undo it' }).click()
  await expect(page.getByText(/^Finished/)).toBeVisible({ timeout: 30_000 })
  expect(await countContacts(folder)).toBe(before)
})
