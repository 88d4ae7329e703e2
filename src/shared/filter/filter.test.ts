/** Filters on real values: exact numbers, days of a zone, emptiness, counts, and no record dropped unnoticed. */
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { AppError } from '../errors.ts'
import type { Value, Values } from '../model/value.ts'
import { compileEvents, explainEvents, type RecordEvent } from './compile-events.ts'
import { compileFilter, countMatches } from './compile-filter.ts'
import { explainFilter } from './explain-filter.ts'
import { eventsSchema, type Filter, filterSchema } from './filter-schema.ts'

const now = '2026-03-01T09:00:00.000Z'

/** true, false, or 'open' where the value cannot be read. */
function answer(filter: unknown, values: Values, zone?: string): boolean | 'open' {
  const compiled = compileFilter(filterSchema.parse(filter), zone === undefined ? {} : { zone })
  return compiled.unreadable(values, { now }).length > 0 ? 'open' : compiled.matches(values, { now })
}

describe('conditions', () => {
  it.each<[Record<string, unknown>, Value | undefined, boolean | 'open']>([
    [{ equals: 'paid' }, 'paid', true],
    [{ equals: 'paid' }, 'Paid', false],
    [{ equals: 'paid', ignoreCase: true }, 'PAID', true],
    [{ equals: 'café' }, 'cafe\u0301', true],
    [{ equals: 'paid' }, undefined, false],
    [{ equals: '100' }, 100, true],
    [{ equals: 100 }, '100.00', true],
    [{ equals: 100 }, '1.000', 'open'],
    [{ equals: 100 }, 'abc', false],
    [{ equals: 0.3 }, 0.1 + 0.2, false],
    [{ equals: 19.9 }, { amountMinor: 1990, currency: 'EUR' }, true],
    [{ equals: true }, true, true],
    [{ equals: true }, 'true', true],
    [{ equals: true }, 1, false],
    [{ equals: 'a' }, ['a'], false],
    [{ oneOf: ['paid', 2] }, '2.0', true],
    [{ oneOf: ['paid', 'sent'] }, 'open', false],
    [{ oneOf: [5, 1234] }, '1,234', 'open'],
    [{ oneOf: [5, '1,234'] }, '1,234', true],
    [{ contains: 'KERN', ignoreCase: true }, 'Anna Kern', true],
    [{ contains: 'vip' }, ['new', 'vip'], true],
    [{ contains: 'vi' }, ['new', 'vip'], false],
    [{ startsWith: 'A-' }, 'A-17', true],
    [{ endsWith: '.de' }, 'a@b.de', true],
    [{ contains: 'x' }, { x: 'x' }, false],
    [{ greaterThan: 100 }, '100.01', true],
    [{ greaterThan: '0.1' }, 0.1, false],
    [{ atLeast: '9007199254740993' }, '9007199254740992', false],
    [{ atLeast: '9007199254740993' }, '9007199254740993', true],
    [{ lessThan: 2 }, '10', false],
    [{ atMost: 5 }, { amountMinor: 500, currency: 'EUR' }, true],
    [{ greaterThan: 1000 }, '1.234', 'open'],
    [{ greaterThan: 1000, decimalMark: ',' }, '1.234', true],
    [{ greaterThan: 1 }, 'abc', 'open'],
    [{ greaterThan: 1 }, '', false],
    [{ greaterThan: 1 }, null, false],
    [{ empty: true }, undefined, true],
    [{ empty: true }, null, true],
    [{ empty: true }, ' \u00A0', true],
    [{ empty: true }, [], true],
    [{ empty: true }, 0, false],
    [{ empty: false }, false, true],
    [{ before: '2025-01-01' }, '2024-12-31', true],
    [{ before: '2025-01-01' }, '2025-01-01', false],
    [{ before: '2025-01-01' }, '2024-12-31T23:59:59Z', true],
    [{ before: '2025-01-01', zone: 'Europe/Berlin' }, '2024-12-31T23:30:00Z', false],
    [{ after: '2025-01-01' }, '2025-01-01T23:59:59Z', false],
    [{ after: '2025-01-01', zone: 'Europe/Berlin' }, '2025-01-01T23:30:00Z', true],
    [{ after: '2025-01-01T10:00:00Z' }, '2025-01-01T10:00:00.001Z', true],
    [{ before: '2025-01-01T10:00:00+02:00' }, '2025-01-01T07:59:00Z', true],
    [{ on: '2025-01-01', zone: 'America/New_York' }, '2025-01-02T04:00:00Z', true],
    [{ olderThan: '30 days' }, '2026-01-29', true],
    [{ olderThan: '30 days' }, '2026-01-30', false],
    [{ olderThan: '30 days' }, '2026-01-30T08:59:59Z', true],
    [{ olderThan: '30 days' }, '2026-01-30T09:00:00Z', false],
    [{ inLast: '7 days' }, '2026-02-22', true],
    [{ inLast: '7 days' }, '2026-02-21', false],
    [{ inLast: '7 days' }, '2026-03-02', false],
    [{ inLast: '12 hours' }, '2026-02-28T21:00:00Z', true],
    [{ inLast: '1 month' }, '2026-02-01T09:00:00Z', true],
    [{ inNext: '1 week' }, '2026-03-08', true],
    [{ inNext: '1 week' }, '2026-02-28', false],
    [{ olderThan: '1 day' }, '01/02/2025', 'open'],
    [{ olderThan: '1 day' }, '2025-02-30', 'open'],
    [{ olderThan: '1 day' }, 12345, 'open'],
    [{ olderThan: '1 day' }, null, false],
    [{ count: { atLeast: 1 } }, [], false],
    [{ count: { atLeast: 1 } }, ['a'], true],
    [{ count: { equals: 0 } }, undefined, true],
    [{ count: { atLeast: 1, atMost: 2 } }, [1, 2, 3], false],
    [{ count: { atLeast: 1 } }, 'abc', 'open'],
    [{ count: { equals: 1, where: { field: 'price', greaterThan: 5 } } }, [{ price: 4 }, { price: '6.00' }], true],
    [{ count: { equals: 1, where: { field: 'price', greaterThan: 5 } } }, [{ price: 'x' }], 'open'],
  ])('%j for %j', (condition, value, expected) => {
    expect(answer({ field: 'field', ...condition }, value === undefined ? {} : { field: value })).toBe(expected)
  })

  it('counts days in the zone of the integration', () => {
    const filter = { field: 'at', on: '2025-01-02' }
    expect([
      answer(filter, { at: '2025-01-01T23:30:00Z' }),
      answer(filter, { at: '2025-01-01T23:30:00Z' }, 'Europe/Berlin'),
    ]).toEqual([false, true])
  })
})

