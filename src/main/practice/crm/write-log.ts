/** What was really written, on the service's own side: tests count here how often each record was created or changed. */
import type Database from 'better-sqlite3'
import type { JsonObject } from '#shared/json.ts'
import { type ObjectName, objectNames, objectRules } from './object-rules.ts'

export type LoggedOperation = 'create' | 'update' | 'unchanged' | 'archive'

interface LogEntry {
  readonly atMs: number
  readonly object: ObjectName
  readonly recordNumber: number
  readonly operation: LoggedOperation
  readonly version: number
  readonly idempotencyKey: string | null
}

export interface WriteLog {
  readonly add: (entry: LogEntry) => void
  /** Entries after a sequence number, oldest first. */
  readonly page: (afterSeq: number, limit: number) => readonly JsonObject[]
  /** Writes by object and operation. */
  readonly totals: () => Record<ObjectName, Record<LoggedOperation, number>>
}

interface LogRow {
  readonly seq: number
  readonly at: number
  readonly object: ObjectName
  readonly record_id: number
  readonly operation: LoggedOperation
  readonly version: number
  readonly idempotency_key: string | null
}

export function writeLog(database: Database.Database): WriteLog {
  const insert = database.prepare(
    'INSERT INTO write_log (at, object, record_id, operation, version, idempotency_key) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const page = database.prepare<[number, number], LogRow>('SELECT * FROM write_log WHERE seq > ? ORDER BY seq LIMIT ?')
  const totals = database.prepare<[], { object: ObjectName; operation: LoggedOperation; total: number }>(
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
        id: objectRules[row.object].idPrefix + row.record_id,
        operation: row.operation,
        version: row.version,
        idempotency_key: row.idempotency_key,
      })),
    totals: () => {
      const result = Object.fromEntries(
        objectNames.map((name) => [name, { create: 0, update: 0, unchanged: 0, archive: 0 }]),
        // Every object name has an entry by construction.
      ) as Record<ObjectName, Record<LoggedOperation, number>>
      for (const row of totals.all()) result[row.object][row.operation] = row.total
      return result
    },
  }
}
