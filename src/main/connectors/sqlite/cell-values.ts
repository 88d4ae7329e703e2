/** Values between SQLite and Patchbay: long integers keep their digits, binary becomes base64, booleans are 0 and 1. */
import { AppError } from '#shared/errors.ts'
import type { DataIssue } from '#shared/model/issue.ts'
import type { Value } from '#shared/model/value.ts'
import type { Column } from './schema.ts'

/** What better-sqlite3 gives with safe integers, and takes. */
export type Cell = null | bigint | number | string | Buffer

export type CellMeaning = { readonly value: Value; readonly issue?: Omit<DataIssue, 'place'> }

export function fromCell(cell: Cell, column: Column): CellMeaning {
  if (cell === null) return { value: null }
  if (Buffer.isBuffer(cell)) return { value: cell.toString('base64') }
  if (typeof cell === 'number' && !Number.isFinite(cell)) return { value: null, issue: infinite(column.name) }
  if (typeof cell !== 'bigint') return { value: cell }
  if (column.type === 'boolean' && (cell === 0n || cell === 1n)) return { value: cell === 1n }
  const number = Number(cell)
  return { value: Number.isSafeInteger(number) ? number : cell.toString() }
}

/** Throws AppError (data, `cannot-write-value`) for lists and the like. */
export function toCell(value: Value, column: Column): Cell {
  if (value === null) return null
  if (typeof value === 'boolean') return value ? 1n : 0n
  if (typeof value === 'number') return numberCell(value, column)
  if (typeof value !== 'string') throw refusal(column.name, 'holds a list or several values in one; a column takes one')
  if (column.isBlob) return blobCell(value, column)
  const isLongInteger = column.declaredType.includes('INT') && /^-?\d{16,19}$/.test(value)
  if (!isLongInteger) return value
  const whole = BigInt(value)
  return BigInt.asIntN(64, whole) === whole ? whole : value
}

function numberCell(value: number, column: Column): Cell {
  if (!Number.isFinite(value)) throw refusal(column.name, 'is not a finite number')
  return Number.isSafeInteger(value) && !Object.is(value, -0) ? BigInt(value) : value
}

function blobCell(value: string, column: Column): Cell {
  const bytes = Buffer.from(value, 'base64')
  if (bytes.toString('base64') !== value) throw refusal(column.name, 'is binary in the table; the value is not base64')
  return bytes
}

/** Equal as SQLite would store them in one column: 5, 5.0 and, in a column of numbers, '5'. */
export function isSameCell(a: Cell, b: Cell): boolean {
  if (Buffer.isBuffer(a) || Buffer.isBuffer(b)) return Buffer.isBuffer(a) && Buffer.isBuffer(b) && a.equals(b)
  if (a === null || b === null) return a === b
  return typeof a === typeof b ? a === b : String(a) === String(b)
}

function refusal(field: string, why: string): AppError {
  return new AppError({
    kind: 'data',
    code: 'cannot-write-value',
    message: `${field} ${why}.`,
    kept: 'Nothing was written for this record.',
    next: 'Correct the value or the mapping.',
    details: { field },
  })
}

function infinite(field: string): Omit<DataIssue, 'place'> {
  return {
    code: 'not-finite',
    message: `${field} holds an infinite number.`,
    field,
    next: 'Correct the value in the database.',
  }
}

/** Cells as JSON text and back, for page tokens. */
export function packCells(cells: readonly Cell[]): string {
  return JSON.stringify(
    cells.map((cell) =>
      typeof cell === 'bigint' ? { i: cell.toString() } : Buffer.isBuffer(cell) ? { b: cell.toString('base64') } : cell,
    ),
  )
}

export function unpackCells(text: string): readonly Cell[] {
  // Only what packCells made comes back here; anything else fails as a stale token at the caller.
  const parts = JSON.parse(text) as (null | number | string | { i?: string; b?: string })[]
  return parts.map((part) => {
    if (part === null || typeof part !== 'object') return part
    return part.i === undefined ? Buffer.from(part.b ?? '', 'base64') : BigInt(part.i)
  })
}
