/** The exact text of a write for the journal: cells as they will stand in the file. */
import { AppError } from '#shared/errors.ts'
import type { WriteCommand } from '#shared/model/connected.ts'
import type { Value } from '#shared/model/value.ts'
import type { Charset } from './csv/charset.ts'
import { plainText, toCell } from './declared-values.ts'
import type { Layout, LayoutColumn } from './layout.ts'
import { formulaStart, keyOf } from './row-records.ts'
import { longestCellText } from './xlsx/write-xlsx.ts'

export interface CellTarget {
  readonly format: 'csv' | 'xlsx'
  readonly layout: Layout
  readonly escapeFormulas: boolean
  /** Of a CSV file: what it cannot write is refused before anything is sent. */
  readonly charset?: Charset
}

/** A write as it stands in the journal. */
export interface CellWrite {
  readonly id: string
  /** Version of the row the plan was made from. */
  readonly version?: string
  readonly cells: Readonly<Record<string, Value>>
}

const longestCsvText = 1024 * 1024

/** Pure. Throws AppError (data): `unknown-field`, `cannot-write-value`, `id-missing`, `id-changed`. */
export function prepareWrite(command: WriteCommand, target: CellTarget): string {
  const { layout } = target
  const cells: Record<string, Value> = {}
  for (const [field, value] of Object.entries(command.values)) {
    if (field === layout.idField && !layout.byName.has(field)) continue
    const column = layout.byName.get(field)
    if (!column)
      throw refusal(
        'unknown-field',
        field,
        `The file has no column "${field}".`,
        'Add the column to the file, or take it out of the mapping.',
      )
    cells[field] = cellOf(value, column, target)
  }
  const id = idOf(command, cells, layout)
  const write: CellWrite = { id, cells, ...(command.version === undefined ? {} : { version: command.version }) }
  return JSON.stringify(write)
}

/** Reads a text made by `prepareWrite` back. */
export function readCellWrite(request: string): CellWrite {
  // The journal holds only what prepareWrite made.
  return JSON.parse(request) as CellWrite
}

function idOf(command: WriteCommand, cells: Readonly<Record<string, Value>>, layout: Layout): string {
  const row: Value[] = []
  for (const column of layout.idColumns) row[column.index] = cells[column.name] ?? null
  const ofValues = keyOf(layout.idColumns, row)
  const { externalId } = command
  if (externalId === undefined) {
    if (ofValues !== undefined) return ofValues
    throw refusal(
      'id-missing',
      layout.idField,
      `The row has no ${layout.idField}, so it could not be found again.`,
      'Map a value that is always filled to the id column.',
    )
  }
  const changed =
    layout.idColumns.find((column) => column.name in cells) && ofValues !== undefined && ofValues !== externalId
  if (!changed) return externalId
  throw refusal(
    'id-changed',
    layout.idField,
    `The id of the row "${externalId}" would become "${ofValues}".`,
    'Take the id column out of the update, or delete the row and make a new one.',
  )
}

function cellOf(value: Value, column: LayoutColumn, target: CellTarget): Value {
  const refuse = (why: string): AppError =>
    refusal('cannot-write-value', column.name, `${column.name} ${why}.`, 'Correct the value or the mapping.')
  if (typeof value === 'object' && value !== null)
    throw refuse('holds a list or several values in one; a cell takes one')
  if (typeof value === 'number' && !Number.isFinite(value)) throw refuse('is not a finite number')
  const converted = column.declared ? toCell(value, column.declared) : { value }
  if ('bad' in converted) throw refuse(`"${plainText(value).slice(0, 80)}" ${converted.bad}`)
  const cell = target.format === 'csv' ? textCell(converted.value) : typedCell(value, converted.value, column)
  if (typeof cell !== 'string') return cell
  const trouble = textTrouble(cell, target)
  if (trouble) throw refuse(trouble)
  return target.escapeFormulas && formulaStart.test(cell) && !/^[-+]?\d[\d.,]*$/.test(cell) ? `'${cell}` : cell
}

function textCell(value: Value): string {
  return value === null ? '' : plainText(value)
}

/** Numbers stay numbers in a workbook, unless the column is declared as text. */
function typedCell(value: Value, written: Value, { declared }: LayoutColumn): Value {
  if (value === null || value === '') return null
  if (!declared) return value
  if (declared.type === 'date') return value
  if (declared.type === 'boolean') return typeof value === 'boolean' ? value : plainText(written)
  if (declared.type !== 'number' && declared.type !== 'decimal') return plainText(written)
  const number = Number(value)
  // A cell keeps 15 digits: a longer decimal stays text rather than losing a cent.
  return String(value).replace(/\D/g, '').length <= 15 ? number : String(value)
}

function textTrouble(text: string, { format, charset }: CellTarget): string | undefined {
  if (text.includes('\0')) return 'holds a zero character'
  if (format === 'xlsx')
    return text.length > longestCellText ? `is longer than the ${longestCellText} characters a cell holds` : undefined
  if (text.length > longestCsvText) return 'is longer than 1 MB'
  return charset && charset.encode(text) === undefined
    ? `holds characters that ${charset.name} does not have`
    : undefined
}

function refusal(code: string, field: string, message: string, next: string): AppError {
  return new AppError({
    kind: 'data',
    code,
    message,
    kept: 'Nothing was written for this record.',
    next,
    details: { field },
  })
}
