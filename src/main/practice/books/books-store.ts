/** Everything the practice books keep, opened together: tables, write log, group commit. */
import { join } from 'node:path'
import { type GroupCommit, groupCommit } from '../kit/group-commit.ts'
import type { StoreOptions } from '../kit/practice-service.ts'
import { closeServiceDatabase, openServiceDatabase } from '../kit/service-database.ts'
import { type WriteLog, writeLog, writeLogSql } from '../kit/write-log.ts'
import { type ObjectName, objectNames, objectRules } from './object-rules.ts'
import { type RecordTable, recordTable, tableSql } from './record-table.ts'

const layoutVersion = 1

export interface BooksStore {
  readonly tables: Readonly<Record<ObjectName, RecordTable>>
  readonly log: WriteLog<ObjectName>
  readonly commit: GroupCommit
  readonly isLive: (object: ObjectName, id: string) => boolean
  /** Only after the last write has been answered. */
  readonly close: () => void
}

export function openBooksStore({ dataFolder, now, commitDelayMs }: StoreOptions): BooksStore {
  const database = openServiceDatabase({
    path: join(dataFolder, 'books.sqlite'),
    version: layoutVersion,
    tables: [...objectNames.map((name) => tableSql(objectRules[name])), writeLogSql],
  })
  const table = (name: ObjectName): RecordTable => recordTable(database, objectRules[name])
  const tables = {
    customer: table('customer'),
    item: table('item'),
    invoice: table('invoice'),
    payment: table('payment'),
  }
  return {
    tables,
    log: writeLog(database, {
      names: objectNames,
      idOf: (object, recordNumber) => objectRules[object].idPrefix + recordNumber,
    }),
    commit: groupCommit({
      database,
      now,
      lastGroupAtMs: Math.max(...Object.values(tables).map((one) => one.lastChangeMs())),
      ...(commitDelayMs ? { delayMs: commitDelayMs } : {}),
    }),
    isLive: (object, id) => tables[object].get(id)?.active === 1,
    close: () => closeServiceDatabase(database),
  }
}
