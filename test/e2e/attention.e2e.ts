/** What waits for a person is decided in the window: a conflict, a record that is left out, a write without an answer. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { practiceCall } from './support/practice-crm.ts'
import { expect, test } from './support/real-window.ts'
import { answerQuestions, connectUnprotected, setDown, startShopAndInvoices } from './support/two-services.ts'

test.describe.configure({ timeout: 90_000 })

interface Customer {
  readonly id: string
  readonly email: string
  readonly version: number
  readonly city: string
  readonly phone: string
}

async function planAndRun(page: Page, integration: string): Promise<void> {
  await page.getByRole('link', { name: 'Integrations', exact: true }).click()
  await page.getByRole('link', { name: integration }).click()
  await page.getByRole('button', { name: 'Make the first plan' }).click()
  await page.getByRole('button', { name: 'Approve and run' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Approve and run' }).click()
  await expect(page.getByText(/^Finished/)).toBeVisible({ timeout: 30_000 })
}

interface InConflict {
  readonly customer: Customer
  readonly contactId: string
}

/** Somebody gives a customer another town and number in the books, somebody else gives them yet others in the CRM. */
async function moveApart(folder: string, at = 0): Promise<InConflict> {
  const { data } = await practiceCall<{ data: Customer[] }>(folder, 'books', ['GET', `/customers?limit=${at + 1}`])
  const customer = data[at]
  if (!customer) throw new Error('the books have no such customer')
  const { id, email, version } = customer
  const inBooks = { city: 'Bonn', phone: '+49 228 1111', version }
  await practiceCall(folder, 'books', ['PATCH', `/customers/${id}`, inBooks])
  const contacts = await practiceCall<{ data: { id: string }[] }>(folder, 'crm', [
    'GET',
    `/contacts?email=${encodeURIComponent(email)}`,
  ])
  const contactId = contacts.data[0]?.id ?? ''
  await practiceCall(folder, 'crm', ['PATCH', `/contacts/${contactId}`, { city: 'Bern', phone: '+41 31 2222' }])
  return { customer, contactId }
}

/** Town and number as both services hold them. */
async function heldOf(folder: string, { customer, contactId }: InConflict): Promise<readonly string[]> {
  const books = await practiceCall<Customer>(folder, 'books', ['GET', `/customers/${customer.id}`])
  const crm = await practiceCall<Customer>(folder, 'crm', ['GET', `/contacts/${contactId}`])
  return [books.city, books.phone, crm.city, crm.phone]
}

async function inConflict(page: Page, folder: string): Promise<InConflict> {
  await page.getByRole('button', { name: 'Start the sample business' }).click()
  await page.getByRole('link', { name: 'Customer list into the CRM' }).waitFor()
  await planAndRun(page, 'Books and CRM, both ways')
  const pair = await moveApart(folder)
  await page.getByRole('button', { name: 'Run again' }).click()
  await expect(page.getByText(/1 need(s)? you/)).toBeVisible({ timeout: 30_000 })
  await page.getByRole('link', { name: 'Needs attention' }).click()
  return pair
}

/** By Tab alone, as a person without a mouse. */
async function walkTo(page: Page, place: Locator): Promise<void> {
  await expect(place).toBeVisible()
  for (let step = 0; step < 40; step += 1) {
    if (await place.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('the keyboard does not reach it')
}

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Readable by everybody, light and dark, and no wider than a phone. */
async function expectReadable(page: Page): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // Dialogs slide in; contrast is only right when they stand.
    await page.waitForTimeout(350)
    const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  }
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 800 })
    const extraPx = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    await expect.poll(extraPx).toBeLessThanOrEqual(0)
  }
}

