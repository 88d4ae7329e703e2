/** Everything the practice CRM keeps, opened together: tables, write log, idempotency keys, group commit. */
import type Database from 'better-sqlite3'
import { type GroupCommit, groupCommit } from '../kit/group-commit.ts'
import { type IdempotencyKeys, idempotencyKeys } from '../kit/idempotency.ts'
import type { StoreOptions } from '../kit/practice-service.ts'
import { closeServiceDatabase } from '../kit/service-database.ts'
import { type WriteLog, writeLog } from '../kit/write-log.ts'
import { type ObjectName, objectNames, objectRules } from './object-rules.ts'
import { openCrmDatabase } from './open-database.ts'
import { type RecordTable, recordTable } from './record-table.ts'

export interface CrmStore {
  readonly tables: Readonly<Record<ObjectName, RecordTable>>
  readonly log: WriteLog<ObjectName>
  readonly keys: IdempotencyKeys
  readonly commit: GroupCommit
  readonly isLive: (object: ObjectName, id: string) => boolean
  /** Only after the last write has been answered. */
  readonly close: () => void
}

export function openCrmStore(options: StoreOptions): CrmStore {
  const database = openCrmDatabase(options.dataFolder)
  const tables = tablesOf(database)
  const delay = options.commitDelayMs
  return {
    tables,
    log: writeLog(database, {
      names: objectNames,
      idOf: (object, recordNumber) => objectRules[object].idPrefix + recordNumber,
    }),
    keys: idempotencyKeys(database),
    commit: groupCommit({
      database,
      now: options.now,
      lastGroupAtMs: Math.max(...Object.values(tables).map((table) => table.lastChangeMs())),
      ...(delay ? { delayMs: delay } : {}),
    }),
    isLive: (object, id) => tables[object].get(id)?.archived_at === null,
    close: () => closeServiceDatabase(database),
  }
}

function tablesOf(database: Database.Database): Record<ObjectName, RecordTable> {
  return {
    contact: recordTable(database, objectRules.contact),
    company: recordTable(database, objectRules.company),
    deal: recordTable(database, objectRules.deal),
  }
}
