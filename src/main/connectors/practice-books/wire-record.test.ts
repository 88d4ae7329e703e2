import { describe, expect, test } from 'vitest'
import { objectSpecs } from './objects.ts'
import { practiceBooksConfig } from './settings.ts'
import { remoteRecord, wireFields } from './wire-record.ts'

const specNamed = (name: string) => {
  const spec = objectSpecs.find((one) => one.description.name === name)
  if (!spec) throw new Error(`no ${name}`)
  return spec
}
const invoice = specNamed('invoice')
const wire = { id: 'inv_1', version: 3, updated_at: '2026-01-01T00:00:00.000Z', number: 'R-1' }

describe('remoteRecord', () => {
  test('reads decimal text as whole cents, yen and thousandths, digit by digit', () => {
    const record = remoteRecord(invoice, {
      ...wire,
      total: { amount: '-0.05', currency: 'EUR' },
      paid: { amount: '1200', currency: 'JPY' },
      balance: { amount: '90071992547.409', currency: 'KWD' },
      due_on: null,
    })
    expect(record).toMatchObject({ externalId: 'inv_1', version: '3', updatedAt: wire.updated_at })
    expect(record.values).toMatchObject({
      total: { amountMinor: -5, currency: 'EUR' },
      paid: { amountMinor: 1_200, currency: 'JPY' },
      balance: { amountMinor: 90_071_992_547_409, currency: 'KWD' },
      due_on: null,
    })
    expect('memo' in record.values).toBe(false)
  })

  test('reads lines, and leaves out what a line leaves empty', () => {
    const line = { item_id: null, description: 'A', quantity: '2.50', tax_rate: '7', net: '1.00' }
    const lines = [{ ...line, unit_price: { amount: '1.99', currency: 'EUR' } }]
    expect(remoteRecord(invoice, { ...wire, lines }).values.lines).toEqual([
      { description: 'A', quantity: '2.50', tax_rate: '7', unit_price: { amountMinor: 199, currency: 'EUR' } },
    ])
  })

  test.each([
    ['money with more digits than its currency', { total: { amount: '1.005', currency: 'EUR' } }, 'total'],
    ['money that is a number', { total: 12.5 }, 'total'],
    ['money beyond what is exact', { total: { amount: '99999999999999999.00', currency: 'EUR' } }, 'total'],
    ['lines that are a text', { lines: 'A' }, 'lines'],
    ['a line with a price in words', { lines: [{ unit_price: 'two' }] }, 'lines'],
  ])('parks a record with %s, and keeps the rest', (_what, odd, field) => {
    const record = remoteRecord(invoice, { ...wire, ...odd })
    expect(record.issues?.map((issue) => issue.field)).toEqual([field])
    expect(record.values.number).toBe('R-1')
  })

  test.each([[null], ['text'], [[]], [{}], [{ id: 'inv_1' }], [{ id: 7, version: 1 }]])(
    'refuses %j, which is no record',
    (odd) => {
      expect(() => remoteRecord(invoice, odd)).toThrow(/not a record/)
    },
  )
})

test('money is sent as decimal text with the digits of its currency', () => {
  const sent = (amountMinor: number, currency: string) =>
    wireFields(specNamed('item'), { unit_price: { amountMinor, currency } }).unit_price
  expect([sent(5, 'EUR'), sent(-1_250, 'GBP'), sent(12, 'JPY'), sent(1, 'KWD')]).toEqual([
    { amount: '0.05', currency: 'EUR' },
    { amount: '-12.50', currency: 'GBP' },
    { amount: '12', currency: 'JPY' },
    { amount: '0.001', currency: 'KWD' },
  ])
})

test('an address elsewhere is refused, one on this computer is not', () => {
  expect(practiceBooksConfig.parse({ baseUrl: 'http://127.0.0.1:4010' }).baseUrl).toBe('http://127.0.0.1:4010/v1')
  expect(practiceBooksConfig.safeParse({ baseUrl: 'https://books.example.com/v1' }).success).toBe(false)
})
