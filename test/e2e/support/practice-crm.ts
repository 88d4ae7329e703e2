/** A look into the practice CRM of a data folder, past the app. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

interface ContactPage {
  readonly data: readonly object[]
  readonly next_cursor: string | null
}

/** `folder` is that of `openReal`: the data folder is within. */
export async function countContacts(folder: string): Promise<number> {
  const practice = join(folder, 'data', 'practice')
  // Both written by the practice company when it starts.
  const { crmPort } = JSON.parse(readFileSync(join(practice, 'place.json'), 'utf8')) as { crmPort: number }
  const authorization = `Bearer ${readFileSync(join(practice, 'crm', 'access-token'), 'utf8').trim()}`
  let count = 0
  let cursor: string | null = ''
  while (cursor !== null) {
    const query = new URLSearchParams({ limit: '200', ...(cursor !== '' && { cursor }) })
    const answer = await fetch(`http://127.0.0.1:${crmPort}/v1/contacts?${query}`, { headers: { authorization } })
    const page = (await answer.json()) as ContactPage
    count += page.data.length
    cursor = page.next_cursor
  }
  return count
}