test('a conflict is decided field by field, one from each side, and the next run writes exactly that', async ({
  openReal,
}) => {
  const { page, folder } = await openReal()
  const pair = await inConflict(page, folder)
  const record = page.getByRole('listitem').filter({ hasText: pair.customer.email })
  const address = record.getByRole('group', { name: 'Address' })
  const phone = record.getByRole('group', { name: 'Phone' })
  await expect(address.getByText(pair.customer.city)).toBeVisible()
  await expect(address.getByText(/^Both last had \(/)).toBeVisible()
  const save = record.getByRole('button', { name: 'Save and go to the next' })
  await expect(save).toBeDisabled()
  await address.getByRole('radio', { name: 'Bern' }).check()
  await expect(save).toBeDisabled()
  await phone.getByRole('radio', { name: '+49 228 1111' }).check()
  await expect(phone.getByRole('textbox', { name: 'Result for Phone' })).toHaveValue('+49 228 1111')
  await expectReadable(page)
  await save.click()
  await expect(record.getByRole('status')).toContainText('Phone: +49 228 1111 (from Practice books)')
  await expect(page.getByRole('button', { name: 'Try again now' })).toBeFocused()
  expect(await heldOf(folder, pair)).toEqual(['Bonn', '+49 228 1111', 'Bern', '+41 31 2222'])

  await page.getByRole('button', { name: 'Try again now' }).click()
  await expect(page.getByText(/^Updated 2 records\./)).toBeVisible({ timeout: 30_000 })
  expect(await heldOf(folder, pair)).toEqual(['Bern', '+49 228 1111', 'Bern', '+49 228 1111'])
  await page.getByRole('link', { name: 'Needs attention' }).click()
  await expect(page.getByText('Nothing waits for you')).toBeVisible()
})

test('by keyboard alone: arrows take a side, an own value goes to both, and what was saved can be taken back', async ({
  openReal,
}) => {
  const { page, folder } = await openReal()
  const pair = await inConflict(page, folder)
  const record = page.getByRole('listitem').filter({ hasText: pair.customer.email })
  const phone = record.getByRole('group', { name: 'Phone' })
  await walkTo(page, phone.getByRole('radio').first())
  await page.keyboard.press('ArrowRight')
  await expect(phone.getByRole('radio').last()).toBeFocused()
  await expect(phone.getByRole('radio', { name: '+41 31 2222' })).toBeChecked()
  await page.keyboard.press('ArrowLeft')
  await expect(phone.getByRole('radio', { name: '+49 228 1111' })).toBeChecked()
  await walkTo(page, record.getByRole('textbox', { name: 'Result for Phone' }))
  await page.keyboard.type('+44 20 3333')
  await walkTo(page, record.getByRole('group', { name: 'Address' }).getByRole('radio').first())
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Control+Enter')
  await expect(record.getByRole('status')).toContainText('+44 20 3333 (your own value)')
  await record.getByRole('button', { name: 'Take it back' }).click()
  await record.getByRole('radio', { name: 'Bonn' }).check()
  await record.getByRole('textbox', { name: 'Result for Phone' }).fill('+44 20 4444')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Try again now' }).click()
  await expect(page.getByText(/^Updated 2 records\./)).toBeVisible({ timeout: 30_000 })
  expect(await heldOf(folder, pair)).toEqual(['Bonn', '+44 20 4444', 'Bonn', '+44 20 4444'])
})

test('a choice becomes a rule: shown before it is saved, and nothing runs until its plan is approved', async ({
  openReal,
}) => {
  const { page, folder } = await openReal()
  const pair = await inConflict(page, folder)
  const record = page.getByRole('listitem').filter({ hasText: pair.customer.email })
  await record.getByRole('radio', { name: 'Bern' }).check()
  await record.getByRole('button', { name: 'Always decide Address like this' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByLabel('Where both sides changed it')).toHaveValue('destination')
  await expect(dialog).toContainText('It decides the one conflict about this that waits now.')
  await expect(dialog.getByRole('listitem').filter({ hasText: pair.customer.email })).toContainText('Bern')
  await expectReadable(page)
  await dialog.getByLabel('Where both sides changed it').selectOption('prefer-nonempty')
  await expect(dialog).toContainText('goes on waiting')
  await dialog.getByLabel('Where both sides changed it').selectOption('destination')
  await dialog.getByRole('button', { name: 'Save the rule' }).click()
  await expect(dialog).toContainText('stands still until a new plan is approved')
  await dialog.getByRole('button', { name: 'Make the plan' }).click()
  await page.getByRole('button', { name: 'Approve and run' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Approve and run' }).click()
  await expect(page.getByText(/^Finished/)).toBeVisible({ timeout: 30_000 })
  expect(await heldOf(folder, pair)).toEqual(['Bern', '+49 228 1111', 'Bern', '+41 31 2222'])
})

test('a record that cannot be mapped is left out and let in again, and a value of it is corrected', async ({
  openReal,
}) => {
  const { page } = await openReal()
  await page.getByRole('button', { name: 'Start the sample business' }).click()
  await page.getByRole('link', { name: 'Customer list into the CRM' }).waitFor()
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
