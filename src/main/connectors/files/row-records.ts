/** Makes records of rows: values by name, an id that stays, and an issue for everything that cannot be used. */
import { hash } from 'node:crypto'
import type { RemoteRecord } from '#shared/model/connected.ts'
import type { DataIssue } from '#shared/model/issue.ts'
import type { Value } from '#shared/model/value.ts'
import { createCountedSet } from './counted-set.ts'
import { fromCell, plainText } from './declared-values.ts'
import type { Layout, LayoutColumn } from './layout.ts'
import type { RowProblem, TableRow } from './table.ts'

export interface RecordMaker {
  /** Rows must come in the order of the file, each once: duplicates are told by what came before. */
  readonly recordOf: (row: TableRow) => RemoteRecord
}

export interface RecordMakerOptions {
  readonly layout: Layout
  readonly label: string
  /** Put before ids made of content, so that equal rows of two files stay two records. */
  readonly idPrefix?: string
  /** Text was written with ' before formulas: take it off again. */
  readonly escapeFormulas: boolean
}

export function createRecordMaker(options: RecordMakerOptions): RecordMaker {
  const { layout, label } = options
  const seen = createCountedSet()
  const recordOf = (row: TableRow): RemoteRecord => {
    const place = `row ${row.number} of ${label}`
    const issues = row.problems.map((problem) => issueOf(problem, layout, place))
    const values: Record<string, Value> = {}
    for (const column of layout.columns) {
      if (column.index < row.cells.length) values[column.name] = readValue(column, row, { issues, place, options })
    }
    const version = rowVersion(row.cells)
    const { externalId, issue } = identify(row, { options, seen, version, place })
    if (issue) issues.push(issue)
    if (layout.idColumns.length !== 1) values[layout.idField] = externalId
    return { externalId, values, version, place, ...(issues.length > 0 ? { issues } : {}) }
  }
  return { recordOf }
}

/** Text that changes whenever a cell of the row changes. Empty cells at the end count as absent. */
export function rowVersion(cells: readonly Value[]): string {
  const end = cells.findLastIndex((cell) => cell !== null && cell !== '') + 1
  return shortHash(JSON.stringify(cells.slice(0, end)))
}

/** Id made of the id columns; undefined where one is empty. */
export function keyOf(idColumns: readonly LayoutColumn[], cells: readonly Value[]): string | undefined {
  const parts = idColumns.map((column) =>
    plainText(cells[column.index] ?? '')
      .normalize('NFC')
      .trim(),
  )
  if (parts.length === 0 || parts.includes('')) return undefined
  return parts.length === 1 ? parts[0] : JSON.stringify(parts)
}

export function shortHash(text: string): string {
  return hash('sha1', text, 'hex').slice(0, 16)
}

interface Cells {
  readonly issues: DataIssue[]
  readonly place: string
  readonly options: RecordMakerOptions
}

function readValue(column: LayoutColumn, row: TableRow, { issues, place, options }: Cells): Value {
  const cell = withoutEscape(row.cells[column.index] ?? null, options.escapeFormulas)
  if (!column.declared) return cell
  const converted = fromCell(cell, column.declared)
  if ('value' in converted) return converted.value
  issues.push({
    code: 'does-not-fit',
    message: `${column.name} "${plainText(cell).slice(0, 80)}" ${converted.bad}.`,
    field: column.name,
    value: cell,
    place,
    next: 'Correct the value in the file, or declare the column differently in the connection.',
  })
  return cell
}

/** Text that a spreadsheet program would run as a formula begins with one of these. */
export const formulaStart = /^[=+\-@\t\r]/

function withoutEscape(cell: Value, isEscaped: boolean): Value {
  return isEscaped && typeof cell === 'string' && cell.startsWith("'") && formulaStart.test(cell.slice(1))
    ? cell.slice(1)
    : cell
}

interface Identification {
  readonly options: RecordMakerOptions
  readonly seen: ReturnType<typeof createCountedSet>
  readonly version: string
  readonly place: string
}

function identify(
  row: TableRow,
  { options, seen, version, place }: Identification,
): { externalId: string; issue?: DataIssue } {
  const { layout, idPrefix = '' } = options
  if (layout.idColumns.length === 0) return { externalId: `${idPrefix}${version}-${seen.add(version)}` }
  const field = layout.idField
  const key = keyOf(layout.idColumns, row.cells)
  const names = layout.idColumns.map((column) => column.name).join(' and ')
  if (key === undefined) {
    const message = `${names} is empty in row ${row.number}, so the row cannot be told from others.`
    return {
      externalId: `${idPrefix}row-${row.number}`,
      issue: { code: 'id-missing', message, field, place, next: 'Fill it in.' },
    }
  }
  if (seen.add(shortHash(key)) === 1) return { externalId: key }
  const message = `${names} "${key}" stands in more than one row; row ${row.number} repeats it.`
  const next = 'Correct or remove one of the rows. Until then the first one counts.'
  return {
    externalId: `${key}#row-${row.number}`,
    issue: { code: 'id-duplicate', message, field, value: key, place, next },
  }
}

function issueOf(problem: RowProblem, layout: Layout, place: string): DataIssue {
  const field = problem.columnIndex === undefined ? '' : (layout.columns[problem.columnIndex]?.name ?? '')
  return {
    code: problem.code,
    message: problem.message,
    field,
    place,
    ...(problem.value === undefined ? {} : { value: problem.value }),
    ...(problem.next === undefined ? {} : { next: problem.next }),
  }
}