describe('groups', () => {
  const paid = { field: 'status', equals: 'paid' }
  const large = { field: 'total', greaterThan: 100 }

  it.each<[unknown, Values, boolean | 'open']>([
    [{ all: [paid, large] }, { status: 'paid', total: 101 }, true],
    [{ all: [paid, large] }, { status: 'open', total: 'x' }, false],
    [{ all: [paid, large] }, { status: 'paid', total: 'x' }, 'open'],
    [{ any: [paid, large] }, { status: 'paid', total: 'x' }, true],
    [{ any: [paid, large] }, { status: 'open', total: 'x' }, 'open'],
    [{ not: paid }, {}, true],
    [{ not: large }, { total: 'x' }, 'open'],
    [
      { all: [{ any: [paid, large] }, { not: { field: 'tags', contains: 'test' } }] },
      { status: 'paid', tags: ['test'] },
      false,
    ],
  ])('%j for %j', (filter, values, expected) => {
    expect(answer(filter, values)).toBe(expected)
  })

  it('knows its fields, counts matches and explains itself', () => {
    const filter = filterSchema.parse({
      all: [
        paid,
        { any: [large, { field: 'address.city', empty: false }] },
        { not: { field: 'created', olderThan: '30 days' } },
      ],
    })
    const compiled = compileFilter(filter)
    expect(compiled.sourceFields).toEqual(['status', 'total', 'address.city', 'address', 'created'])
    expect(
      countMatches(compileFilter(filterSchema.parse(paid)), [{ status: 'paid' }, {}, { status: 'paid' }], { now }),
    ).toBe(2)
    expect(explainFilter(filter)).toBe(
      'status is “paid” and (total is greater than 100 or address.city is not empty) and not (created is older than 30 days)',
    )
    expect(explainFilter({ field: 'lines', count: { atLeast: 2, where: paid } })).toBe(
      'lines has at least 2 items where status is “paid”',
    )
  })

  it('names the value that cannot be read', () => {
    const [issue] = compileFilter(filterSchema.parse(large)).unreadable({ total: '1,234' }, { now })
    expect(issue).toMatchObject({
      code: 'filter-unreadable',
      field: 'total',
      value: '1,234',
      message: 'total: “1,234” cannot be compared by the filter.',
    })
  })

  it.each([
    [{ field: 'a' }],
    [{ field: 'a', equals: 1, contains: 'x' }],
    [{ field: 'a', equal: 1 }],
    [{ all: [] }],
    [{ field: 'a', olderThan: '30 sausages' }],
    [{ field: 'a', before: 'tomorrow' }],
    [{ field: 'a', count: {} }],
  ])('refuses %j', (filter) => {
    expect(filterSchema.safeParse(filter).success).toBe(false)
  })

  it('refuses a zone that does not exist at its place', () => {
    const filter: Filter = { all: [paid, { field: 'at', on: '2025-01-01', zone: 'Nowhere' }] }
    expect(() => compileFilter(filter)).toThrow(AppError)
    expect(() => compileFilter(filter)).toThrow(/filter\.all\[1\]\.zone/)
  })

  it('has a JSON Schema', () => {
    expect(JSON.stringify(z.toJSONSchema(filterSchema))).toContain('olderThan')
    expect(JSON.stringify(z.toJSONSchema(eventsSchema))).toContain('changed')
  })
})

