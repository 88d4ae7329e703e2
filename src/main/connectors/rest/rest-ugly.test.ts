/** The REST connector on bad answers from a real server: what stops, what parks one record, what is never believed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AppError } from '#shared/errors.ts'
import type { ConnectedObject, ReadPage, WriteReply } from '#shared/model/connected.ts'
import { type RunningService, startService } from '#test/support/services/start-service.ts'
import { openForTest } from './testing/open-for-test.ts'

let ugly: RunningService
beforeAll(async () => {
  ugly = await startService('ugly', {})
})
afterAll(() => ugly.stop())

const signal = new AbortController().signal
const fields = [
  { name: 'id', type: 'text' },
  { name: 'name', type: 'text' },
  { name: 'email', type: 'email' },
  { name: 'amount', type: 'number' },
]

function objectAt(path: string): object {
  return {
    name: 'item',
    label: 'Item',
    fields,
    list: {
      path,
      recordsAt: 'data',
      paging: { kind: 'cursor', parameter: 'cursor', tokenAt: 'next', moreAt: 'has_more' },
    },
    get: { path: `${path}/{id}` },
    create: { path, findBy: 'email' },
    update: { path: `${path}/{id}`, method: 'PUT' },
    delete: { path: `${path}/{id}` },
    find: [{ field: 'email', path, query: { email: '{value}' }, recordsAt: 'data' }],
  }
}

async function open(path: string, more: object = {}): Promise<ConnectedObject> {
  const connection = await openForTest({
    baseUrl: ugly.url,
    timeoutMs: 1000,
    objects: [{ ...objectAt(path), ...more }],
  })
  return await connection.object('item', signal)
}

async function read(object: ConnectedObject): Promise<ReadPage[]> {
  const pages: ReadPage[] = []
  for await (const page of object.read?.({ signal }) ?? []) pages.push(page)
  return pages
}

async function failure(acting: Promise<unknown>): Promise<AppError> {
  const thrown = await acting.catch((error: unknown) => error)
  if (thrown instanceof AppError) return thrown
  throw new Error(`no AppError but ${JSON.stringify(thrown)}`)
}

async function create(object: ConnectedObject): Promise<WriteReply | undefined> {
  const request = object.prepare?.({ operation: 'create', values: { name: 'Ana' } }) ?? ''
  return (await object.send?.([{ operation: 'create', request, idempotencyKey: 'k1' }], signal))?.[0]
}

describe('reading', () => {
  test.each([
    ['/html', 'data', 'answer-not-json'],
    ['/truncated', 'data', 'answer-not-json'],
    ['/empty', 'data', 'answer-not-json'],
    ['/broken-utf8', 'data', 'answer-not-json'],
    ['/same-token', 'data', 'paging-loop'],
    ['/same-page', 'data', 'paging-loop'],
    ['/more-without-token', 'data', 'paging-broken'],
    ['/missing-field', 'data', 'field-missing'],
    ['/without-id', 'data', 'id-missing'],
    ['/not-a-list', 'data', 'records-missing'],
    ['/status/401', 'config', 'not-authorized'],
    ['/status/403', 'config', 'not-allowed'],
    ['/status/404', 'config', 'list-not-found'],
    ['/status/500', 'transient', 'service-unavailable'],
    ['/reset', 'transient', 'network-reset'],
    ['/reset-mid-body', 'transient', 'network-reset'],
    ['/slow', 'transient', 'network-answer-timeout'],
  ])('%s stops as %s / %s', async (path, kind, code) => {
    expect((await failure(read(await open(path)))).info).toMatchObject({ kind, code })
  })

  test('a wrong type is an issue of its record; the others are read, and no digit of a long id is lost', async () => {
    const [page] = await read(await open('/wrong-types'))
    const [first, second] = page?.records ?? []
    expect(first?.externalId).toBe('90071992547409931234')
    expect(first?.issues?.map((issue) => issue.field)).toEqual(['name', 'email', 'amount'])
    expect(first?.issues?.[0]).toMatchObject({ code: 'wrong-type', place: 'page 1, record 1', value: 17 })
    expect(second).toMatchObject({ externalId: '2', values: { name: 'Bo', email: null, amount: 5 } })
    expect(second?.issues).toBeUndefined()
  })

  test('a field that may be absent does not stop the reading', async () => {
    const loose = fields.map((field) => ({ ...field, isOptional: true }))
    const [page] = await read(await open('/missing-field', { fields: loose }))
    expect(page?.records).toHaveLength(2)
    expect(page?.records[0]?.values).not.toHaveProperty('email')
  })

  test('an endless list is read page by page only as far as wanted', async () => {
    const object = await open('/endless')
    const pages = object.read?.({ signal })[Symbol.asyncIterator]()
    await pages?.next()
    await pages?.next()
    await pages?.return?.()
    const counts = (await (await fetch(`${ugly.url}/counts`)).json()) as Record<string, number>
    expect(counts.endless).toBe(2)
  })

  test('fields that are not declared are found out from the first page', async () => {
    const object = await open('/ok', { fields: undefined })
    const types = object.description.fields.map((field) => `${field.name}:${field.type}`)
    expect(types).toEqual(['id:text', 'name:text', 'email:email', 'amount:number'])
  })
})

describe('looking up', () => {
  test('an answer with other records is not "not found"', async () => {
    const object = await open('/ignores-filter')
    expect((await failure(object.find?.('email', ['cy@example.com'], signal) ?? Promise.resolve())).code).toBe(
      'find-unreliable',
    )
  })

  test('a search is sorted out where the settings say that it is one', async () => {
    const find = [{ field: 'email', path: '/ignores-filter', recordsAt: 'data', isExact: false }]
    const object = await open('/ignores-filter', { find })
    expect(await object.find?.('email', ['ANA@example.com'], signal)).toHaveLength(1)
    expect(await object.find?.('email', ['cy@example.com'], signal)).toHaveLength(0)
  })
})

describe('writing', () => {
  test.each([
    ['/status/400', 'rejected', 'request-refused'],
    ['/status/401', 'not-sent', 'not-authorized'],
    ['/status/403', 'rejected', 'not-allowed'],
    ['/status/409', 'rejected', 'conflict'],
    ['/status/413', 'rejected', 'request-too-large'],
    ['/status/422', 'rejected', 'values-refused'],
    ['/status/429', 'not-sent', 'rate-limited'],
    ['/status/500', 'uncertain', 'service-unavailable'],
    ['/status/503', 'uncertain', 'service-unavailable'],
    ['/html', 'uncertain', 'answer-not-json'],
    ['/truncated', 'uncertain', 'answer-not-json'],
    ['/empty', 'uncertain', 'answer-without-id'],
    ['/without-id', 'uncertain', 'answer-without-id'],
    ['/reset', 'uncertain', 'network-reset'],
    ['/reset-mid-body', 'uncertain', 'network-reset'],
    ['/slow', 'uncertain', 'network-answer-timeout'],
  ])('to %s is %s / %s', async (path, status, code) => {
    const reply = await create(await open(path))
    expect(reply).toMatchObject({ status, error: { code } })
  })

  test('whose key is in use already is uncertain, a conflict of values is not', async () => {
    const idempotency = { header: 'Idempotency-Key', ttlMs: 60_000 }
    for (const [path, status] of [
      ['/key-in-use', 'uncertain'],
      ['/status/409', 'rejected'],
    ] as const) {
      expect(await create(await open(path, { create: { path, idempotency } }))).toMatchObject({ status })
    }
    expect(await create(await open('/key-in-use'))).toMatchObject({ status: 'rejected' })
  })

  test('a refusal names its field', async () => {
    expect(await create(await open('/status/422'))).toMatchObject({ field: 'email' })
  })

  test('values that cannot be written are refused before anything is sent', async () => {
    const object = await open('/ok')
    const prepare = (values: object) => () => object.prepare?.({ operation: 'create', values: { ...values } })
    expect(prepare({ unknown: 1 })).toThrow(/not a field/)
    const hostile = { operation: 'update', externalId: '..', values: { name: 'x' } } as const
    expect(() => object.prepare?.(hostile)).toThrow(/address of the record/)
    expect(object.prepare?.({ ...hostile, externalId: '../a?b' })).toContain('..%2Fa%3Fb')
  })

  test('an update of a whole record is not sent where the record cannot be read first', async () => {
    for (const [path, status] of [
      ['/status/500', 'not-sent'],
      ['/status/404', 'rejected'],
    ] as const) {
      const object = await open(path)
      const request = object.prepare?.({ operation: 'update', externalId: '1', values: { name: 'x' } }) ?? ''
      const replies = await object.send?.([{ operation: 'update', request, idempotencyKey: 'k' }], signal)
      expect(replies?.[0]?.status).toBe(status)
    }
  })

  test('a batch whose answer does not fit makes every item uncertain', async () => {
    const batch = { path: '/ok', wrapAt: 'records', resultsAt: 'data', max: 10 }
    const object = await open('/ok', { batch })
    const request = object.prepare?.({ operation: 'create', values: { name: 'Ana' } }) ?? ''
    const writes = ['a', 'b'].map((idempotencyKey) => ({ operation: 'create' as const, request, idempotencyKey }))
    expect((await object.send?.(writes, signal))?.map((reply) => reply.status)).toEqual(['uncertain', 'uncertain'])
  })
})

describe('a key in the address', () => {
  test('is sent, and hidden everywhere', async () => {
    const key = 'k3y/with+signs'
    const config = {
      baseUrl: ugly.url,
      auth: { kind: 'query', parameter: 'api_key' },
      objects: [objectAt('/status/403')],
    }
    const object = await (await openForTest(config, { secrets: { key } })).object('item', signal)
    const error = await failure(read(object))
    const shown = JSON.stringify(error.info) + error.stack
    expect(shown).toContain('[hidden]')
    expect(shown).not.toContain('with+signs')
    expect(shown).not.toContain(encodeURIComponent(key))
  })

  test('that is missing is said before anything is sent', async () => {
    const config = { baseUrl: ugly.url, auth: { kind: 'bearer' }, objects: [objectAt('/ok')] }
    expect((await failure(openForTest(config))).code).toBe('secret-missing')
  })
})
