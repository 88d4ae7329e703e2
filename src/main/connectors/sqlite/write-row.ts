/** One write inside a transaction: what it meets decides, never what was assumed. Repeating it changes nothing. */
import type Database from 'better-sqlite3'
import type { ErrorInfo } from '#shared/errors.ts'
import type { PreparedWrite, WriteReply } from '#shared/model/connected.ts'
import { type Cell, isSameCell, toCell } from './cell-values.ts'
import { type RowWrite, readRowWrite } from './prepare-write.ts'
import { findRow } from './read-table.ts'
import { quoted } from './schema.ts'
import { columnSql, externalIdOf, type Row, type Table, versionOf } from './table.ts'

export interface RowWriter {
  readonly db: Database.Database
  readonly table: Table
}

/** Throws what SQLite throws. */
export function writeRow(writer: RowWriter, write: PreparedWrite): WriteReply {
  const request = readRowWrite(write.request)
  switch (write.operation) {
    case 'create':
      return createRow(writer, request)
    case 'upsert':
      return upsertRow(writer, request)
    case 'update':
      return updateRow(
        writer,
        request,
        request.id === undefined ? undefined : findRow(writer.db, writer.table, request.id),
      )
    case 'delete':
      return deleteRow(writer, request)
  }
}

type NamedCell = readonly [name: string, cell: Cell]

function cellsOf(table: Table, { values }: RowWrite): readonly NamedCell[] {
  return Object.entries(values).flatMap(([name, value]): NamedCell[] => {
    const column = table.columns.get(name)
    return column ? [[name, toCell(value, column)]] : []
  })
}

function createRow(writer: RowWriter, request: RowWrite): WriteReply {
  const cells = cellsOf(writer.table, request)
  const existing = rowsWithSameKey(writer, cells)
  const [row, ...others] = existing
  if (!row) return insertRow(writer, cells)
  const differing = differingColumns(row, cells)
  if (others.length === 0 && differing.length === 0) return written(writer.table, row)
  return {
    status: 'rejected',
    error: otherRecord(differing),
    ...(differing[0] === undefined ? {} : { field: differing[0] }),
  }
}

function upsertRow(writer: RowWriter, request: RowWrite): WriteReply {
  const cells = cellsOf(writer.table, request)
  const byId = request.id === undefined ? undefined : findRow(writer.db, writer.table, request.id)
  const [row, ...others] = byId ? [byId] : rowsWithSameKey(writer, cells)
  if (others.length > 0) return { status: 'rejected', error: otherRecord([]) }
  return row ? updateRow(writer, request, row) : insertRow(writer, cells)
}

/** Rows that already hold one of the unique keys of the new one. */
function rowsWithSameKey({ db, table }: RowWriter, cells: readonly NamedCell[]): readonly Row[] {
  const byName = new Map(cells)
  const found = new Map<string, Row>()
  for (const key of table.schema.uniqueKeys) {
    const values = key.map((name) => byName.get(name) ?? null)
    if (values.includes(null)) continue
    const where = key.map((name) => `${quoted(name)} = ?`).join(' AND ')
    const row = db.prepare(`SELECT ${table.select} FROM ${quoted(table.schema.name)} WHERE ${where}`).get(...values) as
      | Row
      | undefined // the columns are those of `select`
    if (row) found.set(externalIdOf(table, row), row)
  }
  return [...found.values()]
}

function insertRow({ db, table }: RowWriter, cells: readonly NamedCell[]): WriteReply {
  const names = cells.map(([name]) => quoted(name)).join(', ')
  const marks = cells.map(() => '?').join(', ')
  const values = cells.map(([, cell]) => cell)
  const into = cells.length === 0 ? 'DEFAULT VALUES' : `(${names}) VALUES (${marks})`
  const row = db
    .prepare(`INSERT INTO ${quoted(table.schema.name)} ${into} RETURNING ${table.select}`)
    .get(...values) as Row // the columns are those of `select`
  return written(table, row)
}

function updateRow({ db, table }: RowWriter, request: RowWrite, row: Row | undefined): WriteReply {
  if (!row) return { status: 'rejected', error: goneRecord(request.id ?? '') }
  const cells = cellsOf(table, request)
  if (differingColumns(row, cells).length === 0) return written(table, row)
  if (isStale(table, request, row)) return { status: 'rejected', error: staleRecord(externalIdOf(table, row)) }
  const set = cells.map(([name]) => `${quoted(name)} = ?`).join(', ')
  const updated = db
    .prepare(`UPDATE ${quoted(table.schema.name)} SET ${set} WHERE ${exactId(table)} RETURNING ${table.select}`)
    .get(...cells.map(([, cell]) => cell), ...idCells(table, row)) as Row // the columns are those of `select`
  return written(table, updated)
}

function deleteRow({ db, table }: RowWriter, request: RowWrite): WriteReply {
  const row = request.id === undefined ? undefined : findRow(db, table, request.id)
  if (!row) return { status: 'written', externalId: request.id ?? '' }
  if (isStale(table, request, row)) return { status: 'rejected', error: staleRecord(externalIdOf(table, row)) }
  db.prepare(`DELETE FROM ${quoted(table.schema.name)} WHERE ${exactId(table)}`).run(...idCells(table, row))
  return { status: 'written', externalId: externalIdOf(table, row) }
}

function exactId(table: Table): string {
  return table.id.map((name) => `${columnSql(table, name)} IS ?`).join(' AND ')
}

function idCells(table: Table, row: Row): readonly Cell[] {
  return table.id.map((name) => row[name] ?? null)
}

function isStale(table: Table, request: RowWrite, row: Row): boolean {
  return request.version !== undefined && request.version !== versionOf(table, row)
}

function differingColumns(row: Row, cells: readonly NamedCell[]): readonly string[] {
  return cells.filter(([name, cell]) => !isSameCell(row[name] ?? null, cell)).map(([name]) => name)
}

function written(table: Table, row: Row): WriteReply {
  return { status: 'written', externalId: externalIdOf(table, row), version: versionOf(table, row) }
}

const untouched = 'The record in the database is as it was.'

function otherRecord(fields: readonly string[]): ErrorInfo {
  const where = fields.length > 0 ? `, with other values in ${fields.slice(0, 5).join(', ')}` : ''
  return {
    kind: 'conflict',
    code: 'record-exists',
    message: `A record with the same key is already in the table${where}.`,
    kept: untouched,
    next: 'Decide which values are right, or match existing records by that key.',
  }
}

function goneRecord(id: string): ErrorInfo {
  return {
    kind: 'conflict',
    code: 'record-missing',
    message: `The record "${id}" is not in the table any more.`,
    kept: 'Nothing was written.',
    next: 'Decide whether it should be made again.',
  }
}

function staleRecord(id: string): ErrorInfo {
  return {
    kind: 'conflict',
    code: 'stale-version',
    message: `The record "${id}" was changed since it was read.`,
    kept: 'The other change stands.',
    next: 'Nothing to do: the record is compared anew.',
  }
}
