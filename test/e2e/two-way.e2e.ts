/** A two-way integration is made by answering questions, its way back and its rules are looked at, planned and run. */
import { practiceCall } from './support/practice-crm.ts'
import { expect, test } from './support/real-window.ts'

test.describe.configure({ timeout: 90_000 })

test('books and CRM are kept in step by an integration that a person made in the window', async ({ openReal }) => {
  const { page, folder } = await openReal()
  await page.getByRole('button', { name: 'Start the sample business' }).click()
  await page.getByRole('link', { name: 'Customer list into the CRM' }).waitFor()
  await page.getByRole('link', { name: 'Integrations', exact: true }).click()
  await page.getByRole('link', { name: 'New integration' }).first().click()
  await page.getByLabel('Connection').first().selectOption('practice-books')
  await page.getByLabel('What').first().selectOption('customer')
  await page.getByLabel('Connection').nth(1).selectOption('practice-crm')
  await page.getByLabel('What').nth(1).selectOption('contact')
  await page.getByRole('radio', { name: 'Both ways' }).check()
  await page.getByRole('button', { name: 'Create it and look at the fields' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Edit Practice books and Practice CRM')

  await page.getByRole('tab', { name: 'Way back' }).click()
  const city = page.getByRole('row').filter({ has: page.getByRole('button', { name: 'Edit City' }) })
  await expect(city).toContainText('Works')
  await page.getByRole('button', { name: 'Edit City' }).click()
  await expect(page.getByRole('dialog').getByLabel('Source field')).toHaveValue('city')
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).last().click()
  await page.getByRole('tab', { name: 'Rules' }).click()
  await page.getByLabel('Usually').selectOption('source')
  await page.getByLabel('Records that stand on one side only').selectOption('destination')
  await page.getByRole('button', { name: 'Save and make a plan' }).click()
  await page.getByRole('button', { name: 'Approve and run' }).click()
  await expect(page.getByRole('dialog')).toContainText('in Practice books and Practice CRM')
  await page.getByRole('dialog').getByRole('button', { name: 'Approve and run' }).click()
  await expect(page.getByText(/^Finished/)).toBeVisible({ timeout: 30_000 })

  const { data } = await practiceCall<{ data: { id: string; email: string }[] }>(folder, 'books', [
    'GET',
    '/customers?limit=1',
  ])
  const contacts = await practiceCall<{ data: { id: string }[] }>(folder, 'crm', [
    'GET',
    `/contacts?email=${encodeURIComponent(data[0]?.email ?? '')}`,
  ])
  await practiceCall(folder, 'crm', ['PATCH', `/contacts/${contacts.data[0]?.id}`, { city: 'Ghent' }])
  await page.getByRole('button', { name: 'Run again' }).click()
  await expect(page.getByText(/^Updated 1 record\./)).toBeVisible({ timeout: 30_000 })
  const customer = await practiceCall<{ city: string }>(folder, 'books', ['GET', `/customers/${data[0]?.id}`])
  expect(customer.city).toBe('Ghent')
})
