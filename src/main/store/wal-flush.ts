/**
 * Brings what was committed to the disk without holding up the thread: the write-ahead log is synced by the thread pool
 * while requests of earlier pages go on. With `synchronous = NORMAL` SQLite itself syncs only at checkpoints; a commit
 * followed by this is as durable as one with FULL (https://www.sqlite.org/pragma.html#pragma_synchronous, read 2026-11-23).
 * SQLite holds no locks on the log file, so opening it beside SQLite is safe; the main file must never be opened this way.
 */
import { type FileHandle, open } from 'node:fs/promises'
import type Database from 'better-sqlite3'
import { AppError } from '#shared/errors.ts'

export interface WalFlush {
  /** Resolves when everything committed before the call is on the disk. Calls during a sync share the next one. */
  readonly flush: () => Promise<void>
  readonly close: () => void
}

export function createWalFlush(db: Database.Database): WalFlush {
  let handle: Promise<FileHandle> | undefined
  let running: Promise<void> | undefined
  let next: Promise<void> | undefined

  const syncOnce = async (): Promise<void> => {
    // Opened with the first use: the file exists as soon as something was written.
    handle ??= open(`${db.name}-wal`, 'r+')
    try {
      await (await handle).datasync()
    } catch (thrown) {
      throw diskTrouble(thrown)
    }
  }

  const start = (): Promise<void> => {
    running = syncOnce().finally(() => {
      running = undefined
    })
    return running
  }

  const flush = (): Promise<void> => {
    if (!running) return start()
    // What is being synced now may have begun before this commit.
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = undefined
        return start()
      })
    return next
  }

  return {
    flush,
    close: () => {
      void handle?.then((file) => file.close()).catch(() => undefined)
    },
  }
}

function diskTrouble(cause: unknown): AppError {
  const technical = cause instanceof Error ? cause.message : String(cause)
  return new AppError(
    {
      kind: 'config',
      code: 'disk-failing',
      message: 'The disk did not take the data.',
      kept: 'What was saved before is safe; nothing was sent that is not in the journal.',
      next: 'Check the disk and its free space, then run again.',
      details: { technical },
    },
    cause,
  )
}
