import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestService } from '../kit/testing/service-client.ts'
import { startTestCrm } from './testing/start-crm.ts'

let crm: TestService
beforeAll(async () => {
  crm = await startTestCrm()
  const items = Array.from({ length: 25 }, (_, n) => ({
    record: { email: `list${n}@example.com`, external_ref: n < 2 ? 'shared' : `ref-${n}` },
  }))
  await crm.call('POST', '/contacts/batch', { json: { items } })
})
afterAll(() => crm.dispose())

interface Listed {
  readonly id: string
  readonly updated_at: string
}

async function walk(
  query: string,
  onPage: (number: number) => Promise<void> = async () => undefined,
): Promise<Listed[]> {
  const records: Listed[] = []
  let cursor: string | null = null
  for (let number = 1; number <= 50; number += 1) {
    const { body } = await crm.call('GET', `/contacts?${query}${cursor ? `&cursor=${cursor}` : ''}`)
    records.push(...body.data)
    cursor = body.next_cursor
    if (cursor === null) return records
    await onPage(number)
  }
  throw new Error('the walk does not end')
}

describe('a list', () => {
  test('walks every record once, although all were changed in the same millisecond', async () => {
    const records = await walk('limit=4')
    expect(new Set(records.map((one) => one.updated_at)).size).toBe(1)
    expect(new Set(records.map((one) => one.id)).size).toBe(25)
    expect(records).toHaveLength(25)
  })

  test('misses no record that is changed while it is walked', async () => {
    const before = (await walk('limit=25')).map((one) => one.id)
    const [, , third] = before
    const seen = await walk('limit=4', async (number) => {
      // Records of pages already read, and of pages still to come, move to the end of the list.
      if (number <= 3) await crm.call('PATCH', `/contacts/${third}`, { json: { notes: `page ${number}` } })
      if (number === 2) await crm.call('PATCH', `/contacts/${before[20]}`, { json: { notes: 'later' } })
    })
    expect(new Set(seen.map((one) => one.id))).toEqual(new Set(before))
    expect(seen.length).toBeGreaterThan(before.length)
  })

  test('since an instant contains what was changed exactly then, and nothing earlier', async () => {
    const { body } = await crm.call('POST', '/contacts', { json: { email: 'latest@example.com' } })
    const exact = await walk(`updated_since=${body.updated_at}`)
    expect(exact.map((one) => one.id)).toEqual([body.id])
    const after = new Date(Date.parse(body.updated_at) + 1).toISOString()
    expect(await walk(`updated_since=${after}`)).toEqual([])
  })

  test('tells the total when asked', async () => {
    const all = await walk('limit=200')
    const { body } = await crm.call('GET', '/contacts?limit=1&include_total=true')
    expect(body).toMatchObject({ total: all.length, has_more: true })
    await crm.call('POST', '/contacts', { json: { email: 'one-more@example.com' } })
    expect((await crm.call('GET', '/contacts?include_total=true')).body.total).toBe(all.length + 1)
  })

  test.each([
    ['limit=0'],
    ['limit=201'],
    ['limit=ten'],
    ['cursor=bm9uc2Vuc2U'],
    ['cursor=%00'],
    ['updated_since=yesterday'],
    ['updated_since=2026-01-01'],
    ['emial=a@example.com'],
    ['archived=maybe'],
    ['email=a@example.com&external_ref=x'],
  ])('refuses the query %s instead of guessing', async (query) => {
    expect((await crm.call('GET', `/contacts?${query}`)).status).toBe(400)
  })

  test('refuses the cursor of another object', async () => {
    const { body } = await crm.call('GET', '/contacts?limit=1')
    expect((await crm.call('GET', `/deals?cursor=${body.next_cursor}`)).body.error.code).toBe('invalid_cursor')
  })
})

describe('a search', () => {
  test('finds several addresses at once, in any case, and at once after the write', async () => {
    await crm.call('POST', '/contacts', { json: { email: 'Fresh@Example.com' } })
    const { body } = await crm.call(
      'GET',
      '/contacts?email=LIST3@example.com,fresh@example.com,nobody@example.com&email=list4@example.com',
    )
    expect(body.data.map((one: { email: string }) => one.email)).toEqual([
      'list3@example.com',
      'list4@example.com',
      'Fresh@Example.com',
    ])
  })

  test('gives every record with the same reference', async () => {
    expect((await crm.call('GET', '/contacts?external_ref=shared')).body.data).toHaveLength(2)
    expect((await crm.call('GET', '/_stats')).body.objects.contact.shared_external_refs).toBe(1)
  })

  test('of an empty value finds nothing, not everything', async () => {
    expect((await crm.call('GET', '/contacts?email=')).body.data).toEqual([])
  })
})
