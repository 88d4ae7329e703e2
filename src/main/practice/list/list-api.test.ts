import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ServiceAnswer, TestService } from '../kit/testing/service-client.ts'
import { startTestList } from './testing/start-list.ts'

let list: TestService
beforeAll(async () => {
  list = await startTestList({ faults: {} })
})
afterAll(() => list.dispose())

const put = (email: string, json: object = {}): Promise<ServiceAnswer> =>
  list.call('PUT', `/subscribers/${encodeURIComponent(email)}`, { json })
const get = (email: string): Promise<ServiceAnswer> => list.call('GET', `/subscribers/${encodeURIComponent(email)}`)
const remove = (email: string): Promise<ServiceAnswer> =>
  list.call('DELETE', `/subscribers/${encodeURIComponent(email)}`)

describe('a subscriber', () => {
  test('is put by the address, in any case of letters, and put again it is the same one', async () => {
    const first = await put('Ana+Tea@Example.com', { first_name: 'Άννα', tags: ['b', 'a', 'b'] })
    expect([first.status, first.body.email, first.body.tags]).toEqual([201, 'ana+tea@example.com', ['a', 'b']])
    expect(first.body).toMatchObject({ status: 'subscribed', unsubscribed_at: null })
    const second = await put('ANA+tea@example.com', { last_name: 'O’Brien' })
    expect(second.body).toMatchObject({ first_name: 'Άννα', last_name: 'O’Brien', tags: ['a', 'b'] })
    expect(second.status).toBe(200)
    expect((await get('ana+TEA@example.com')).body).toEqual(second.body)
  })

  test('shows its instants to the second', async () => {
    const { body } = await put('seconds@example.com')
    expect([body.created_at, body.updated_at]).toEqual(Array(2).fill(expect.stringMatching(/T\d\d:\d\d:\d\dZ$/)))
  })

  test('keeps its instant when nothing changes, also when the tags come in another order', async () => {
    const fields = { tags: ['x', 'y'], country: 'DE' }
    await put('same@example.com', fields)
    await put('same@example.com', { tags: ['y', 'x'], country: 'DE' })
    const log = (await list.call('GET', '/_writes?limit=10000')).body.data
    const mine = log.filter((entry: { id: string }) => entry.id === 'same@example.com')
    expect(mine.map((entry: { operation: string }) => entry.operation)).toEqual(['create', 'unchanged'])
  })

  test.each([
    ['an address that is none', 'kein@mail', {}, 'email'],
    ['another address in the body', 'a@example.com', { email: 'b@example.com' }, 'email'],
    ['a state nobody knows', 'a@example.com', { status: 'vip' }, 'status'],
    ['no state', 'a@example.com', { status: null }, 'status'],
    ['tags that are a text', 'a@example.com', { tags: 'x' }, 'tags'],
    ['an instant of its own', 'a@example.com', { updated_at: '2026-01-01T00:00:00Z' }, 'updated_at'],
  ])('with %s is refused', async (_what, email, fields, field) => {
    const answer = await put(email, fields)
    expect([answer.status, answer.body.error.fields[0].field]).toEqual([422, field])
  })

  test('that was deleted is gone, and may come back', async () => {
    await put('gone@example.com', { first_name: 'Old', tags: ['x'] })
    expect((await remove('gone@example.com')).status).toBe(204)
    expect([(await get('gone@example.com')).status, (await remove('gone@example.com')).status]).toEqual([404, 404])
    const again = await put('gone@example.com')
    expect([again.status, again.body.first_name, again.body.tags]).toEqual([201, null, []])
  })

  test('is changed only where there is one, when If-Match says so', async () => {
    const ifThere = (email: string, condition: string) =>
      list.call('PUT', `/subscribers/${email}`, { json: { first_name: 'X' }, headers: { 'if-match': condition } })
    expect([(await ifThere('absent@example.com', '*')).status, (await get('absent@example.com')).status]).toEqual([
      412, 404,
    ])
    await put('present@example.com')
    expect((await ifThere('present@example.com', '*')).body.first_name).toBe('X')
    expect((await ifThere('present@example.com', '"3"')).status).toBe(400)
    await remove('present@example.com')
    expect((await ifThere('present@example.com', '*')).status).toBe(412)
  })

  test('under an address that is not encoded rightly is nobody', async () => {
    expect((await list.call('GET', '/subscribers/%E0%A4%A')).status).toBe(404)
  })
})

