/** Reads a table page by page, one record by id, and records by a key. */
import type Database from 'better-sqlite3'
import { AppError } from '#shared/errors.ts'
import type { ReadPage, ReadRequest, RemoteRecord } from '#shared/model/connected.ts'
import { type Cell, packCells, unpackCells } from './cell-values.ts'
import { quoted } from './schema.ts'
import { withSqliteErrors } from './sqlite-errors.ts'
import {
  columnSql,
  externalIdOf,
  idCondition,
  idParts,
  type Row,
  recordOf,
  type Table,
  updatedMsName,
} from './table.ts'

const usualPageSize = 500

/**
 * Pages in the order of the id, each its own short statement: rows that come and go meanwhile never shift the others.
 * With `since`, rows whose time is missing or unreadable are always given: they cannot be ruled out.
 */
export async function* readPages(
  db: Database.Database,
  table: Table,
  request: ReadRequest & { readonly serverTime: string },
): AsyncGenerator<ReadPage> {
  const pageSize = request.pageSize ?? usualPageSize
  let after = request.pageToken === undefined ? undefined : positionOf(request.pageToken, table)
  for (;;) {
    stopIfAborted(request.signal)
    const rows = withSqliteErrors(() => pageRows(db, table, { after, since: request.since, limit: pageSize + 1 }))
    const given = rows.slice(0, pageSize)
    const last = given.at(-1)
    const records = given.map((row) => recordOf(table, row))
    if (rows.length <= pageSize || !last) {
      yield { records, serverTime: request.serverTime }
      return
    }
    after = table.id.map((name) => last[name] ?? null)
    yield { records, serverTime: request.serverTime, next: packCells(after) }
  }
}

interface PageQuery {
  readonly after: readonly Cell[] | undefined
  readonly since: string | undefined
  readonly limit: number
}

function pageRows(db: Database.Database, table: Table, { after, since, limit }: PageQuery): readonly Row[] {
  const id = table.id.map((name) => columnSql(table, name))
  const conditions: string[] = []
  const values: Cell[] = []
  if (after) {
    conditions.push(`(${id.join(', ')}) > (${id.map(() => '?').join(', ')})`)
    values.push(...after)
  }
  const updated = table.updatedColumn === undefined ? undefined : millisecondsSql(quoted(table.updatedColumn))
  if (updated && since !== undefined) {
    conditions.push(`coalesce(${updated} >= ?, 1)`)
    values.push(BigInt(Date.parse(since)))
  }
  const select = updated ? `${table.select}, ${updated} AS ${updatedMsName}` : table.select
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''
  const sql = `SELECT ${select} FROM ${quoted(table.schema.name)} ${where} ORDER BY ${id.join(', ')} LIMIT ${limit}`
  return db.prepare(sql).all(...values) as Row[] // the columns are those of `select`
}

/** ISO text (UTC where it names no zone), seconds or milliseconds since 1970, as milliseconds; NULL for anything else. */
function millisecondsSql(column: string): string {
  return `CASE typeof(${column}) WHEN 'text' THEN CAST(unixepoch(${column}, 'subsec') * 1000 AS INTEGER) WHEN 'null' THEN NULL WHEN 'blob' THEN NULL ELSE CAST(CASE WHEN ${column} > 100000000000 THEN ${column} ELSE ${column} * 1000 END AS INTEGER) END`
}

/** One record by id, or null. */
export function getRecord(db: Database.Database, table: Table, externalId: string): RemoteRecord | null {
  const row = findRow(db, table, externalId)
  return row ? recordOf(table, row) : null
}

export function findRow(db: Database.Database, table: Table, externalId: string): Row | undefined {
  const parts = idParts(table, externalId)
  if (!parts) return undefined
  const values = parts.map((part) => (part.startsWith('base64:') ? Buffer.from(part.slice(7), 'base64') : part))
  const sql = `SELECT ${table.select} FROM ${quoted(table.schema.name)} WHERE ${idCondition(table)} LIMIT 20`
  const rows = db.prepare(sql).all(...values) as Row[] // the columns are those of `select`
  return rows.find((row) => externalIdOf(table, row) === externalId)
}

/** Keys compare as the engine compares them (trimmed, without regard to case); only text beyond ASCII needs JavaScript. */
export function findRecords(
  db: Database.Database,
  table: Table,
  field: string,
  values: readonly string[],
): readonly RemoteRecord[] {
  if (field === table.idField && !table.columns.has(field))
    return values.flatMap((value) => getRecord(db, table, value) ?? [])
  if (!table.columns.has(field)) throw unknownField(table.schema.name, field)
  const column = quoted(field)
  const wanted = JSON.stringify(values.map(comparableKey))
  const sql = `SELECT ${table.select} FROM ${quoted(table.schema.name)} WHERE typeof(${column}) <> 'blob' AND (lower(trim(${column})) IN (SELECT value FROM json_each(?)) OR (${column} GLOB '*[^ -~]*' AND patchbay_key(${column}) IN (SELECT value FROM json_each(?))))`
  const rows = db.prepare(sql).all(wanted, wanted) as Row[] // the columns are those of `select`
  return rows.map((row) => recordOf(table, row))
}

/** Text under which keys are compared. */
export function comparableKey(value: unknown): string {
  return String(value ?? '')
    .normalize('NFC')
    .trim()
    .toLowerCase()
}

function positionOf(token: string, table: Table): readonly Cell[] {
  try {
    const cells = unpackCells(token)
    if (cells.length === table.id.length) return cells
  } catch {
    // Falls through to the same answer: the place is not known any more.
  }
  throw new AppError({
    kind: 'transient',
    code: 'page-token-stale',
    message: 'The place to go on reading from is not known any more.',
    kept: 'What was done is met as unchanged.',
    next: 'Nothing to do: the table is read from the start.',
  })
}

function stopIfAborted(signal: AbortSignal): void {
  if (signal.aborted)
    throw new AppError({
      kind: 'cancelled',
      code: 'cancelled',
      message: 'Stopped.',
      kept: 'What was done is in the journal.',
    })
}

function unknownField(table: string, field: string): AppError {
  return new AppError({
    kind: 'config',
    code: 'unknown-field',
    message: `The table "${table}" has no column "${field}".`,
    next: 'Correct the matching key of the integration.',
  })
}
