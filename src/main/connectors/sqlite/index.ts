/** SQLite: tables and views of a database file. A table of contents; see README.md for limits and quirks. */
import { basename } from 'node:path'
import type Database from 'better-sqlite3'
import type { Clock } from '#main/connector-kit/clock.ts'
import { defineConnector } from '#main/connector-kit/define-connector.ts'
import { AppError, errorInfoOf } from '#shared/errors.ts'
import type { ConnectedObject, OpenConnection, PreparedWrite, WriteReply } from '#shared/model/connected.ts'
import { describeTable, insertKeysOf } from './describe-table.ts'
import { openDatabase } from './open-database.ts'
import { prepareWrite } from './prepare-write.ts'
import { findRecords, getRecord, readPages } from './read-table.ts'
import { readSchemas } from './schema.ts'
import { type SqliteSettings, sqliteSettingsSchema } from './settings.ts'
import { withSqliteErrors } from './sqlite-errors.ts'
import { type Table, tableOf } from './table.ts'
import { sendBatch } from './write-batch.ts'

export const sqliteConnector = defineConnector<SqliteSettings>({
  id: 'sqlite',
  name: 'SQLite database',
  summary: 'Reads and writes the tables of a SQLite database file on this computer.',
  config: sqliteSettingsSchema,
  secrets: [],
  open: async ({ config, clock }) => connectionTo(openDatabase(config), config, clock),
})

function connectionTo(db: Database.Database, settings: SqliteSettings, clock: Clock): OpenConnection {
  const tables = (): readonly Table[] =>
    withSqliteErrors(() => readSchemas(db)).flatMap((schema) => {
      const isWanted = settings.tables?.includes(schema.name) ?? true
      return isWanted ? (tableOf(schema, settings) ?? []) : []
    })
  return {
    test: async () => ({
      account: basename(settings.path),
      notes: [`${tables().length} tables.`, ...(settings.readOnly ? ['Opened for reading only.'] : [])],
    }),
    describe: async () => tables().map((table) => describeTable(table, settings.readOnly)),
    object: async (name) => {
      const all = tables()
      const table = all.find((one) => one.schema.name === name)
      if (!table) throw unknownObject(name, all)
      return openTable({ db, table, settings, clock })
    },
    close: async () => {
      db.close()
    },
  }
}

interface TableOptions {
  readonly db: Database.Database
  readonly table: Table
  readonly settings: SqliteSettings
  readonly clock: Clock
}

function openTable({ db, table, settings, clock }: TableOptions): ConnectedObject {
  const description = describeTable(table, settings.readOnly)
  const insertKeys = insertKeysOf(table)
  const isWritable = Object.keys(description.writes).length > 0
  return {
    description,
    read: (request) => readPages(db, table, { ...request, serverTime: new Date(clock.now()).toISOString() }),
    get: async (externalId) => withSqliteErrors(() => getRecord(db, table, externalId)),
    ...(description.keys.length > 0
      ? {
          find: async (field: string, values: readonly string[]) =>
            withSqliteErrors(() => findRecords(db, table, field, values)),
        }
      : {}),
    ...(isWritable
      ? {
          prepare: (command) => prepareWrite(command, table, insertKeys),
          send: async (writes, signal) => (signal.aborted ? stopped(writes) : sendBatch({ db, table }, writes)),
        }
      : {}),
  }
}

function stopped(writes: readonly PreparedWrite[]): readonly WriteReply[] {
  const error = errorInfoOf(
    new AppError({
      kind: 'cancelled',
      code: 'cancelled',
      message: 'Stopped before sending.',
      kept: 'Nothing was written.',
    }),
  )
  return writes.map(() => ({ status: 'not-sent', error }))
}

function unknownObject(name: string, tables: readonly Table[]): AppError {
  const names = tables.map((table) => table.schema.name)
  return new AppError({
    kind: 'config',
    code: 'unknown-object',
    message: `There is no table "${name}" in this database.`,
    kept: 'Nothing was read or written.',
    next: names.length > 0 ? `Choose one of: ${names.slice(0, 20).join(', ')}.` : 'The database has no tables.',
    details: { object: name },
  })
}
