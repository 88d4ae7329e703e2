import { describe, expect, it } from 'vitest'
import { type Filter, filterSchema } from '#shared/filter/filter-schema.ts'
import {
  comparisonOf,
  comparisons,
  conditionOf,
  filterOf,
  groupOf,
  isCondition,
  isOperandFine,
  operandOf,
  startOperand,
} from './filter-tree.ts'

const paid: Filter = { field: 'status', equals: 'paid' }
const large: Filter = { field: 'total', atLeast: '100' }

describe('a filter shown as groups', () => {
  it.each<[string, Filter]>([
    ['a condition', paid],
    ['all', { all: [paid, large] }],
    ['any', { any: [paid, large] }],
    ['one of any', { any: [paid] }],
    ['not', { not: paid }],
    ['none of several', { not: { any: [paid, large] } }],
    ['not all', { not: { all: [paid, large] } }],
    ['groups in groups', { all: [paid, { any: [large, { not: paid }] }] }],
  ])('comes back as it was: %s', (_, filter) => {
    expect(filterOf(groupOf(filter))).toEqual(filter)
  })
  it('is none where the last condition is gone', () => {
    expect(filterOf({ join: 'all', items: [] })).toBeUndefined()
  })
})

describe('a condition', () => {
  it.each(comparisons)('can be chosen and is accepted by the core: %s', (comparison) => {
    const start = { field: 'status', equals: '2026-01-31' }
    const made = conditionOf(start, comparison, startOperand(comparison, operandOf(start)))
    expect(filterSchema.safeParse(made).success).toBe(true)
    expect(comparisonOf(made)).toBe(comparison)
  })
  it('keeps what does not belong to the comparison', () => {
    const made = conditionOf({ field: 'email', contains: 'x', ignoreCase: true }, 'endsWith', '@example.com')
    expect(made).toEqual({ field: 'email', endsWith: '@example.com', ignoreCase: true })
  })
  it('keeps true as true while it only stands there', () => {
    expect(conditionOf({ field: 'active', equals: true }, 'equals', 'true')).toEqual({ field: 'active', equals: true })
  })
  it('keeps the condition inside a count', () => {
    const before = { field: 'lines', count: { atLeast: 1, where: paid } }
    expect(conditionOf(before, 'countEquals', '2')).toEqual({ field: 'lines', count: { equals: 2, where: paid } })
  })
  it('marks what is half written', () => {
    expect(isOperandFine('olderThan', '30')).toBe(false)
    expect(isOperandFine('olderThan', '30 days')).toBe(true)
    expect(isOperandFine('before', '2026-13')).toBe(false)
    expect(isOperandFine('contains', '')).toBe(false)
    expect(isOperandFine('greaterThan', '1,5')).toBe(false)
  })
  it('is told from a group', () => {
    expect([isCondition(paid), isCondition({ any: [paid] })]).toEqual([true, false])
  })
})
