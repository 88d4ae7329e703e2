/** A table as the connector works with it: how its rows are identified, ordered and turned into records. */
import { createHash } from 'node:crypto'
import { AppError } from '#shared/errors.ts'
import type { RemoteRecord } from '#shared/model/connected.ts'
import type { DataIssue } from '#shared/model/issue.ts'
import type { Value } from '#shared/model/value.ts'
import { type Cell, fromCell } from './cell-values.ts'
import { type Column, quoted, type TableSchema } from './schema.ts'
import type { SqliteSettings } from './settings.ts'

export type Row = Readonly<Record<string, Cell>>

export interface Table {
  readonly schema: TableSchema
  readonly columns: ReadonlyMap<string, Column>
  /** Columns (or the rowid) that identify a row: of the id, of the order of reading and of the look-up. */
  readonly id: readonly string[]
  /** Field of the id: the only id column, or one made for it. */
  readonly idField: string
  readonly updatedColumn?: string
  readonly versionColumn?: string
  readonly findBy?: string
  /** SELECT list: all columns, and the rowid where it is the id. */
  readonly select: string
}

/** Throws AppError (config, `column-missing`) where the settings name a column the table does not have. */
export function tableOf(schema: TableSchema, settings: SqliteSettings): Table | undefined {
  const columns = new Map(schema.columns.map((column) => [column.name, column]))
  const id = idOf(schema, settings)
  if (!id) return undefined
  const isRowid = id.length === 1 && id[0] === schema.rowid
  const idField = id.length === 1 && !isRowid ? (id[0] ?? '_id') : freeName('_id', columns)
  const named = {
    updatedColumn: settings.updatedColumns[schema.name],
    versionColumn: settings.versionColumns[schema.name],
    findBy: settings.findBy[schema.name],
  }
  for (const name of [...Object.values(named), ...(isRowid ? [] : id)]) {
    if (name !== undefined && !columns.has(name)) throw columnMissing(schema.name, name)
  }
  const { updatedColumn, versionColumn, findBy } = named
  return {
    schema,
    columns,
    id,
    idField,
    select: [
      ...schema.columns.map((column) => quoted(column.name)),
      ...(isRowid ? [`${schema.rowid} AS ${quoted(schema.rowid ?? '')}`] : []),
    ].join(', '),
    ...(updatedColumn === undefined ? {} : { updatedColumn }),
    ...(versionColumn === undefined ? {} : { versionColumn }),
    ...(findBy === undefined ? {} : { findBy }),
  }
}

/**
 * The primary key, where no part of it can be empty (SQLite lets NULL into primary keys of ordinary tables);
 * otherwise the rowid. Views have only what the settings declare.
 */
function idOf(schema: TableSchema, settings: SqliteSettings): readonly string[] | undefined {
  if (schema.isView) return settings.idColumns[schema.name]
  if (schema.primaryKey.length > 0 && (schema.rowid === undefined || !canBeEmpty(schema))) return schema.primaryKey
  return schema.rowid === undefined ? undefined : [schema.rowid]
}

function canBeEmpty(schema: TableSchema): boolean {
  const isInteger =
    schema.primaryKey.length === 1 &&
    schema.columns.find((column) => column.name === schema.primaryKey[0])?.declaredType === 'INTEGER'
  return (
    !isInteger &&
    !schema.columns.filter((column) => schema.primaryKey.includes(column.name)).every((column) => column.isRequired)
  )
}

function freeName(wanted: string, taken: ReadonlyMap<string, unknown>): string {
  return taken.has(wanted) ? freeName(`_${wanted}`, taken) : wanted
}

/** Id of a row: the value of its only id column, or all of them as a JSON list. */
export function externalIdOf(table: Table, row: Row): string {
  const parts = table.id.map((name) => idText(row[name] ?? null))
  return parts.length === 1 ? (parts[0] ?? '') : JSON.stringify(parts)
}

function idText(cell: Cell): string {
  return Buffer.isBuffer(cell) ? `base64:${cell.toString('base64')}` : String(cell)
}

/** The texts of the id columns; undefined where the id has another shape. */
export function idParts(table: Table, externalId: string): readonly string[] | undefined {
  if (table.id.length === 1) return [externalId]
  try {
    const parts: unknown = JSON.parse(externalId)
    const isWhole =
      Array.isArray(parts) && parts.length === table.id.length && parts.every((part) => typeof part === 'string')
    return isWhole ? parts : undefined
  } catch {
    return undefined
  }
}

/** SQL that picks the row of `idParts`; where a collation or a conversion lets more through, the caller compares ids. */
export function idCondition(table: Table): string {
  return table.id
    .map((name) =>
      hasAffinity(table, name) ? `${columnSql(table, name)} = ?` : `CAST(${columnSql(table, name)} AS TEXT) = ?`,
    )
    .join(' AND ')
}

/** Columns with a type of their own compare a text with what they hold; others would compare text with text only. */
function hasAffinity(table: Table, name: string): boolean {
  const column = table.columns.get(name)
  return column === undefined || (column.declaredType !== '' && !column.isBlob)
}

/** A column, or the rowid, as SQL. */
export function columnSql(table: Table, name: string): string {
  return name === table.schema.rowid ? name : quoted(name)
}

export function recordOf(table: Table, row: Row): RemoteRecord {
  const values: Record<string, Value> = {}
  const issues: DataIssue[] = []
  const externalId = externalIdOf(table, row)
  const place = `${table.schema.name} ${externalId}`
  for (const column of table.schema.columns) {
    const { value, issue } = fromCell(row[column.name] ?? null, column)
    values[column.name] = value
    if (issue) issues.push({ ...issue, place })
  }
  if (!table.columns.has(table.idField)) values[table.idField] = externalId
  const updatedAt = updatedAtOf(table, row)
  return {
    externalId,
    values,
    place,
    version: versionOf(table, row),
    ...(updatedAt === undefined ? {} : { updatedAt }),
    ...(issues.length > 0 ? { issues } : {}),
  }
}

/** The version column, or a hash of all columns. */
export function versionOf(table: Table, row: Row): string {
  if (table.versionColumn !== undefined) return idText(row[table.versionColumn] ?? null)
  const cells = table.schema.columns.map((column) => idText(row[column.name] ?? null))
  return createHash('sha1').update(JSON.stringify(cells)).digest('hex').slice(0, 16)
}

/** Name under which the page query gives the time of the last change, in milliseconds. */
export const updatedMsName = 'patchbay_updated_ms'

function updatedAtOf(table: Table, row: Row): string | undefined {
  const ms = row[updatedMsName]
  if (table.updatedColumn === undefined || ms === undefined || ms === null) return undefined
  const date = new Date(Number(ms))
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}

function columnMissing(table: string, column: string): AppError {
  return new AppError({
    kind: 'config',
    code: 'column-missing',
    message: `The table "${table}" has no column "${column}", which the connection names.`,
    kept: 'Nothing was read or written.',
    next: 'Correct the column name in the connection.',
    details: { table, column },
  })
}
