/** A look into the practice services of a data folder, past the app, and what somebody else does there. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

interface ContactPage {
  readonly data: readonly object[]
  readonly next_cursor: string | null
}

/** `folder` is that of `openReal`: the data folder is within. */
export async function practiceCall<Answer>(
  folder: string,
  service: 'crm' | 'books',
  [method, path, body]: readonly [method: string, path: string, body?: object],
): Promise<Answer> {
  const practice = join(folder, 'data', 'practice')
  // Both written by the practice company when it starts.
  const ports = JSON.parse(readFileSync(join(practice, 'place.json'), 'utf8')) as Record<string, number>
  const authorization = `Bearer ${readFileSync(join(practice, service, 'access-token'), 'utf8').trim()}`
  const answer = await fetch(`http://127.0.0.1:${ports[`${service}Port`]}/v1${path}`, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as Answer
}

export async function countContacts(folder: string): Promise<number> {
  let count = 0
  let cursor: string | null = ''
  while (cursor !== null) {
    const query = new URLSearchParams({ limit: '200', ...(cursor !== '' && { cursor }) })
    const page: ContactPage = await practiceCall(folder, 'crm', ['GET', `/contacts?${query}`])
    count += page.data.length
    cursor = page.next_cursor
  }
  return count
}
