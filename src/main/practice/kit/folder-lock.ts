/**
 * One process per data folder. The lock is an open exclusive SQLite transaction on a file of its own: the operating
 * system lets go of it when the process dies in any way, so there is no stale lock to clean up after a kill.
 */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { AppError } from '#shared/errors.ts'

export interface FolderLock {
  readonly release: () => void
}

/** Throws AppError (config, `practice-folder-in-use`) when another process holds the folder. */
export function lockFolder(dataFolder: string): FolderLock {
  const database = new Database(join(dataFolder, 'lock.sqlite'), { timeout: 0 })
  try {
    database.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    database.close()
    throw new AppError(
      {
        kind: 'config',
        code: 'practice-folder-in-use',
        message: 'This practice service is already running on the same data folder.',
        kept: 'Nothing was changed.',
        next: 'Use the one that is running, or stop it first.',
      },
      cause,
    )
  }
  return { release: () => database.close() }
}
