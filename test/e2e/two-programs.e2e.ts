/** A person connects two services by their API descriptions, answers the questions, maps nested lines, and lets it run. */
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './support/real-window.ts'
import { answerQuestions, connectBoth, startShopAndInvoices, type TwoServices } from './support/two-services.ts'

test.describe.configure({ timeout: 90_000 })

let services: TwoServices | undefined
test.afterAll(() => services?.stop())

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
  services = await startShopAndInvoices()
  const { invoices } = services
  const { page, folder } = await openReal()
  await expect(page.getByRole('heading', { name: 'Connect two programs' })).toBeVisible()

  await connectBoth(page, folder, services)
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
