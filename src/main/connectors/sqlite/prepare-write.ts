/** The exact text of a write for the journal: which record, and which cells. */
import { AppError } from '#shared/errors.ts'
import type { WriteCommand } from '#shared/model/connected.ts'
import type { Value } from '#shared/model/value.ts'
import { toCell } from './cell-values.ts'
import { idParts, type Table } from './table.ts'

export interface RowWrite {
  readonly id?: string
  readonly version?: string
  readonly values: Readonly<Record<string, Value>>
}

/** Pure. Throws AppError (data): `unknown-field`, `cannot-write-value`, `id-changed`, `key-missing`. */
export function prepareWrite(command: WriteCommand, table: Table, insertKeys: readonly (readonly string[])[]): string {
  const values: Record<string, Value> = {}
  for (const [field, value] of Object.entries(command.values)) {
    const column = table.columns.get(field)
    if (!column && field === table.idField) continue
    if (!column)
      throw refusal(
        'unknown-field',
        field,
        `The table has no column "${field}".`,
        'Take the field out of the mapping, or add the column to the table.',
      )
    if (column.isGenerated)
      throw refusal(
        'field-read-only',
        field,
        `${field} is computed by the database.`,
        'Take the field out of the mapping.',
      )
    toCell(value, column)
    values[field] = value
  }
  if (command.externalId !== undefined) refuseChangedId(command.externalId, values, table)
  else refuseKeyless(values, insertKeys)
  const write: RowWrite = {
    values,
    ...(command.externalId === undefined ? {} : { id: command.externalId }),
    ...(command.version === undefined ? {} : { version: command.version }),
  }
  return JSON.stringify(write)
}

/** Reads a text made by `prepareWrite` back. */
export function readRowWrite(request: string): RowWrite {
  // The journal holds only what prepareWrite made.
  return JSON.parse(request) as RowWrite
}

function refuseChangedId(externalId: string, values: Readonly<Record<string, Value>>, table: Table): void {
  const parts = idParts(table, externalId) ?? []
  const changed = table.id.find((name, index) => name in values && String(values[name]) !== parts[index])
  if (changed === undefined) return
  throw refusal(
    'id-changed',
    changed,
    `The record "${externalId}" would get another ${changed}.`,
    'Take the id column out of the update.',
  )
}

/** A new record must be recognised when it is sent a second time. */
function refuseKeyless(values: Readonly<Record<string, Value>>, keys: readonly (readonly string[])[]): void {
  if (keys.length === 0 || keys.some((key) => key.every((name) => isFilled(values[name])))) return
  const names = keys.map((key) => key.join(' and ')).join(', or ')
  throw refusal(
    'key-missing',
    keys[0]?.[0] ?? '',
    `The record has no ${names}, so after an interruption it could not be told whether it was written.`,
    'Map a value that is always filled to that column.',
  )
}

function isFilled(value: Value | undefined): boolean {
  return value !== undefined && value !== null
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