describe('who has unsubscribed', () => {
  test('is not subscribed again through the API, in no way', async () => {
    await put('no@example.com', { status: 'unsubscribed' })
    for (const fields of [{ status: 'subscribed' }, { status: 'bounced' }]) {
      const refused = await put('no@example.com', fields)
      expect([refused.status, refused.body.error.code]).toEqual([422, 'unsubscribed'])
      expect(refused.body.error.fields[0].field).toBe('status')
    }
    await remove('no@example.com')
    expect((await put('no@example.com')).body.error.code).toBe('unsubscribed')
    expect((await put('NO@example.com', { status: 'subscribed' })).body.error.code).toBe('unsubscribed')
    const batch = await list.call('POST', '/subscribers/batch', { json: { items: [{ email: 'no@example.com' }] } })
    expect(batch.body.results[0]).toMatchObject({ status: 422, error: { code: 'unsubscribed' } })
    expect((await list.call('GET', '/_stats')).body.objects.subscriber.deleted).toBeGreaterThan(0)
  })

  test('keeps the instant of it, and other fields may change', async () => {
    const { body } = await put('quiet@example.com', { status: 'unsubscribed' })
    expect(body.unsubscribed_at).toBe(body.updated_at)
    const changed = await put('quiet@example.com', { first_name: 'Vera' })
    expect(changed.body).toMatchObject({ status: 'unsubscribed', unsubscribed_at: body.unsubscribed_at })
    expect((await put('quiet@example.com', { status: 'unsubscribed' })).status).toBe(200)
  })

  test('is another matter than who bounced: that one may be subscribed again', async () => {
    await put('back@example.com', { status: 'bounced' })
    expect((await put('back@example.com', { status: 'subscribed' })).body.status).toBe('subscribed')
  })
})

describe('a batch', () => {
  test('answers item by item, in order, and keeps the good ones', async () => {
    const items = [
      { email: 'batch1@example.com', first_name: 'One' },
      { email: 'kein@mail' },
      { email: 'BATCH1@example.com', last_name: 'Two' },
      { first_name: 'Nobody' },
      'text',
    ]
    const { status, body } = await list.call('POST', '/subscribers/batch', { json: { items } })
    expect([status, body.results.map((one: { status: number }) => one.status)]).toEqual([
      200,
      [201, 422, 200, 422, 422],
    ])
    expect(body.results[2]).toMatchObject({ index: 2, email: 'BATCH1@example.com', record: { first_name: 'One' } })
  })

  test('of none or more than 100 is refused', async () => {
    const items = Array.from({ length: 101 }, (_, n) => ({ email: `n${n}@example.com` }))
    expect((await list.call('POST', '/subscribers/batch', { json: { items } })).status).toBe(422)
    expect((await list.call('POST', '/subscribers/batch', { json: { items: [] } })).status).toBe(422)
  })

  test('loses single records to a fault, not the others', async () => {
    await list.call('PUT', '/_faults', { json: { rejectEvery: 2 } })
    const items = ['f1', 'f2', 'f3'].map((name) => ({ email: `${name}@example.com` }))
    const { body } = await list.call('POST', '/subscribers/batch', { json: { items } })
    await list.call('PUT', '/_faults', { json: {} })
    expect(body.results.map((one: { status: number }) => one.status)).toEqual([201, 422, 201])
  })
})

describe('a list', () => {
  test('walks every subscriber once, although they changed in the same second', async () => {
    const items = Array.from({ length: 40 }, (_, n) => ({ email: `walk${n}@example.com`, tags: ['walk'] }))
    await list.call('POST', '/subscribers/batch', { json: { items } })
    const seen: string[] = []
    let total = 0
    for (let cursor: string | null = ''; cursor !== null; ) {
      const query = `limit=7&include_total=true${cursor && `&cursor=${cursor}`}`
      const { body }: ServiceAnswer = await list.call('GET', `/subscribers?${query}`)
      seen.push(...body.data.map((one: { email: string }) => one.email))
      cursor = body.next_cursor
      total = body.total
    }
    expect([seen.length, new Set(seen).size]).toEqual([total, total])
  })

  test('since an instant gives all of its second, and nothing of the second before', async () => {
    const { body } = await put('latest@example.com')
    const emails = async (since: string) =>
      (await list.call('GET', `/subscribers?limit=500&updated_since=${since}`)).body.data.map(
        (one: { email: string }) => one.email,
      )
    expect(await emails(body.updated_at)).toContain('latest@example.com')
    expect(await emails(body.updated_at.replace('Z', '.999Z'))).toContain('latest@example.com')
    expect(await emails(new Date(Date.parse(body.updated_at) + 1_000).toISOString())).toEqual([])
  })

  test('is filtered by state and searched by address', async () => {
    await put('filter@example.com', { status: 'bounced' })
    const { body } = await list.call('GET', '/subscribers?status=bounced&limit=500')
    expect(new Set(body.data.map((one: { status: string }) => one.status))).toEqual(new Set(['bounced']))
    const found = await list.call('GET', '/subscribers?email=FILTER@example.com,nobody@example.com,x')
    expect(found.body.data).toMatchObject([{ email: 'filter@example.com' }])
  })

  test.each(['limit=501', 'status=vip', 'updated_since=2026-01-01', 'cursor=x', 'tag=x'])(
    'refuses the query %s instead of guessing',
    async (query) => {
      expect((await list.call('GET', `/subscribers?${query}`)).status).toBe(400)
    },
  )
})

test('the description of the API names every path and every schema it uses', async () => {
  const { body } = await list.call('GET', '/openapi.json')
  expect(Object.keys(body.paths)).toHaveLength(4)
  const references = JSON.stringify(body).matchAll(/"#\/components\/schemas\/(\w+)"/g)
  for (const [, name] of references) expect(Object.keys(body.components.schemas)).toContain(name)
})
