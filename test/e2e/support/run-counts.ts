/** What a run's screen says became of its records. */
import type { Page } from '@playwright/test'

export async function countOf(page: Page, label: string): Promise<number> {
  const tile = page
    .getByRole('list', { name: 'What became of the records' })
    .getByRole('listitem')
    .filter({ hasText: label })
  return Number((await tile.innerText()).replaceAll(/\D/g, ''))
}
