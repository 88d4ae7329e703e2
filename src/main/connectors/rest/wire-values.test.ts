/** Values between wire and Patchbay: exact both ways, or refused in words. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json } from '#shared/json.ts'
import type { FieldType } from '#shared/model/object.ts'
import { parseExact } from './exact-json.ts'
import type { DateFormat, FieldSettings } from './field-settings.ts'
import { inferFields } from './infer-fields.ts'
import { fromWire, toWire } from './wire-values.ts'

function field(type: FieldType, more: Partial<FieldSettings> = {}): FieldSettings {
  return { name: 'f', type, ...more }
}

function read(settings: FieldSettings, wire: Json, record: Json = {}): unknown {
  const result = fromWire(settings, wire, record)
  return 'value' in result ? result.value : 'refused'
}

const euroMajor = { money: { unit: 'major', currency: 'EUR', wire: 'number' } } as const

describe('reading', () => {
  test.each<[FieldType, Json, unknown, Partial<FieldSettings>?]>([
    ['text', 'a', 'a'],
    ['text', 5, 'refused'],
    ['number', 5, 5],
    ['number', '90071992547409931', '90071992547409931'],
    ['number', '5', 'refused'],
    ['decimal', '19.90', '19.90'],
    ['decimal', 19.9, '19.9'],
    ['decimal', 0.1 + 0.2, 'refused'],
    ['decimal', 1e21, 'refused'],
    ['decimal', '1,5', 'refused'],
    ['boolean', 1, 'refused'],
    ['boolean', 'true', 'refused'],
    ['date', '2026-02-29', 'refused'],
    ['date', '2024-02-29', '2024-02-29'],
    ['date', '2026-03-01T00:00:00Z', 'refused'],
    ['date', '13/01/2026', 'refused', { dateFormat: 'month/day/year' }],
    ['date', '3/1/2026', '2026-03-01', { dateFormat: 'month/day/year' }],
    ['date', '3/1/2026', '2026-01-03', { dateFormat: 'day/month/year' }],
    ['date', '31.12.2026', '2026-12-31', { dateFormat: 'day.month.year' }],
    ['instant', '2026-03-01T10:00:00+01:00', '2026-03-01T09:00:00.000Z'],
    ['instant', '2026-03-01T10:00:00+0100', '2026-03-01T09:00:00.000Z'],
    ['instant', '2026-03-01T10:00:00', 'refused'],
    ['instant', '2026-03-01 10:00:00', '2026-03-01T10:00:00.000Z', { isUtc: true }],
    ['instant', 1772355600, '2026-03-01T09:00:00.000Z', { dateFormat: 'epoch-seconds' }],
    ['instant', '1772355600', 'refused', { dateFormat: 'epoch-seconds' }],
    ['instant', 1e99, 'refused', { dateFormat: 'epoch-milliseconds' }],
    ['money', 19.9, { amountMinor: 1990, currency: 'EUR' }, euroMajor],
    ['money', '-0.5', { amountMinor: -50, currency: 'EUR' }, euroMajor],
    ['money', '19.999', 'refused', euroMajor],
    ['money', '19.900', { amountMinor: 1990, currency: 'EUR' }, euroMajor],
    ['money', '1 000', 'refused', euroMajor],
    [
      'money',
      500,
      { amountMinor: 500, currency: 'JPY' },
      { money: { unit: 'major', currency: 'JPY', wire: 'number' } },
    ],
    [
      'money',
      '1.234',
      { amountMinor: 1234, currency: 'KWD' },
      { money: { unit: 'major', currency: 'KWD', wire: 'text' } },
    ],
    ['money', 19.9, 'refused', { money: { unit: 'minor', currency: 'EUR', wire: 'number' } }],
    ['money', '99999999999999999', 'refused', { money: { unit: 'minor', currency: 'EUR', wire: 'text' } }],
    ['list', {}, 'refused'],
    ['object', [], 'refused'],
    ['any', [1], [1]],
  ])('%s from %j is %j', (type, wire, expected, more) => {
    expect(read(field(type, more), wire)).toEqual(expected)
  })

  test('money takes its currency from the record', () => {
    const money = field('money', { money: { unit: 'minor', currencyAt: 'cur', wire: 'number' } })
    expect(read(money, 5, { cur: 'usd' })).toEqual({ amountMinor: 5, currency: 'USD' })
    expect(read(money, 5, {})).toBe('refused')
    expect(toWire(money, { amountMinor: 5, currency: 'USD' })).toEqual([
      ['f', 5],
      ['cur', 'USD'],
    ])
  })
})

describe('writing', () => {
  test('money of another currency is refused', () => {
    expect(() => toWire(field('money', euroMajor), { amountMinor: 1, currency: 'USD' })).toThrow(/is in USD/)
    expect(() => toWire(field('money', euroMajor), 19)).toThrow(/not an amount/)
  })

  test('a date that is none is refused', () => {
    expect(() => toWire(field('date'), '2026-02-30')).toThrow(/not a date/)
    expect(() => toWire(field('instant'), 'tomorrow')).toThrow(/not a point in time/)
  })
})

describe('there and back', () => {
  const currencies = fc.constantFrom('EUR', 'JPY', 'KWD')
  const amounts = fc.integer({ min: -1e12, max: 1e12 })
  test('money keeps every minor unit', () => {
    fc.assert(
      fc.property(
        amounts,
        currencies,
        fc.constantFrom('minor', 'major'),
        fc.constantFrom('number', 'text'),
        (...made) => {
          const [amountMinor, currency, unit, wire] = made
          const settings = field('money', { money: { unit, currency, wire } })
          const [[, written] = ['', null]] = toWire(settings, { amountMinor, currency })
          // Through text, as it travels.
          expect(read(settings, JSON.parse(JSON.stringify(written)) as Json)).toEqual({ amountMinor, currency })
        },
      ),
    )
  })

  test('dates keep their day in every notation', () => {
    const formats = fc.constantFrom<DateFormat>(
      'iso',
      'month/day/year',
      'day/month/year',
      'day.month.year',
      'epoch-seconds',
    )
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
        formats,
        (day, dateFormat) => {
          const date = day.toISOString().slice(0, 10)
          const [[, written] = ['', null]] = toWire(field('date', { dateFormat }), date)
          expect(read(field('date', { dateFormat }), written)).toBe(date)
        },
      ),
    )
  })

  test('whatever comes is read or refused, never a crash', () => {
    const types = fc.constantFrom<FieldType>(
      'text',
      'number',
      'decimal',
      'boolean',
      'date',
      'instant',
      'money',
      'list',
      'any',
    )
    fc.assert(fc.property(fc.jsonValue(), types, (wire, type) => void read(field(type, euroMajor), wire as Json)))
  })
})

test('fields are inferred with one type for all values, otherwise any', () => {
  const sample = [
    { id: 1, 'a.b': 'x', when: '2026-03-01', price: 1, mixed: 1, mail: 'a@b.co', sparse: true },
    { id: 2, 'a.b': 'y', when: '2026-03-02', price: 1.5, mixed: 'x', mail: null },
  ]
  expect(inferFields(sample, 'id')).toEqual([
    { name: 'id', type: 'number', readOnly: true },
    { name: 'a.b', at: '["a.b"]', type: 'text' },
    { name: 'when', type: 'date' },
    { name: 'price', type: 'decimal' },
    { name: 'mixed', type: 'any' },
    { name: 'mail', type: 'email' },
    { name: 'sparse', type: 'boolean', isOptional: true },
  ])
})

test('a record that is written back whole keeps every digit it came with', () => {
  const text =
    '{"id":90071992547409931234,"price":1.10,"rate":0.1000000000000000055,"n":5,"deep":{"list":[1e400,2.50]}}'
  expect(JSON.stringify(parseExact(text))).toBe(text)
  // The twin: read as usual, digits are gone.
  expect(JSON.stringify(JSON.parse(text))).not.toBe(text)
})
