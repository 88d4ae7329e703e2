/** A filter as the editor shows it: groups of conditions, joined one way each. Every filter can be shown so. Pure. */
import type { Condition, Filter } from '#shared/filter/filter-schema.ts'
import { operatorNames } from '#shared/filter/operators.ts'
import { patchRow } from './mapping-edits.ts'

export const joins = ['all', 'any', 'none'] as const
export type Join = (typeof joins)[number]

export interface Group {
  readonly join: Join
  readonly items: readonly Filter[]
}

export function isCondition(filter: Filter): filter is Condition {
  return 'field' in filter
}

export function groupOf(filter: Filter): Group {
  if (isCondition(filter)) return { join: 'all', items: [filter] }
  if ('all' in filter) return { join: 'all', items: filter.all }
  if ('any' in filter) return { join: 'any', items: filter.any }
  return { join: 'none', items: 'any' in filter.not ? filter.not.any : [filter.not] }
}

/** The shortest filter that means the same; none where nothing is asked. */
export function filterOf({ join, items }: Group): Filter | undefined {
  const [first, ...others] = items
  if (!first) return undefined
  const isSingle = others.length === 0
  if (join === 'none') return { not: isSingle ? first : { any: items } }
  if (join === 'any') return { any: items }
  return isSingle && isCondition(first) ? first : { all: items }
}

/** What a person chooses; 'empty' and 'count' of the language are two and three choices here. */
export const comparisons = [
  'equals',
  'oneOf',
  'contains',
  'startsWith',
  'endsWith',
  'empty',
  'notEmpty',
  'greaterThan',
  'atLeast',
  'lessThan',
  'atMost',
  'on',
  'before',
  'after',
  'inLast',
  'inNext',
  'olderThan',
  'countAtLeast',
  'countAtMost',
  'countEquals',
] as const
export type Comparison = (typeof comparisons)[number]

export function comparisonOf(condition: Condition): Comparison {
  const operator = operatorNames.find((name) => condition[name] !== undefined) ?? 'equals'
  if (operator === 'empty') return condition.empty === false ? 'notEmpty' : 'empty'
  if (operator !== 'count') return operator
  const { count } = condition
  return count?.equals !== undefined ? 'countEquals' : count?.atMost !== undefined ? 'countAtMost' : 'countAtLeast'
}

/** What is compared with, as it is written in the one line of the form; a list has one value per line. */
export function operandOf(condition: Condition): string {
  const { count, oneOf } = condition
  if (oneOf) return oneOf.map(String).join('\n')
  if (count) return String(count.equals ?? count.atMost ?? count.atLeast ?? '')
  if (condition.empty !== undefined) return ''
  const operator = operatorNames.find((name) => condition[name] !== undefined)
  return operator === undefined ? '' : String(condition[operator])
}

/** The condition with another comparison or operand. What is written stays text: the language compares numbers exactly. */
export function conditionOf(before: Condition, comparison: Comparison, operand: string): Condition {
  const cleared = Object.fromEntries(operatorNames.map((name) => [name, undefined]))
  // Only comparisons are taken out; field, capitals, decimal mark and zone stay.
  const bare = patchRow(before, cleared) as Condition
  return { ...bare, ...comparing(before, comparison, operand) }
}

function comparing(before: Condition, comparison: Comparison, operand: string): Partial<Condition> {
  switch (comparison) {
    case 'empty':
      return { empty: true }
    case 'notEmpty':
      return { empty: false }
    case 'oneOf':
      return { oneOf: operand.split('\n') }
    case 'countAtLeast':
    case 'countAtMost':
    case 'countEquals': {
      const bound = comparison === 'countEquals' ? 'equals' : comparison === 'countAtMost' ? 'atMost' : 'atLeast'
      const where = before.count?.where
      return { count: { [bound]: Math.max(0, Number.parseInt(operand, 10) || 0), ...(where && { where }) } }
    }
    case 'equals':
      return { equals: sameKind(before.equals, operand) }
    default:
      return { [comparison]: operand }
  }
}

/** true and 12 stay what they were while a person only looks at them. */
function sameKind(before: Condition['equals'], operand: string): NonNullable<Condition['equals']> {
  return before !== undefined && String(before) === operand ? before : operand
}

export type OperandKind = 'none' | 'text' | 'number' | 'moment' | 'span' | 'list'

export function operandKind(comparison: Comparison): OperandKind {
  if (comparison === 'empty' || comparison === 'notEmpty') return 'none'
  if (comparison === 'oneOf') return 'list'
  if (comparison === 'before' || comparison === 'after' || comparison === 'on') return 'moment'
  if (comparison === 'inLast' || comparison === 'inNext' || comparison === 'olderThan') return 'span'
  const isNumber = /^(greaterThan|lessThan|atLeast|atMost|count\w+)$/.test(comparison)
  return isNumber ? 'number' : 'text'
}

const forms: Readonly<Partial<Record<OperandKind, RegExp>>> = {
  number: /^-?\d{1,30}(\.\d{1,20})?$/,
  moment: /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/,
  span: /^\d{1,5} (minute|hour|day|week|month|year)s?$/,
}

/** Whether the core will accept it; what is half written is marked, not refused. */
export function isOperandFine(comparison: Comparison, operand: string): boolean {
  const kind = operandKind(comparison)
  if (kind === 'none') return true
  return (forms[kind]?.test(operand) ?? true) && (operand !== '' || comparison === 'equals')
}

/** What a new choice starts with: what is written stays where it fits. */
export function startOperand(comparison: Comparison, before: string): string {
  if (isOperandFine(comparison, before)) return before
  const kind = operandKind(comparison)
  return kind === 'span' ? '30 days' : kind === 'number' ? '0' : kind === 'none' ? '' : before
}
