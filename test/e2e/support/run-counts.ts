/** What the screen of a run or plan counts. */
import type { Page } from '@playwright/test'

export async function countOf(page: Page, label: string, list = 'What became of the records'): Promise<number> {
  const tile = page.getByRole('list', { name: list }).getByRole('listitem').filter({ hasText: label })
  return Number((await tile.innerText()).replaceAll(/\D/g, ''))
}
