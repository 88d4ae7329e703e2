/** A person connects two services by their API descriptions, answers the questions, maps nested lines, and lets it run. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { type RunningService, startService } from '#test/support/services/start-service.ts'
import { expect, test } from './support/real-window.ts'

test.describe.configure({ timeout: 90_000 })

let services: readonly RunningService[] = []
test.afterAll(async () => {
  for (const service of services) await service.stop()
})

/** The description a service publishes, in a file, with the address it has in this test. */
async function downloadDocument(service: RunningService, file: string): Promise<string> {
  const document: object = await (await fetch(`${service.url}/openapi.json`)).json()
  writeFileSync(file, JSON.stringify({ ...document, servers: [{ url: service.url }] }))
  return file
}

async function connect(page: Page, file: string): Promise<void> {
  await page.getByRole('link', { name: 'Connections' }).click()
  await page.getByRole('link', { name: 'Add a connection' }).first().click()
  await page.getByRole('link', { name: /^REST API/ }).click()
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Open an OpenAPI document' }).click()
  await (await chooser).setFiles(file)
  await expect(page.getByText('The document leaves this to you')).toBeVisible()
}

/** Says that the invoicing service does nothing twice that carries the same key. */
async function protectCreating(page: Page): Promise<void> {
  await page.getByText('More settings').first().click()
  const create = page.getByRole('group', { name: 'Create', exact: true })
  await create.getByText('More settings').first().click()
  await create.getByRole('checkbox', { name: 'Set Idempotency' }).check()
  await create.getByRole('textbox', { name: 'Header' }).fill('Idempotency-Key')
  await create.getByLabel('Remembered for (ms)').fill('86400000')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Invoices' })).toBeVisible()
}

async function answerQuestions(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Integrations' }).click()
  await page.getByRole('link', { name: 'New integration' }).first().click()
  await page.getByLabel('Connection').first().selectOption({ label: 'Shop (REST API)' })
  await page.getByLabel('What').first().selectOption({ label: 'Orders' })
  await page.getByLabel('Connection').nth(1).selectOption({ label: 'Invoices (REST API)' })
  await page.getByLabel('What').nth(1).selectOption({ label: 'Invoices' })
  await expect(page.getByLabel('Field at the destination')).toHaveValue('order_number')
  await page.getByRole('button', { name: 'Create it and look at the fields' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Edit Shop into Invoices' })).toBeVisible()
}

/** Every line of the order, and one more for shipping where something is charged for it. */
async function mapLines(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'lines' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('button', { name: 'A list, item by item' }).click()
  await expect(drawer.getByRole('region', { name: 'quantity' })).toBeVisible()
  await expect(drawer.getByRole('region', { name: 'description' }).getByLabel('Source field')).toHaveValue('title')
  await drawer.getByRole('button', { name: 'Add an item' }).click()
  const extra = drawer.getByRole('region', { name: 'Further item 1' })
  await extra.getByRole('region', { name: 'description' }).getByLabel('The value: Text').fill('Shipping')
  await setNumber(extra.getByRole('region', { name: 'quantity' }), '1')
  const price = extra.getByRole('region', { name: 'unit_price' })
  await price.getByLabel('Where the value comes from').selectOption({ label: 'A field of the source' })
  await price.getByLabel('Source field').selectOption('shipping')
  await drawer.getByRole('button', { name: 'Done' }).last().click()
}

async function setNumber(row: Locator, value: string): Promise<void> {
  await row.getByLabel('The value', { exact: true }).selectOption({ label: 'Number' })
  await row.getByLabel('The value: Number').fill(value)
}

/** Weekdays at 7:15 by the clock of Berlin, wherever this computer is. */
async function setSchedule(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Integrations' }).click()
  await page.getByRole('link', { name: 'Shop into Invoices' }).click()
  await page.getByRole('link', { name: 'Set a schedule' }).click()
  await page.getByRole('radio', { name: 'On days of the week' }).check()
  await page.getByLabel('Time 1').fill('07:15')
  await page.getByText('Advanced').click()
  await page.getByLabel('Whose clock counts').selectOption('Europe/Berlin')
  await expect(page.getByText('Every weekday at 07:15 (Berlin time)')).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: '07:15' })).toHaveCount(5)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText(/^Next: .*07:15/)).toBeVisible()
  await page.getByRole('link', { name: 'Home' }).click()
  await expect(page.getByRole('list', { name: 'Next runs' })).toContainText('Shop into Invoices')
}

test('two services are connected, lines are mapped, a plan is approved, invoices stand at the other end, and it runs by itself', async ({
  openReal,
}) => {
  services = [
    await startService('ordersAndInvoices', { role: 'shop' }),
    await startService('ordersAndInvoices', { role: 'invoices' }),
  ]
  const [shop, invoices] = services as [RunningService, RunningService]
  const { page, folder } = await openReal()
  await expect(page.getByRole('heading', { name: 'Connect two programs' })).toBeVisible()

  await connect(page, await downloadDocument(shop, join(folder, 'shop.json')))
  await connect(page, await downloadDocument(invoices, join(folder, 'invoices.json')))
  await protectCreating(page)
  await answerQuestions(page)
  await expect(page.getByText('1 required field is not filled')).toBeVisible()
  await mapLines(page)
  await page.getByRole('button', { name: 'Save and make a plan' }).click()
  await page.getByRole('button', { name: 'Approve and run' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Approve and run' }).click()
  await expect(page.getByRole('heading', { name: 'Where the time went' })).toBeVisible({ timeout: 30_000 })

  const { data } = (await (await fetch(`${invoices.url}/invoices?limit=200`)).json()) as {
    data: { order_number: string; lines: { description: string; quantity: number; unit_price: string }[] }[]
  }
  // One order has no e-mail address, and the service refuses it; the empty one gets its shipping line.
  expect(data).toHaveLength(39)
  expect(data[0]?.lines).toEqual([
    { description: 'Desk lamp', quantity: 1, unit_price: '5.00' },
    { description: 'Shipping', quantity: 1, unit_price: '4.90' },
  ])
  await setSchedule(page)
})
