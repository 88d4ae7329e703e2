/** The run log: one row per record that was changed, held, failed or skipped by a rule. */
import type Database from 'better-sqlite3'
import type { RecordDraft } from '#main/engine/ports/sync-store.ts'
import type { Outcome, RecordReason, RunRecord } from '#shared/model/run.ts'
import type { Values } from '#shared/model/value.ts'
import { createRunNumbers } from './run-numbers.ts'

export interface RecordLog {
  /** `afterText`: `after` of the one record as JSON, where the caller has it already. */
  readonly append: (to: LogPlace, records: readonly RecordDraft[], afterText?: string) => void
  readonly page: (query: RecordQuery) => readonly RunRecord[]
  /** Records that the run wrote, in the order in which it did. */
  readonly written: (runId: string, afterSeq: number, limit: number) => readonly RunRecord[]
  /** The highest number among the records of a run; 0: it has none. */
  readonly lastSeq: (runId: string) => number
  /** What is held or failed, grouped by the code and field of its reason, the most frequent first. */
  readonly causes: (runId: string) => readonly Cause[]
}

export interface LogPlace {
  readonly runId: string
  readonly atMs: number
  /** Two-way: from the destination into the source. */
  readonly isBack: boolean
}

export interface Cause {
  readonly outcome: Outcome
  readonly code: string
  readonly field: string | null
  readonly count: number
  /** The reason of the first of these records. */
  readonly example: RecordReason
}

export interface RecordQuery {
  readonly runId: string
  /** Keyset paging: rows after this number. */
  readonly afterSeq: number
  /** Rows up to this number only. */
  readonly untilSeq?: number
  readonly limit: number
  readonly outcome?: Outcome | undefined
  /** Code of the reason, and its field where it has one. */
  readonly cause?: string | undefined
  readonly field?: string | undefined
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
  readonly is_back: number | null
}

interface CauseRow {
  readonly outcome: Outcome
  readonly code: string
  readonly field: string | null
  readonly count: number
  readonly reason: string
}

export function createRecordLog(db: Database.Database): RecordLog {
  const insert = db.prepare(
    'insert into run_record(run, seq, outcome, source_id, destination_id, label, before, after, reason, at, is_back) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const lastSeq = db.prepare<[number], number | null>('select max(seq) from run_record where run = ?').pluck()
  const runNumber = createRunNumbers(db)
  const causes = db.prepare<[number, number], CauseRow>(`
    select outcome, reason ->> '$.code' as code, reason ->> '$.field' as field, count(*) as count, reason, min(seq)
    from run_record where run = ? and outcome in ('held', 'failed') and reason is not null
    group by 1, 2, 3 order by count(*) desc, min(seq) limit ?`)
  const written = db.prepare<[number, number, number], RecordRow>(`
    select * from run_record where run = ? and seq > ? and outcome in ('created', 'updated', 'deleted') order by seq limit ?`)
  let last = { runId: '', number: 0, seq: 0 }

  return {
    append: ({ runId, atMs, isBack }, records, afterText) => {
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
          isBack ? 1 : 0,
        )
      }
    },
    page: (query) => {
      const { sql, values } = pageSql(runNumber(query.runId), query)
      return db
        .prepare<unknown[], RecordRow>(sql)
        .all(...values)
        .map(runRecord)
    },
    written: (runId, afterSeq, limit) => written.all(runNumber(runId), afterSeq, limit).map(runRecord),
    lastSeq: (runId) => lastSeq.get(runNumber(runId)) ?? 0,
    causes: (runId) =>
      causes.all(runNumber(runId), mostCauses).map(({ outcome, code, field, count, reason }) => ({
        outcome,
        code,
        field,
        count,
        // Written by `append` above.
        example: JSON.parse(reason) as RecordReason,
      })),
  }
}

const mostCauses = 100

/** Conditions come and go with what the person chose; every value is a parameter. */
function pageSql(run: number, query: RecordQuery): { readonly sql: string; readonly values: readonly unknown[] } {
  const conditions = ['run = ?', 'seq > ?']
  const values: unknown[] = [run, query.afterSeq]
  const add = (condition: string, ...parameters: readonly unknown[]): void => {
    conditions.push(condition)
    values.push(...parameters)
  }
  if (query.untilSeq) add('seq <= ?', query.untilSeq)
  if (query.outcome) add('outcome = ?', query.outcome)
  if (query.cause) add(`reason ->> '$.code' = ?`, query.cause)
  if (query.field) add(`reason ->> '$.field' = ?`, query.field)
  if (query.search) {
    const like = `%${query.search.replace(/[\\%_]/g, '\\$&')}%`
    add(
      `(label like ? escape '\\' or source_id like ? escape '\\' or destination_id like ? escape '\\')`,
      like,
      like,
      like,
    )
  }
  // Without statistics SQLite would walk through all records of the run to the rare ones.
  const table = query.outcome ? 'run_record indexed by run_record_by_outcome' : 'run_record'
  return {
    sql: `select * from ${table} where ${conditions.join(' and ')} order by seq limit ?`,
    values: [...values, query.limit],
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
    ...(row.is_back === 1 && { isBack: true }),
  }
}
