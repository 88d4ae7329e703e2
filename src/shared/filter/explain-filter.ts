/** A filter in words. */
import type { Condition, Filter } from './filter-schema.ts'
import { type OperatorName, operatorNames } from './operators.ts'

/** Operators whose words do not depend on what they compare with. */
export const operatorWords = {
  equals: 'is',
  contains: 'contains',
  startsWith: 'starts with',
  endsWith: 'ends with',
  greaterThan: 'is greater than',
  lessThan: 'is less than',
  atLeast: 'is at least',
  atMost: 'is at most',
  before: 'is before',
  after: 'is after',
  on: 'is on',
  olderThan: 'is older than',
  inLast: 'is in the last',
  inNext: 'is in the next',
} as const satisfies Readonly<Record<Exclude<OperatorName, 'oneOf' | 'empty' | 'count'>, string>>

/** One sentence part without a full stop: 'status is “paid” and total is at least 100'. */
export function explainFilter(filter: Filter): string {
  if ('all' in filter) return filter.all.map(bracketed).join(' and ')
  if ('any' in filter) return filter.any.map(bracketed).join(' or ')
  if ('not' in filter) return `not (${explainFilter(filter.not)})`
  return explainCondition(filter)
}

function bracketed(filter: Filter): string {
  const isGroup = ('all' in filter && filter.all.length > 1) || ('any' in filter && filter.any.length > 1)
  return isGroup ? `(${explainFilter(filter)})` : explainFilter(filter)
}

function explainCondition(condition: Condition): string {
  const { field, oneOf, empty, count } = condition
  if (oneOf) return `${field} is one of ${oneOf.map(quoted).join(', ')}`
  if (empty !== undefined) return `${field} is ${empty ? 'empty' : 'not empty'}`
  if (count) return explainCount(field, count)
  for (const name of operatorNames) {
    const operand = condition[name]
    if (operand !== undefined && name in operatorWords) {
      // 'name in operatorWords' holds for exactly the operators of the table.
      const word = operatorWords[name as keyof typeof operatorWords]
      return `${field} ${word} ${quoted(operand)}${condition.ignoreCase ? ' (capitals do not count)' : ''}`
    }
  }
  return field
}

function explainCount(field: string, count: NonNullable<Condition['count']>): string {
  const bounds = [
    count.equals === undefined ? '' : `exactly ${count.equals}`,
    count.atLeast === undefined ? '' : `at least ${count.atLeast}`,
    count.atMost === undefined ? '' : `at most ${count.atMost}`,
  ].filter((bound) => bound !== '')
  return `${field} has ${bounds.join(' and ')} items${count.where ? ` where ${explainFilter(count.where)}` : ''}`
}

function quoted(operand: unknown): string {
  const isPlain = typeof operand === 'number' || /^\d/.test(String(operand))
  return isPlain ? String(operand) : `“${String(operand)}”`
}
