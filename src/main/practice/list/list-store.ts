/** Everything the practice list keeps, opened together: subscribers, write log, group commit. */
import { join } from 'node:path'
import { type GroupCommit, groupCommit } from '../kit/group-commit.ts'
import type { StoreOptions } from '../kit/practice-service.ts'
import { closeServiceDatabase, openServiceDatabase } from '../kit/service-database.ts'
import { type WriteLog, writeLog, writeLogSql } from '../kit/write-log.ts'
import { type SubscriberTable, subscriberTable, subscriberTableSql } from './subscriber-table.ts'

const layoutVersion = 1

export interface ListStore {
  readonly subscribers: SubscriberTable
  readonly log: WriteLog<'subscriber'>
  readonly commit: GroupCommit
  /** Only after the last write has been answered. */
  readonly close: () => void
}

export function openListStore({ dataFolder, now, commitDelayMs }: StoreOptions): ListStore {
  const database = openServiceDatabase({
    path: join(dataFolder, 'list.sqlite'),
    version: layoutVersion,
    tables: [subscriberTableSql, writeLogSql],
  })
  const subscribers = subscriberTable(database)
  return {
    subscribers,
    log: writeLog(database, { names: ['subscriber'], idOf: (_object, id) => subscribers.emailOf(id) }),
    commit: groupCommit({
      database,
      now,
      lastGroupAtMs: subscribers.lastChangeMs(),
      ...(commitDelayMs ? { delayMs: commitDelayMs } : {}),
    }),
    close: () => closeServiceDatabase(database),
  }
}
