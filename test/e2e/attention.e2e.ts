/** What waits for a person is decided in the window: a conflict, a record that is left out, a write without an answer. */
import type { Page } from '@playwright/test'
import { practiceCall } from './support/practice-crm.ts'
import { expect, test } from './support/real-window.ts'
import { answerQuestions, connectUnprotected, setDown, startShopAndInvoices } from './support/two-services.ts'

test.describe.configure({ timeout: 90_000 })

interface Customer {
  readonly id: string
  readonly email: string
  readonly version: number
  readonly city: string
}

async function planAndRun(page: Page, integration: string): Promise<void> {
  await page.getByRole('link', { name: 'Integrations', exact: true }).click()
  await page.getByRole('link', { name: integration }).click()
  await page.getByRole('button', { name: 'Make the first plan' }).click()
  await page.getByRole('button', { name: 'Approve and run' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Approve and run' }).click()
  await expect(page.getByText(/^Finished/)).toBeVisible({ timeout: 30_000 })
}

/** Somebody moves the customer to one town in the books, somebody else to another in the CRM. */
async function moveApart(folder: string): Promise<Customer> {
  const { data } = await practiceCall<{ data: Customer[] }>(folder, 'books', ['GET', '/customers?limit=1'])
  const [customer] = data
  if (!customer) throw new Error('the books have no customer')
  const { id, email, version } = customer
  await practiceCall(folder, 'books', ['PATCH', `/customers/${id}`, { city: 'Bonn', version }])
  const contacts = await practiceCall<{ data: { id: string }[] }>(folder, 'crm', [
    'GET',
    `/contacts?email=${encodeURIComponent(email)}`,
  ])
  await practiceCall(folder, 'crm', ['PATCH', `/contacts/${contacts.data[0]?.id}`, { city: 'Bern' }])
  return customer
}

test('a conflict is decided by hand, written once, and a record that cannot be mapped is left out and let in again', async ({
  openReal,
}) => {
  const { page, folder } = await openReal()
  await page.getByRole('button', { name: 'Start the sample business' }).click()
  await page.getByRole('link', { name: 'Customer list into the CRM' }).waitFor()
  await planAndRun(page, 'Books and CRM, both ways')
  const customer = await moveApart(folder)
  await page.getByRole('button', { name: 'Run again' }).click()
  await expect(page.getByText(/1 need(s)? you/)).toBeVisible({ timeout: 30_000 })

  await page.getByRole('link', { name: 'Needs attention' }).click()
  const record = page.getByRole('listitem').filter({ hasText: customer.email })
  await expect(record.getByRole('region', { name: 'Practice books' })).toContainText('Bonn')
  await expect(record.getByRole('region', { name: 'Practice CRM' })).toContainText('Bern')
  await record.getByRole('button', { name: 'Take that of Practice CRM' }).click()
  await expect(record.getByText('You decided for Practice CRM: the next run writes it.')).toBeVisible()
  await page.getByRole('button', { name: 'Try again now' }).click()
  await expect(page.getByText(/^Updated 1 record\./)).toBeVisible({ timeout: 30_000 })
  const written = await practiceCall<Customer>(folder, 'books', ['GET', `/customers/${customer.id}`])
  expect(written.city).toBe('Bern')

  await planAndRun(page, 'Customer list into the CRM')
  await page.getByRole('link', { name: 'Needs attention' }).click()
  const bad = page.getByRole('listitem').filter({ hasText: 'is a day or time that does not exist' }).first()
  const name = await bad.getByRole('strong').innerText()
  await bad.getByRole('button', { name: 'Leave out from now on' }).click()
  const leftOut = page.getByRole('list', { name: 'Left out' }).getByRole('listitem')
  await expect(leftOut).toContainText(name)
  await leftOut.getByRole('button', { name: 'Let it take part again' }).click()
  await expect(leftOut).toHaveCount(0)

  const wrong = page.getByRole('listitem').filter({ hasText: 'is a day or time that does not exist' }).first()
  await wrong.getByLabel('Take this for Customer since instead').fill('28 February 2024')
  await wrong.getByRole('button', { name: 'Take it and try again' }).click()
  await expect(page.getByText(/^(Created|Updated) 1 record/)).toBeVisible({ timeout: 30_000 })
  await page.getByRole('link', { name: 'Needs attention' }).click()
  await expect(page.getByRole('list', { name: 'Corrected by hand' })).toContainText('28 February 2024')
})

test('a write that got no answer waits, and is sent again only when a person says that it did not arrive', async ({
  openReal,
}) => {
  const services = await startShopAndInvoices()
  const { page, folder } = await openReal()
  await connectUnprotected(page, folder, services)
  await answerQuestions(page)
  await page.getByRole('button', { name: 'Fill lines' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'A list, item by item' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).last().click()
  await page.getByRole('button', { name: 'Save and make a plan' }).click()
  await page.getByRole('button', { name: 'Approve and run' }).click()
  await setDown(services.invoices, 'writes')
  await page.getByRole('dialog').getByRole('button', { name: 'Approve and run' }).click()
  await expect(page.getByText(/^Finished, \d+ need you/)).toBeVisible({ timeout: 40_000 })

  await page.getByRole('link', { name: 'Needs attention' }).click()
  const writes = page.getByRole('list', { name: /^Writes without an answer/ }).getByRole('listitem')
  await expect(writes.first()).toBeVisible()
  const count = await writes.count()
  expect(count).toBeGreaterThan(10)
  await writes.first().getByRole('button', { name: 'It is not there: send it again' }).click()
  await expect(writes).toHaveCount(count - 1)
  await writes.first().getByLabel('Its number in Invoices').fill('inv_9')
  await writes.first().getByRole('button', { name: 'It is there' }).click()
  await expect(writes).toHaveCount(count - 2)

  await setDown(services.invoices, false)
  await page.getByRole('link', { name: 'Integrations', exact: true }).click()
  await page.getByRole('link', { name: 'Shop into Invoices' }).click()
  await page.getByRole('button', { name: 'Run now' }).click()
  await page.waitForURL(/#\/runs\//)
  await expect(page.getByText(/^Finished/)).toBeVisible({ timeout: 30_000 })
  const { data } = (await (await fetch(`${services.invoices.url}/invoices?limit=200`)).json()) as { data: object[] }
  expect(data).toHaveLength(1)
  await services.stop()
})
