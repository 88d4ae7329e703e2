/** The storage of the practice CRM: one SQLite file, durable before every answer. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { AppError } from '#shared/errors.ts'
import { idempotencyTableSql } from '../kit/idempotency.ts'
import { type ObjectRule, objectNames, objectRules } from './object-rules.ts'

const layoutVersion = 1

/** Opens or creates the file. Throws AppError (config) for a file of a newer version. */
export function openCrmDatabase(dataFolder: string): Database.Database {
  const database = new Database(join(dataFolder, 'crm.sqlite'))
  database.pragma('journal_mode = WAL')
  // FULL syncs the WAL at every commit: what was answered survives a power cut. NORMAL would not.
  database.pragma('synchronous = FULL')
  database.pragma('mmap_size = 0')
  database.pragma('cache_size = -16000')
  const found = Number(database.pragma('user_version', { simple: true }))
  if (found > layoutVersion) {
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
    for (const name of objectNames) database.exec(objectTableSql(objectRules[name]))
    database.exec(idempotencyTableSql)
    database.exec(writeLogSql)
    database.pragma(`user_version = ${layoutVersion}`)
  })()
  return database
}

function objectTableSql({ path }: ObjectRule): string {
  return `
CREATE TABLE IF NOT EXISTS ${path} (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  archived_at INTEGER,
  unique_key TEXT,
  external_ref TEXT,
  fields TEXT NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS ${path}_unique_key ON ${path} (unique_key) WHERE unique_key IS NOT NULL AND archived_at IS NULL;
CREATE INDEX IF NOT EXISTS ${path}_changed ON ${path} (updated_at, id, archived_at);
CREATE INDEX IF NOT EXISTS ${path}_external_ref ON ${path} (external_ref) WHERE external_ref IS NOT NULL AND archived_at IS NULL;`
}

const writeLogSql = `
CREATE TABLE IF NOT EXISTS write_log (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  object TEXT NOT NULL,
  record_id INTEGER NOT NULL,
  operation TEXT NOT NULL,
  version INTEGER NOT NULL,
  idempotency_key TEXT
)`
