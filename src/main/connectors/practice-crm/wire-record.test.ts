import { describe, expect, test } from 'vitest'
import { objectSpecs } from './objects.ts'
import { practiceCrmConfig } from './settings.ts'
import { remoteRecord, wireFields } from './wire-record.ts'
import { replyOfAnswer } from './write-reply.ts'

const [contact] = objectSpecs
if (!contact) throw new Error('no contact')

const wire = { id: 'con_1', version: 3, updated_at: '2026-01-01T00:00:00.000Z', email: 'a@example.com' }

describe('remoteRecord', () => {
  test('joins money, keeps null, leaves out what was not said', () => {
    const record = remoteRecord(contact, { ...wire, total_spent_minor: 1999, total_spent_currency: 'EUR', phone: null })
    expect(record).toMatchObject({ externalId: 'con_1', version: '3', updatedAt: wire.updated_at })
    expect(record.values).toMatchObject({ total_spent: { amountMinor: 1999, currency: 'EUR' }, phone: null })
    expect('city' in record.values).toBe(false)
    expect(record.issues).toBeUndefined()
  })

  test('parks a record whose field has an odd form, and keeps the rest', () => {
    const record = remoteRecord(contact, {
      ...wire,
      newsletter: 'yes',
      total_spent_minor: 12.5,
      total_spent_currency: 'EUR',
    })
    expect(record.issues?.map((issue) => issue.field).sort()).toEqual(['newsletter', 'total_spent'])
    expect(record.values.email).toBe('a@example.com')
  })

  test.each([[null], ['text'], [[]], [{}], [{ id: 'con_1' }], [{ id: 7, version: 1 }]])(
    'refuses %j, which is no record',
    (odd) => {
      expect(() => remoteRecord(contact, odd)).toThrow(/not a record/)
    },
  )
})

test('money and null are sent as the two fields of the wire', () => {
  expect(wireFields(contact, { total_spent: { amountMinor: -5, currency: 'JPY' } })).toEqual({
    total_spent_minor: -5,
    total_spent_currency: 'JPY',
  })
  expect(wireFields(contact, { total_spent: null, notes: null })).toEqual({
    total_spent_minor: null,
    total_spent_currency: null,
    notes: null,
  })
})

describe('a success that cannot be read', () => {
  test.each([
    ['no body', undefined],
    ['a body without an id', { ok: true }],
    ['the id of another record', { ...wire, id: 'con_2' }],
  ])('with %s is uncertain', (_what, body) => {
    expect(replyOfAnswer(contact, { status: 200, body, operation: 'update', externalId: 'con_1' }).status).toBe(
      'uncertain',
    )
  })
})

describe('the address of a connection', () => {
  test.each(['http://127.0.0.1:4010', 'http://localhost:4010/v1', ' http://[::1]:4010/v1/ '])(
    '%s is on this computer',
    (baseUrl) => {
      expect(practiceCrmConfig.parse({ baseUrl }).baseUrl).toMatch(/:4010\/v1$/)
    },
  )

  test.each([
    'https://crm.example.com/v1',
    'http://127.0.0.1.example.com:80',
    'http://127.0.0.1@evil.example:80',
    'http://192.168.0.2:80',
    'http://127.0.0.1:99999',
    'http://127.0.0.1:4010/v2',
    'file:///etc',
    '',
  ])('%s is refused', (baseUrl) => {
    expect(practiceCrmConfig.safeParse({ baseUrl }).success).toBe(false)
  })

  test('has no other settings', () => {
    expect(practiceCrmConfig.safeParse({ baseUrl: 'http://127.0.0.1:1', verify: false }).success).toBe(false)
  })
})
