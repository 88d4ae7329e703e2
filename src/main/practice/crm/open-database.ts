/** The storage of the practice CRM: one SQLite file with a table per object. */
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { idempotencyTableSql } from '../kit/idempotency.ts'
import { openServiceDatabase } from '../kit/service-database.ts'
import { writeLogSql } from '../kit/write-log.ts'
import { type ObjectRule, objectNames, objectRules } from './object-rules.ts'

const layoutVersion = 1

/** Opens or creates the file. Throws AppError (config) for a file of a newer version. */
export function openCrmDatabase(dataFolder: string): Database.Database {
  return openServiceDatabase({
    path: join(dataFolder, 'crm.sqlite'),
    version: layoutVersion,
    tables: [...objectNames.map((name) => objectTableSql(objectRules[name])), idempotencyTableSql, writeLogSql],
  })
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
