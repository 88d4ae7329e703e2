/** Backup and restore of the database: consistent while in use, checked before it counts, replaced in one step. */
import { closeSync, copyFileSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { AppError } from '#shared/errors.ts'
import { migrations } from './migrations/index.ts'

export interface BackupInfo {
  readonly path: string
  readonly schemaVersion: number
}

/** Writes a checked copy of the open database to `path`. Secrets in it are the encrypted rows only. */
export async function backUp(db: Database.Database, path: string): Promise<BackupInfo> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const unfinished = `${path}.unfinished`
  rmSync(unfinished, { force: true })
  await db.backup(unfinished)
  makeSingleFile(unfinished)
  const schemaVersion = checkBackup(unfinished)
  syncFile(unfinished)
  renameSync(unfinished, path)
  return { path, schemaVersion }
}

/** Without this the copy would say of itself that a write-ahead log belongs to it, and reading it would leave one behind. */
function makeSingleFile(path: string): void {
  const copy = new Database(path)
  copy.pragma('journal_mode = DELETE')
  copy.close()
}

/** Answers the schema version of a backup that is whole. Throws AppError `backup-unusable` otherwise. */
export function checkBackup(path: string): number {
  if (!existsSync(path)) throw unusable(path, 'the file does not exist')
  try {
    const db = new Database(path, { readonly: true, fileMustExist: true })
    try {
      const problems = db.pragma('quick_check(1)', { simple: true })
      if (problems !== 'ok') throw new Error(String(problems))
      const version = Number(db.pragma('user_version', { simple: true }))
      const isOurs = db.prepare(`select 1 from sqlite_schema where name = 'definition_version'`).get() !== undefined
      if (!isOurs) throw new Error('it is not a Patchbay database')
      return version
    } finally {
      db.close()
    }
  } catch (thrown) {
    throw unusable(path, thrown instanceof Error ? thrown.message : String(thrown), thrown)
  }
}

/**
 * Puts a backup in the place of the database. The store must be closed. The present files are kept beside it in
 * `before-restore-<stamp>`; answers that folder, or null where there was no database.
 */
export function restore(backupPath: string, databasePath: string, stamp: string): string | null {
  const version = checkBackup(backupPath)
  const newest = migrations.at(-1)?.version ?? 0
  if (version > newest)
    throw unusable(backupPath, `it was made by a newer version of Patchbay (database version ${version})`)
  mkdirSync(dirname(databasePath), { recursive: true, mode: 0o700 })
  const incoming = `${databasePath}.incoming`
  copyFileSync(backupPath, incoming)
  checkBackup(incoming)
  syncFile(incoming)
  const kept = setAside(databasePath, stamp)
  renameSync(incoming, databasePath)
  return kept
}

/** Database, write-ahead log and index belong together: moved together, never deleted. */
function setAside(databasePath: string, stamp: string): string | null {
  const present = ['', '-wal', '-shm'].filter((suffix) => existsSync(databasePath + suffix))
  if (present.length === 0) return null
  const folder = join(dirname(databasePath), `before-restore-${stamp}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (const suffix of present) renameSync(databasePath + suffix, join(folder, `patchbay.db${suffix}`))
  return folder
}

function syncFile(path: string): void {
  const file = openSync(path, 'r+')
  fsyncSync(file)
  closeSync(file)
}

function unusable(path: string, why: string, cause?: unknown): AppError {
  return new AppError(
    {
      kind: 'config',
      code: 'backup-unusable',
      message: 'This backup cannot be used.',
      kept: 'Nothing was changed.',
      next: 'Choose another backup.',
      details: { path, technical: why.slice(0, 300) },
    },
    cause,
  )
}
