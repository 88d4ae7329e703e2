/** The run log: one row per record that was changed, held, failed or skipped by a rule. */
import type Database from 'better-sqlite3'
import type { RecordDraft } from '#main/engine/ports/sync-store.ts'
import type { Outcome, RecordReason, RunRecord } from '#shared/model/run.ts'
import type { Values } from '#shared/model/value.ts'
import { createRunNumbers } from './run-numbers.ts'

export interface RecordLog {
  /** `afterText`: `after` of the one record as JSON, where the caller has it already. */
  readonly append: (runId: string, records: readonly RecordDraft[], atMs: number, afterText?: string) => void
  readonly page: (query: RecordQuery) => readonly RunRecord[]
}

export interface RecordQuery {
  readonly runId: string
  /** Keyset paging: rows after this number. */
  readonly afterSeq: number
  readonly limit: number
  readonly outcome?: Outcome | undefined
  /** Part of label, source id or destination id. */
  readonly search?: string | undefined
}

interface RecordRow {
  readonly seq: number
  readonly outcome: Outcome
  readonly source_id: string
  readonly destination_id: string | null
  readonly label: string
  readonly before: string | null
  readonly after: string | null
  readonly reason: string | null
  readonly at: string
}

export function createRecordLog(db: Database.Database): RecordLog {
  const insert = db.prepare(
    'insert into run_record(run, seq, outcome, source_id, destination_id, label, before, after, reason, at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const lastSeq = db.prepare<[number], number | null>('select max(seq) from run_record where run = ?').pluck()
  const runNumber = createRunNumbers(db)
  const page = db.prepare<[number, number, number], RecordRow>(
    'select * from run_record where run = ? and seq > ? order by seq limit ?',
  )
  const pageOf = db.prepare<[number, string, number, number], RecordRow>(
    'select * from run_record where run = ? and outcome = ? and seq > ? order by seq limit ?',
  )
  const searched = db.prepare<
    [number, number, string | null, string | null, string, string, string, number],
    RecordRow
  >(`
    select * from run_record where run = ? and seq > ? and (? is null or outcome = ?)
      and (label like ? escape '\\' or source_id like ? escape '\\' or destination_id like ? escape '\\') order by seq limit ?`)
  let last = { runId: '', number: 0, seq: 0 }

  return {
    append: (runId, records, atMs, afterText) => {
      if (records.length === 0) return
      // Another run may have written in between; then its own last number is asked for again.
      if (last.runId !== runId) {
        const number = runNumber(runId)
        last = { runId, number, seq: lastSeq.get(number) ?? 0 }
      }
      const at = new Date(atMs).toISOString()
      for (const record of records) {
        last.seq += 1
        insert.run(
          last.number,
          last.seq,
          record.outcome,
          record.sourceId,
          record.destinationId,
          record.label,
          text(record.before),
          afterText ?? text(record.after),
          text(record.reason),
          at,
        )
      }
    },
    page: (query) => {
      const run = runNumber(query.runId)
      if (query.search) {
        const like = `%${query.search.replace(/[\\%_]/g, '\\$&')}%`
        const outcome = query.outcome ?? null
        return searched.all(run, query.afterSeq, outcome, outcome, like, like, like, query.limit).map(runRecord)
      }
      const rows = query.outcome
        ? pageOf.all(run, query.outcome, query.afterSeq, query.limit)
        : page.all(run, query.afterSeq, query.limit)
      return rows.map(runRecord)
    },
  }
}

function text(value: Values | RecordReason | null): string | null {
  return value === null ? null : JSON.stringify(value)
}

function runRecord(row: RecordRow): RunRecord {
  return {
    seq: row.seq,
    outcome: row.outcome,
    sourceId: row.source_id,
    destinationId: row.destination_id,
    label: row.label,
    // Written by `append` above.
    before: row.before === null ? null : (JSON.parse(row.before) as Values),
    after: row.after === null ? null : (JSON.parse(row.after) as Values),
    reason: row.reason === null ? null : (JSON.parse(row.reason) as RecordReason),
    at: row.at,
  }
}
