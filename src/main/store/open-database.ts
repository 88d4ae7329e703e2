/** Opens the database of a data folder with the settings the journal relies on, and says clearly what is wrong with a bad one. */
import { existsSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { AppError } from '#shared/errors.ts'

/** Throws AppError: `database-locked`, `database-damaged`, `database-read-only`, `disk-full`. */
export function openDatabase(path: string): Database.Database {
  refuseEmptiedFile(path)
  try {
    const isNew = !existsSync(path)
    const db = new Database(path)
    setUp(db, isNew)
    return db
  } catch (thrown) {
    throw storeError(thrown)
  }
}

function setUp(db: Database.Database, isNew: boolean): void {
  if (isNew) {
    db.pragma('page_size = 4096')
    db.pragma('auto_vacuum = INCREMENTAL')
  }
  db.pragma('journal_mode = WAL')
  // An intent must be on the disk before its request leaves.
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
  db.pragma('busy_timeout = 5000')
  db.pragma('trusted_schema = OFF')
  db.pragma('cell_size_check = ON')
  db.pragma('temp_store = FILE')
  db.pragma('cache_size = -4000')
  db.pragma('mmap_size = 0')
  db.pragma('journal_size_limit = 67108864')
  if (process.platform === 'darwin') db.pragma('checkpoint_fullfsync = ON')
}

/** SQLite opens an empty file as a fresh database: with a write-ahead log beside it, it is a damaged one. */
function refuseEmptiedFile(path: string): void {
  if (!existsSync(path) || statSync(path).size > 0) return
  if (existsSync(`${path}-wal`) && statSync(`${path}-wal`).size > 0) throw damaged('the main file is empty')
}

/** AppError for what SQLite reports. Anything else is passed on unchanged. */
export function storeError(thrown: unknown): unknown {
  const code = sqliteCode(thrown)
  const technical = thrown instanceof Error ? thrown.message : String(thrown)
  if (code === undefined) return thrown
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) return damaged(technical, thrown)
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return locked(technical, thrown)
  if (code === 'SQLITE_FULL' || code.startsWith('SQLITE_IOERR')) return diskTrouble(code, technical, thrown)
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN')) return notWritable(technical, thrown)
  return thrown
}

function sqliteCode(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined
  const { code } = thrown
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : undefined
}

function damaged(technical: string, cause?: unknown): AppError {
  return new AppError(
    {
      kind: 'config',
      code: 'database-damaged',
      message: 'The database of this data folder is damaged.',
      kept: 'Nothing was written to it or to any service; the file is left as it is.',
      next: 'Restore the newest backup with "patchbay restore", or ask for help before changing anything.',
      details: { technical },
    },
    cause,
  )
}

function locked(technical: string, cause: unknown): AppError {
  return new AppError(
    {
      kind: 'transient',
      code: 'database-locked',
      message: 'Another program is using the database of this data folder.',
      kept: 'Nothing was changed.',
      next: 'Close the other program (a backup tool or a database viewer), then try again.',
      details: { technical },
    },
    cause,
  )
}

function diskTrouble(code: string, technical: string, cause: unknown): AppError {
  const isFull = code === 'SQLITE_FULL'
  return new AppError(
    {
      kind: 'config',
      code: isFull ? 'disk-full' : 'disk-failing',
      message: isFull ? 'The disk is full: Patchbay could not save.' : 'The disk did not take or give the data.',
      kept: 'What was saved before is safe; nothing was sent that is not in the journal.',
      next: isFull ? 'Free some space, then run again.' : 'Check the disk, then run again.',
      details: { technical },
    },
    cause,
  )
}

function notWritable(technical: string, cause: unknown): AppError {
  return new AppError(
    {
      kind: 'config',
      code: 'database-not-writable',
      message: 'The database of this data folder cannot be opened for writing.',
      kept: 'Nothing was changed.',
      next: 'Check that the data folder exists and that you may write to it.',
      details: { technical },
    },
    cause,
  )
}
