/** The storage of a practice service: one SQLite file, durable before every answer. */
import Database from 'better-sqlite3'
import { AppError } from '#shared/errors.ts'

export interface DatabaseLayout {
  readonly path: string
  /** Raised when tables change. */
  readonly version: number
  /** Statements that make what is missing. */
  readonly tables: readonly string[]
}

/** Opens or creates the file. Throws AppError (config) for a file of a newer version. */
export function openServiceDatabase({ path, version, tables }: DatabaseLayout): Database.Database {
  const database = new Database(path)
  database.pragma('journal_mode = WAL')
  // FULL syncs the WAL at every commit: what was answered survives a power cut. NORMAL would not.
  database.pragma('synchronous = FULL')
  database.pragma('mmap_size = 0')
  database.pragma('cache_size = -16000')
  const found = Number(database.pragma('user_version', { simple: true }))
  if (found > version) {
    database.close()
    throw new AppError({
      kind: 'config',
      code: 'practice-data-newer',
      message: 'This practice data was made by a newer version of Patchbay.',
      kept: 'Nothing was changed.',
      next: 'Update Patchbay, or start the practice company over with a new folder.',
    })
  }
  database.transaction(() => {
    for (const sql of tables) database.exec(sql)
    database.pragma(`user_version = ${version}`)
  })()
  return database
}

/** Closes with an empty write-ahead log; only after the last write has been answered. */
export function closeServiceDatabase(database: Database.Database): void {
  database.pragma('wal_checkpoint(TRUNCATE)')
  database.close()
}
