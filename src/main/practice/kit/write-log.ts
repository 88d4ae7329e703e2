/** What was really written, on the service's own side: tests count here how often each record was created or changed. */
import type Database from 'better-sqlite3'
import type { JsonObject } from '#shared/json.ts'

export type LoggedOperation = 'create' | 'update' | 'unchanged' | 'archive'

export const writeLogSql = `
CREATE TABLE IF NOT EXISTS write_log (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  object TEXT NOT NULL,
  record_id INTEGER NOT NULL,
  operation TEXT NOT NULL,
  version INTEGER NOT NULL,
  idempotency_key TEXT
)`

interface LogEntry<Name extends string> {
  readonly atMs: number
  readonly object: Name
  readonly recordNumber: number
  readonly operation: LoggedOperation
  readonly version: number
  /** null: none was sent, or the service knows none. */
  readonly idempotencyKey: string | null
}

export interface WriteLog<Name extends string> {
  readonly add: (entry: LogEntry<Name>) => void
  /** Entries after a sequence number, oldest first. */
  readonly page: (afterSeq: number, limit: number) => readonly JsonObject[]
  /** Writes by object and operation. */
  readonly totals: () => Record<Name, Record<LoggedOperation, number>>
}

interface LogRow<Name extends string> {
  readonly seq: number
  readonly at: number
  readonly object: Name
  readonly record_id: number
  readonly operation: LoggedOperation
  readonly version: number
  readonly idempotency_key: string | null
}

export interface LoggedObjects<Name extends string> {
  readonly names: readonly Name[]
  /** The id of a record as the API shows it. */
  readonly idOf: (object: Name, recordNumber: number) => string
}

export function writeLog<Name extends string>(
  database: Database.Database,
  { names, idOf }: LoggedObjects<Name>,
): WriteLog<Name> {
  const insert = database.prepare(
    'INSERT INTO write_log (at, object, record_id, operation, version, idempotency_key) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const page = database.prepare<[number, number], LogRow<Name>>(
    'SELECT * FROM write_log WHERE seq > ? ORDER BY seq LIMIT ?',
  )
  const totals = database.prepare<[], { object: Name; operation: LoggedOperation; total: number }>(
    'SELECT object, operation, COUNT(*) AS total FROM write_log GROUP BY object, operation',
  )
  return {
    add: (entry) => {
      insert.run(entry.atMs, entry.object, entry.recordNumber, entry.operation, entry.version, entry.idempotencyKey)
    },
    page: (afterSeq, limit) =>
      page.all(afterSeq, limit).map((row) => ({
        seq: row.seq,
        at: new Date(row.at).toISOString(),
        object: row.object,
        id: idOf(row.object, row.record_id),
        operation: row.operation,
        version: row.version,
        idempotency_key: row.idempotency_key,
      })),
    totals: () => {
      const result = Object.fromEntries(
        names.map((name) => [name, { create: 0, update: 0, unchanged: 0, archive: 0 }]),
        // Every object name has an entry by construction.
      ) as Record<Name, Record<LoggedOperation, number>>
      for (const row of totals.all()) result[row.object][row.operation] = row.total
      return result
    },
  }
}
