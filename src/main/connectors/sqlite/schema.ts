/** Reads what tables a database has: their columns, how a row is told from others, and which columns are unique. */
import type Database from 'better-sqlite3'
import type { FieldType } from '#shared/model/object.ts'

export interface Column {
  readonly name: string
  /** As the table declares it, upper case. */
  readonly declaredType: string
  readonly type: FieldType
  readonly isRequired: boolean
  /** Computed by the database. */
  readonly isGenerated: boolean
  readonly isBlob: boolean
}

export interface TableSchema {
  readonly name: string
  readonly isView: boolean
  readonly columns: readonly Column[]
  /** Columns of the primary key in its order; empty: only the hidden rowid. */
  readonly primaryKey: readonly string[]
  /** Name under which the rowid can be read; absent: the table has none, or its names are taken. */
  readonly rowid?: string
  /** Sets of columns that no two rows share (primary key included), without partial and computed indexes. */
  readonly uniqueKeys: readonly (readonly string[])[]
}

/** A name as SQL: any character may be in it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

interface TableRow {
  readonly name: string
  readonly type: string
  readonly wr: number | bigint
}

interface ColumnRow {
  readonly name: string
  readonly type: string
  readonly notnull: number | bigint
  readonly pk: number | bigint
  readonly hidden: number | bigint
  readonly dflt_value: string | null
}

interface IndexRow {
  readonly name: string
  readonly unique: number | bigint
  readonly partial: number | bigint
}

/** All tables and views; not SQLite's own and not those of its extensions. */
export function readSchemas(db: Database.Database): readonly TableSchema[] {
  // Pragma functions give exactly these columns: https://www.sqlite.org/pragma.html#pragma_table_list
  const rows = db
    .prepare(
      "SELECT name, type, wr FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
    )
    .all() as TableRow[]
  return rows.map((row) => readSchema(db, row))
}

function readSchema(db: Database.Database, table: TableRow): TableSchema {
  // As above: the columns of pragma_table_xinfo.
  const rows = db
    .prepare(
      'SELECT name, type, "notnull", pk, hidden, dflt_value FROM pragma_table_xinfo(?) WHERE hidden <> 1 ORDER BY cid',
    )
    .all(table.name) as ColumnRow[]
  const isView = table.type === 'view'
  const keyColumns = rows.filter((row) => Number(row.pk) > 0).sort((a, b) => Number(a.pk) - Number(b.pk))
  const primaryKey = keyColumns.map((row) => row.name)
  const hasRowid = !isView && Number(table.wr) === 0
  const taken = new Set(rows.map((row) => row.name.toLowerCase()))
  const rowid = hasRowid ? ['rowid', '_rowid_', 'oid'].find((name) => !taken.has(name)) : undefined
  return {
    name: table.name,
    isView,
    columns: rows.map((row) => columnOf(row, primaryKey)),
    primaryKey,
    uniqueKeys: isView ? [] : uniqueKeysOf(db, table.name, primaryKey),
    ...(rowid === undefined ? {} : { rowid }),
  }
}

function columnOf(row: ColumnRow, primaryKey: readonly string[]): Column {
  const declaredType = row.type.toUpperCase()
  const isRowidAlias = declaredType === 'INTEGER' && primaryKey.length === 1 && primaryKey[0] === row.name
  return {
    name: row.name,
    declaredType,
    type: fieldTypeOf(declaredType),
    isRequired: Number(row.notnull) === 1 && row.dflt_value === null && !isRowidAlias,
    isGenerated: Number(row.hidden) > 1,
    isBlob: declaredType.includes('BLOB'),
  }
}

/** By the rules of type affinity; a boolean is a convention of 0 and 1. */
function fieldTypeOf(declared: string): FieldType {
  if (declared.includes('BOOL')) return 'boolean'
  if (declared.includes('INT')) return 'number'
  if (/CHAR|CLOB|TEXT|BLOB/.test(declared)) return 'text'
  if (/REAL|FLOA|DOUB/.test(declared)) return 'number'
  return 'any'
}

function uniqueKeysOf(
  db: Database.Database,
  table: string,
  primaryKey: readonly string[],
): readonly (readonly string[])[] {
  // As above: the columns of pragma_index_list.
  const indexes = db.prepare('SELECT name, "unique", partial FROM pragma_index_list(?)').all(table) as IndexRow[]
  const keys = indexes
    .filter((index) => Number(index.unique) === 1 && Number(index.partial) === 0)
    // As above: the columns of pragma_index_info; an expression has no name.
    .map((index) =>
      (
        db.prepare('SELECT name FROM pragma_index_info(?) ORDER BY seqno').all(index.name) as { name: string | null }[]
      ).map((one) => one.name),
    )
    .filter((columns): columns is string[] => columns.every((name) => name !== null))
  const all = primaryKey.length > 0 ? [primaryKey, ...keys] : keys
  return [...new Map(all.map((key) => [JSON.stringify(key), key])).values()]
}
