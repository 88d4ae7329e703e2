/** A data folder with a past, and the store that is open on it. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { onTestFinished } from 'vitest'
import { databaseName, openStore, type Store } from '#main/store/open-store.ts'
import { historyNowMs, type Past, pastOf } from './history-past.ts'
import { tempFolder } from './temp-folder.ts'

export interface HistoryBench extends Past {
  readonly folder: string
  readonly store: Store
  readonly db: Database.Database
}

export function historyBench(folder = tempFolder()): HistoryBench {
  const store = openStore({ folder, nowMs: () => historyNowMs })
  const db = new Database(join(folder, databaseName))
  onTestFinished(() => {
    db.close()
    store.close()
  })
  return { folder, store, db, ...pastOf(db) }
}
