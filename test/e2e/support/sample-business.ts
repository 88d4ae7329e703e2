/** What a person does first with the sample business. */
import { expect, type Page } from '@playwright/test'
import type { RealWindow } from './real-window.ts'

const sampleIntegration = 'Customer list into the CRM'

/** Starts it and shows its first integration. */
export async function startSampleBusiness({ page }: RealWindow): Promise<void> {
  await page.getByRole('button', { name: 'Start the sample business' }).click()
  await page.getByRole('link', { name: sampleIntegration }).click()
  await page.getByRole('heading', { level: 1, name: sampleIntegration }).waitFor()
}

export async function openEditor(page: Page): Promise<void> {
  await page.evaluate(() => {
    location.hash = '/integrations/customers-to-crm/edit'
  })
  await expect(page.getByText('fields work')).toBeVisible()
}

/** A change that is not saved. */
export async function renameIntegration(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name: 'Rules' }).click()
  await page.getByRole('textbox', { name: 'Name of the integration' }).fill(name)
  await expect(page.getByText('Not saved yet')).toBeVisible()
}