describe('events', () => {
  const updated = (before: Values, after: Values): RecordEvent => ({ kind: 'updated', before, after })

  it.each<[unknown, RecordEvent, boolean]>([
    [['created'], { kind: 'created' }, true],
    [['created'], updated({}, { a: 1 }), false],
    [['updated'], updated({ a: 1 }, { a: 1 }), true],
    [['updated'], { kind: 'created' }, false],
    [[{ changed: ['stage'] }], updated({ stage: 'a', x: 1 }, { stage: 'a', x: 2 }), false],
    [[{ changed: ['stage'] }], updated({ stage: 'a' }, { stage: 'b' }), true],
    [[{ changed: ['stage'] }], updated({}, { stage: null }), true],
    [[{ changed: ['stage'] }], updated({ stage: 'a' }, {}), false],
    [
      [{ changed: ['address.city'] }],
      updated({ address: { city: 'Ulm', zip: 1 } }, { address: { zip: 2, city: 'Ulm' } }),
      false,
    ],
    [['created', { changed: ['tags'] }], updated({ tags: ['a', 'b'] }, { tags: ['b', 'a'] }), true],
    [['created', { changed: ['a'] }], { kind: 'created' }, true],
  ])('%j for %j', (events, event, expected) => {
    expect(compileEvents(eventsSchema.parse(events))(event)).toBe(expected)
  })

  it('explains itself', () => {
    expect(explainEvents(['created', { changed: ['stage', 'owner'] }])).toBe(
      'When a record is created, or stage or owner changes',
    )
  })
})
