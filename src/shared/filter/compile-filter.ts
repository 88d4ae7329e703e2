/**
 * Compiles a filter into a function. Internally a condition answers yes, no or "cannot tell" (undefined): a value that
 * cannot be read as the number or date it is compared with must not drop a record unnoticed.
 */
import { compileField, topFieldsOf } from '../mapping/field-path.ts'
import { mappingError } from '../mapping/mapping-error.ts'
import { isZone } from '../mapping/parse/calendar.ts'
import { shown } from '../mapping/report-issue.ts'
import { isList, isRecord } from '../mapping/shape.ts'
import type { DataIssue } from '../model/issue.ts'
import type { Value, Values } from '../model/value.ts'
import { compileComparison } from './compile-comparison.ts'
import type { Condition, Filter } from './filter-schema.ts'

export interface FilterOptions {
  /** IANA zone whose days count where a condition names none. Default: UTC. */
  readonly zone?: string
  /** What the definition is called in error places. Default: 'filter'. */
  readonly place?: string
}

export interface FilterMoment {
  /** ISO instant: the run's "now". */
  readonly now: string
}

export interface CompiledFilter {
  /** Top-level source fields the filter reads. */
  readonly sourceFields: readonly string[]
  readonly matches: (values: Values, moment: FilterMoment) => boolean
  /** Values that leave it open whether the record matches; empty where the answer is clear. Such a record should be parked, not dropped. */
  readonly unreadable: (values: Values, moment: FilterMoment) => readonly DataIssue[]
}

/** Yes, no, or undefined: cannot tell. Problems are noted where a list is given. */
type Test = (values: Values, now: string, problems?: DataIssue[]) => boolean | undefined

/** Compiles a filter. Throws AppError config 'mapping-invalid' with details.place ('filter.all[1].zone'). */
export function compileFilter(filter: Filter, options: FilterOptions = {}): CompiledFilter {
  const sourceFields = new Set<string>()
  const test = compileTest(filter, { ...options, place: options.place ?? 'filter', sourceFields })
  return {
    sourceFields: [...sourceFields],
    matches: (values, { now }) => test(values, now) === true,
    unreadable: (values, { now }) => {
      if (test(values, now) !== undefined) return []
      const problems: DataIssue[] = []
      test(values, now, problems)
      return problems
    },
  }
}

/** How many of these records a filter lets through. */
export function countMatches(filter: CompiledFilter, records: Iterable<Values>, moment: FilterMoment): number {
  let count = 0
  for (const values of records) if (filter.matches(values, moment)) count++
  return count
}

interface Compiling {
  readonly zone?: string
  readonly place: string
  readonly sourceFields: Set<string>
}

function compileTest(filter: Filter, compiling: Compiling): Test {
  const { place } = compiling
  if ('all' in filter) return allOf(compileGroup(filter.all, { ...compiling, place: `${place}.all` }))
  if ('any' in filter) return anyOf(compileGroup(filter.any, { ...compiling, place: `${place}.any` }))
  if ('not' in filter) {
    const inner = compileTest(filter.not, { ...compiling, place: `${place}.not` })
    return (values, now, problems) => {
      const answer = inner(values, now, problems)
      return answer === undefined ? undefined : !answer
    }
  }
  return compileCondition(filter, compiling)
}

function compileGroup(filters: readonly Filter[], compiling: Compiling): readonly Test[] {
  return filters.map((filter, index) => compileTest(filter, { ...compiling, place: `${compiling.place}[${index}]` }))
}

function allOf(tests: readonly Test[]): Test {
  return (values, now, problems) => {
    let result: boolean | undefined = true
    for (const test of tests) {
      const answer = test(values, now, problems)
      if (answer === false) return false
      if (answer === undefined) result = undefined
    }
    return result
  }
}

function anyOf(tests: readonly Test[]): Test {
  return (values, now, problems) => {
    let result: boolean | undefined = false
    for (const test of tests) {
      const answer = test(values, now, problems)
      if (answer === true) return true
      if (answer === undefined) result = undefined
    }
    return result
  }
}

function compileCondition(condition: Condition, compiling: Compiling): Test {
  const zone = condition.zone ?? compiling.zone ?? 'UTC'
  if (!isZone(zone)) throw mappingError(`${compiling.place}.zone`, `${zone} is not a time zone`)
  for (const field of topFieldsOf(condition.field)) compiling.sourceFields.add(field)
  const read = compileField(condition.field)
  const { count } = condition
  const compare = count
    ? compileCount(count, { ...compiling, place: `${compiling.place}.count` })
    : compileComparison(condition, zone)
  return (values, now, problems) => {
    const value = read(values)
    const answer = compare(value, now)
    if (answer === undefined) problems?.push(unreadableIssue(condition, value))
    return answer
  }
}

type Count = NonNullable<Condition['count']>

function compileCount(
  count: Count,
  compiling: Compiling,
): (value: Value | undefined, now: string) => boolean | undefined {
  const { equals, atLeast = 0, atMost = Number.POSITIVE_INFINITY } = count
  // Fields of items are read from the item, so they are no source fields of the record.
  const where = count.where
    ? compileTest(count.where, { ...compiling, sourceFields: new Set(), place: `${compiling.place}.where` })
    : undefined
  return (value, now) => {
    // An absent list and null have no items; anything else that is no list cannot be counted.
    if (value !== undefined && value !== null && !isList(value)) return undefined
    const items: readonly Value[] = value ?? []
    let number = 0
    for (const item of items) {
      const fits = where ? where(isRecord(item) ? item : {}, now) : true
      if (fits === undefined) return undefined
      if (fits) number++
    }
    return number >= atLeast && number <= atMost && (equals === undefined || number === equals)
  }
}

function unreadableIssue(condition: Condition, value: Value | undefined): DataIssue {
  const issue: DataIssue = {
    code: 'filter-unreadable',
    message: `${condition.field}: ${shown(value)} cannot be compared by the filter.`,
    field: condition.field,
    next: 'Correct the value, or change the filter.',
  }
  return value === undefined ? issue : { ...issue, value }
}
