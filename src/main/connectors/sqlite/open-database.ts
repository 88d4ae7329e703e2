/** Opens a database file so that nothing about it changes but the records: its journal mode stays what it is. */
import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import Database from 'better-sqlite3'
import { AppError } from '#shared/errors.ts'
import { comparableKey } from './read-table.ts'
import { quoted } from './schema.ts'
import type { NewTable, SqliteSettings } from './settings.ts'
import { withSqliteErrors } from './sqlite-errors.ts'

/** Throws AppError: `database-missing`, `not-a-database`, `database-damaged`, `database-locked` and the like. */
export function openDatabase(settings: SqliteSettings): Database.Database {
  const { path, readOnly } = settings
  const isNew = Object.keys(settings.create).length > 0 && !readOnly
  if (!isNew && !existsSync(path)) throw missing(path)
  const db = withSqliteErrors(() =>
    openFile(path, { readonly: readOnly, fileMustExist: !isNew, timeout: settings.busyTimeoutMs }),
  )
  try {
    withSqliteErrors(() => prepare(db, settings, isNew))
    return db
  } catch (thrown) {
    db.close()
    throw thrown
  }
}

/** better-sqlite3 reports a missing folder as a TypeError of its own. */
function openFile(path: string, options: Database.Options): Database.Database {
  try {
    return new Database(path, options)
  } catch (thrown) {
    throw thrown instanceof TypeError ? missing(path) : thrown
  }
}

function prepare(db: Database.Database, settings: SqliteSettings, isNew: boolean): void {
  db.defaultSafeIntegers(true)
  db.pragma('foreign_keys = ON')
  db.pragma('synchronous = FULL')
  // The library's own cache of 16 MB would stand beside the store's.
  db.pragma('cache_size = -4000')
  db.function('patchbay_key', { deterministic: true }, comparableKey)
  // The first real access: a file that is no database says so here.
  db.prepare('SELECT count(*) FROM sqlite_schema').get()
  if (!isNew) return
  for (const [name, table] of Object.entries(settings.create)) db.exec(createTableSql(name, table))
}

const sqlTypes = {
  text: 'TEXT',
  integer: 'INTEGER',
  real: 'REAL',
  boolean: 'BOOLEAN',
  date: 'TEXT',
  instant: 'TEXT',
  decimal: 'TEXT',
} as const

function createTableSql(name: string, { columns, key }: NewTable): string {
  for (const column of key) {
    if (column in columns) continue
    throw new AppError({
      kind: 'config',
      code: 'column-missing',
      message: `The new table "${name}" has no column "${column}", which is its key.`,
      kept: 'Nothing was made.',
      next: 'Add the column to "columns", or correct "key".',
    })
  }
  const lines = Object.entries(columns).map(
    ([column, { type, required }]) =>
      `${quoted(column)} ${sqlTypes[type]}${required || key.includes(column) ? ' NOT NULL' : ''}`,
  )
  return `CREATE TABLE IF NOT EXISTS ${quoted(name)} (${lines.join(', ')}, PRIMARY KEY (${key.map(quoted).join(', ')}))`
}

function missing(path: string): AppError {
  return new AppError({
    kind: 'config',
    code: 'database-missing',
    message: `The database file "${basename(path)}" does not exist.`,
    kept: 'Nothing was read or written.',
    next: 'Check the path in the connection, or put the file back.',
  })
}
