/** One source for several places: a set is planned and run as a whole, and grows by a further destination. */
import { expect, test } from './support/real-window.ts'

test.describe.configure({ timeout: 120_000 })

test('new orders go to three places, and a fourth is added beside them', async ({ openReal }) => {
  const { page } = await openReal()
  await page.getByRole('button', { name: 'Start the sample business' }).click()
  await page.getByRole('link', { name: 'Customer list into the CRM' }).waitFor()
  await page.getByRole('link', { name: 'Integrations', exact: true }).click()
  await page.getByRole('link', { name: 'New orders' }).click()
  await expect(page.getByText(/One source, several destinations/)).toBeVisible()
  await page.getByRole('button', { name: 'Make 3 missing plans' }).click()
  const legs = page.getByRole('list', { name: 'Legs' })
  await expect(legs.getByText('Plan waits for you')).toHaveCount(3, { timeout: 30_000 })

  for (const name of [
    'Orders into the office database',
    'Buyers into the books',
    'Buyers who want news onto the list',
  ]) {
    await page.getByRole('link', { name }).click()
    await page.getByRole('link', { name: 'Look at the plan' }).click()
    await page.getByRole('button', { name: 'Approve and run' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Approve and run' }).click()
    await expect(page.getByRole('heading', { name: 'Where the time went' })).toBeVisible({ timeout: 30_000 })
    await page.getByRole('link', { name: 'Integrations', exact: true }).click()
    await page.getByRole('link', { name: 'New orders' }).click()
  }
  await page.getByRole('button', { name: 'Run all' }).click()
  await expect(legs.getByText(/Nothing had to be written/)).toHaveCount(3, { timeout: 30_000 })

  await page.getByRole('link', { name: 'Buyers into the books' }).click()
  await page.getByRole('link', { name: 'Send the same records to another place too' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('One more destination')
  await page.getByLabel('Connection').selectOption('practice-crm')
  await page.getByLabel('What').selectOption('contact')
  await page.getByRole('button', { name: 'Create it and look at the fields' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Edit /)
  await page.getByRole('link', { name: 'Integrations', exact: true }).click()
  await page.getByRole('link', { name: 'New orders' }).click()
  await expect(legs.getByRole('listitem')).toHaveCount(4)
})
