/** Checks after an unclean stop: the journal before the first write, the rest in the background. */
import type Database from 'better-sqlite3'
import { AppError } from '#shared/errors.ts'

/** Without these a write, or a due time, could be done twice: they are checked before anything is written. */
export const journalTables = [
  'intent',
  'run',
  'member',
  'agreement',
  'cluster',
  'stream',
  'checkpoint',
  'failed_record',
  'schedule',
  'slot',
] as const

/** Throws AppError `database-damaged` when one of the tables fails SQLite's own check. */
export function checkTables(db: Database.Database, tables: readonly string[]): void {
  for (const table of tables) {
    const problems = problemsOf(db, table)
    if (problems.length > 0) throw damagedTable(table, problems)
  }
}

/** The journal's tables that this database has: one of an older version has fewer until it is brought up to date. */
export function presentJournalTables(db: Database.Database): readonly string[] {
  const present = tableNames(db)
  return journalTables.filter((table) => present.includes(table))
}

/** All tables but the journal's, for the background. */
export function otherTables(db: Database.Database): readonly string[] {
  return tableNames(db).filter((name) => !journalTables.some((table) => table === name))
}

function tableNames(db: Database.Database): readonly string[] {
  return db
    .prepare<[], string>(`select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'`)
    .pluck()
    .all()
}

function problemsOf(db: Database.Database, table: string): readonly string[] {
  try {
    const rows = db.prepare<[], string>(`pragma quick_check("${table}")`).pluck().all()
    return rows.filter((row) => row !== 'ok')
  } catch (thrown) {
    return [thrown instanceof Error ? thrown.message : String(thrown)]
  }
}

function damagedTable(table: string, problems: readonly string[]): AppError {
  return new AppError({
    kind: 'config',
    code: 'database-damaged',
    message: 'The database of this data folder is damaged: its check after the last unclean stop failed.',
    kept: 'Nothing was written to it or to any service; the file is left as it is.',
    next: 'Restore the newest backup with "patchbay restore", or ask for help before changing anything.',
    details: { table, technical: problems.slice(0, 3).join('; ').slice(0, 300) },
  })
}
