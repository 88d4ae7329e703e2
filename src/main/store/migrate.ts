/** Brings a database to the version of this build: each migration in one transaction, after a backup of the old file. */
import type Database from 'better-sqlite3'
import { AppError } from '#shared/errors.ts'

export interface Migration {
  readonly version: number
  readonly name: string
  readonly sql: string
}

export function schemaVersion(db: Database.Database): number {
  return Number(db.pragma('user_version', { simple: true }))
}

/**
 * Runs what is missing, oldest first. Throws AppError `database-newer` for a database of a newer build and
 * `migration-failed` (nothing changed) when a step fails; never continues after a failure.
 */
export function migrate(db: Database.Database, migrations: readonly Migration[]): void {
  const newest = migrations.at(-1)?.version ?? 0
  const current = schemaVersion(db)
  if (current > newest) throw newerDatabase(current, newest)
  for (const migration of migrations) runStep(db, migration)
}

function runStep(db: Database.Database, migration: Migration): void {
  const step = db.transaction(() => {
    // Read inside the transaction: another process may have made the step meanwhile.
    if (schemaVersion(db) >= migration.version) return
    db.exec(migration.sql)
    db.pragma(`user_version = ${migration.version}`)
    const broken = db.pragma('foreign_key_check')
    if (Array.isArray(broken) && broken.length > 0) throw new Error(`${broken.length} rows without their parent`)
  })
  try {
    step.immediate()
  } catch (cause) {
    throw new AppError(
      {
        kind: 'bug',
        code: 'migration-failed',
        message: `The database could not be brought to version ${migration.version} (${migration.name}).`,
        kept: 'The database is unchanged, and a copy of it was made beforehand.',
        next: 'Go on with the previous version of Patchbay and report the details.',
        details: { technical: cause instanceof Error ? cause.message : String(cause) },
      },
      cause,
    )
  }
}

function newerDatabase(found: number, known: number): AppError {
  return new AppError({
    kind: 'config',
    code: 'database-newer',
    message: `This data folder was written by a newer version of Patchbay (database version ${found}; this one knows ${known}).`,
    kept: 'Nothing was changed.',
    next: 'Install the newer version again, or restore a backup made with this one.',
    details: { found, known },
  })
}
