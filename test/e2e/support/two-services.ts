/** A shop and an invoicing service in processes of their own, and how a person connects them in the window. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { type RunningService, startService } from '#test/support/services/start-service.ts'

export interface TwoServices {
  readonly shop: RunningService
  readonly invoices: RunningService
  readonly stop: () => Promise<void>
}

export async function startShopAndInvoices(): Promise<TwoServices> {
  const shop = await startService('ordersAndInvoices', { role: 'shop' })
  const invoices = await startService('ordersAndInvoices', { role: 'invoices' })
  const stop = async (): Promise<void> => {
    await shop.stop()
    await invoices.stop()
  }
  return { shop, invoices, stop }
}

/** From now on every answer of the service is 503, or again an ordinary one. */
export async function setDown(service: RunningService, down: boolean | 'writes'): Promise<void> {
  await fetch(`${service.url}/settings`, { method: 'POST', body: JSON.stringify({ down }) })
}

/** Both by their OpenAPI documents; the invoicing service does nothing twice that carries the same key. */
export async function connectBoth(page: Page, folder: string, services: TwoServices): Promise<void> {
  await connectUnprotected(page, folder, services, protectCreating)
}

/** The same, without saying how the invoicing service keeps from doing something twice. */
export async function connectUnprotected(
  page: Page,
  folder: string,
  { shop, invoices }: TwoServices,
  finish: (page: Page) => Promise<void> = saveInvoices,
): Promise<void> {
  await connect(page, await downloadDocument(shop, join(folder, 'shop.json')))
  await connect(page, await downloadDocument(invoices, join(folder, 'invoices.json')))
  await finish(page)
}

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

async function protectCreating(page: Page): Promise<void> {
  await page.getByText('More settings').first().click()
  const create = page.getByRole('group', { name: 'Create', exact: true })
  await create.getByText('More settings').first().click()
  await create.getByRole('checkbox', { name: 'Set Idempotency' }).check()
  await create.getByRole('textbox', { name: 'Header' }).fill('Idempotency-Key')
  await create.getByLabel('Remembered for (ms)').fill('86400000')
  await saveInvoices(page)
}

async function saveInvoices(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Invoices' })).toBeVisible()
}

/** Orders of the shop become invoices. */
export async function answerQuestions(page: Page): Promise<void> {
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
