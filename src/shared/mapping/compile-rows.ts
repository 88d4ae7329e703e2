/** Compiles rows into functions: where the value comes from, its steps, its default, its condition. */
import { type CompiledFilter, compileFilter } from '../filter/compile-filter.ts'
import type { Value } from '../model/value.ts'
import { compileItems } from './compile-items.ts'
import { compileSteps } from './compile-steps.ts'
import { compileField, cutReach, isEmpty, setField, topFieldsOf } from './field-path.ts'
import { mappingError } from './mapping-error.ts'
import { reportIssue } from './report-issue.ts'
import type { InnerRow } from './schema/mapping-schema.ts'
import {
  type Compiling,
  type Evaluation,
  type MappingOptions,
  type Reader,
  type RowPlace,
  type StepResult,
  stopped,
} from './step-types.ts'

export type Produce = (evaluation: Evaluation) => StepResult

export interface CompiledRow {
  readonly to: string
  readonly place: RowPlace
  readonly produce: Produce
}

/** Where rows stand: how deep inside items, under which target, at which place of the definition. */
export interface Standing {
  readonly depth: number
  /** Target path before the row's own name: 'address.'. */
  readonly prefix: string
  readonly place: string
  readonly options: MappingOptions
  /** Registers top-level source fields. */
  readonly register: (fields: readonly string[]) => void
}

/** Compiles rows that fill one object; each target field only once. */
export function compileRows(rows: readonly InnerRow[], standing: Standing): readonly CompiledRow[] {
  const seen = new Set<string>()
  return rows.map((row, index) => {
    const place = `${standing.place}[${index}]`
    if (seen.has(row.to)) throw mappingError(`${place}.to`, `an earlier row already fills ${row.to}`)
    seen.add(row.to)
    return compileRow(row, { ...standing, place })
  })
}

/** Runs rows into one object. `stopped` if any row stopped; all rows are run all the same. */
export function runRows(rows: readonly CompiledRow[], evaluation: Evaluation): Record<string, Value> | typeof stopped {
  const values: Record<string, Value> = {}
  let isStopped = false
  for (const row of rows) {
    evaluation.row = row.place
    const result = row.produce(evaluation)
    if (result === stopped) isStopped = true
    else if (result !== undefined) setField(values, row.to, result)
  }
  return isStopped ? stopped : values
}

/** Registers a source path and gives its reader. '^' goes out of an item to the record around it. */
export function readerOf(sourcePath: string, standing: Standing): Reader {
  const { reach, path } = cutReach(sourcePath, standing.depth)
  if (reach === standing.depth) standing.register(topFieldsOf(path))
  const read = compileField(path)
  if (reach === 0) return (scope) => read(scope.record)
  return (scope) => {
    let at = scope
    for (let step = 0; step < reach && at.parent; step++) at = at.parent
    return read(at.record)
  }
}

function compileRow(row: InnerRow, standing: Standing): CompiledRow {
  const place = rowPlace(row, standing)
  let produce = compileSource(row, standing)
  if (row.steps !== undefined && row.steps.length > 0) produce = withSteps(produce, row, standing)
  if (row.default !== undefined) produce = withDefault(produce, row.default)
  if (row.required) produce = withRequired(produce, row.to)
  if (row.when !== undefined) produce = withCondition(produce, compileCondition(row.when, standing, 'when'))
  return { to: row.to, place, produce }
}

function rowPlace(row: InnerRow, standing: Standing): RowPlace {
  const only = typeof row.from === 'string' ? row.from : row.from?.length === 1 ? row.from[0] : undefined
  const cut = cutReach(only ?? '', standing.depth)
  return { to: standing.prefix + row.to, source: only === undefined ? undefined : cut.path, reach: cut.reach }
}

function compileSource(row: InnerRow, standing: Standing): Produce {
  if (row.value !== undefined) {
    const { value } = row
    return () => value
  }
  if (row.items)
    return compileItems(row.items, {
      ...standing,
      place: `${standing.place}.items`,
      prefix: `${standing.prefix}${row.to}.`,
    })
  if (row.object)
    return compileObject(row.object, {
      ...standing,
      place: `${standing.place}.object`,
      prefix: `${standing.prefix}${row.to}.`,
    })
  if (row.from === undefined) return () => undefined
  if (typeof row.from !== 'string') return compileSeveral(row.from.map((path) => readerOf(path, standing)))
  const read = readerOf(row.from, standing)
  return (evaluation) => read(evaluation.scope)
}

/** Several fields as a list, with null where one is absent; absent if all are. */
function compileSeveral(readers: readonly Reader[]): Produce {
  return (evaluation) => {
    let isAbsent = true
    const values: Value[] = []
    for (const read of readers) {
      const value = read(evaluation.scope)
      if (value !== undefined) isAbsent = false
      values.push(value ?? null)
    }
    return isAbsent ? undefined : values
  }
}

function compileObject(rows: readonly InnerRow[], standing: Standing): Produce {
  const compiled = compileRows(rows, standing)
  return (evaluation) => {
    const around = evaluation.row
    const values = runRows(compiled, evaluation)
    evaluation.row = around
    return values === stopped || Object.keys(values).length > 0 ? values : undefined
  }
}

function withSteps(produce: Produce, row: InnerRow, standing: Standing): Produce {
  const compiling = compilingOf(row, standing)
  const run = compileSteps(row.steps ?? [], { ...compiling, place: `${standing.place}.steps` })
  return (evaluation) => {
    const value = produce(evaluation)
    return value === stopped ? stopped : run(value, evaluation)
  }
}

/** What the steps of a row may use while they are compiled. */
export function compilingOf(row: InnerRow, standing: Standing): Compiling {
  const compiling: Compiling = {
    place: standing.place,
    options: standing.options,
    depth: standing.depth,
    rowTo: standing.prefix + row.to,
    rowSources: row.from === undefined ? [] : typeof row.from === 'string' ? [row.from] : row.from,
    read: (path) => readerOf(path, standing),
    compileSteps: (steps, place) => compileSteps(steps, { ...compiling, place }),
  }
  return compiling
}

function withDefault(produce: Produce, value: Value): Produce {
  return (evaluation) => {
    const result = produce(evaluation)
    return result !== stopped && isEmpty(result) ? value : result
  }
}

function withRequired(produce: Produce, to: string): Produce {
  return (evaluation) => {
    const result = produce(evaluation)
    if (result === stopped || !isEmpty(result)) return result
    return reportIssue(evaluation, {
      code: 'required',
      value: result,
      problem: `gives nothing for ${to}, which must not be empty`,
      next: 'Fill the field at the source, or give the row a default.',
    })
  }
}

function withCondition(produce: Produce, check: Check): Produce {
  return (evaluation) => {
    const fits = check(evaluation)
    return fits === true ? produce(evaluation) : fits === false ? undefined : stopped
  }
}

export type Check = (evaluation: Evaluation) => boolean | typeof stopped

/** A filter over the record in scope. A value the filter cannot read is a data issue, not a silent no. */
export function compileCondition(filter: Parameters<typeof compileFilter>[0], standing: Standing, key: string): Check {
  const compiled: CompiledFilter = compileFilter(filter, { ...standing.options, place: `${standing.place}.${key}` })
  if (standing.depth === 0) standing.register(compiled.sourceFields)
  return (evaluation) => {
    const { record } = evaluation.scope
    const { environment } = evaluation
    if (compiled.matches(record, environment)) return true
    const problems = compiled.unreadable(record, environment)
    for (const problem of problems) evaluation.issues.push(problem)
    return problems.length > 0 ? stopped : false
  }
}
