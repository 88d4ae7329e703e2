/** Records that could not be written: kept with their source values, so that the next run plans them again. */
import type Database from 'better-sqlite3'
import { isSameValue } from '#main/engine/diff.ts'
import type { FailedRecord, Route } from '#main/engine/ports/sync-store.ts'
import { hashOf } from '#main/engine/source-side.ts'
import type { ConflictSides, SideValues } from '#shared/model/conflict.ts'
import type { RecordReason } from '#shared/model/run.ts'
import type { Values } from '#shared/model/value.ts'

export interface FailedRecords {
  readonly put: (route: Route, record: FailedRecord, atMs: number) => void
  readonly remove: (route: Route, externalId: string) => void
  /** One of two directions is written: answers whether the record still waits for the other. */
  readonly keepHalf: (route: Route, externalId: string, written: 'forward' | 'back') => boolean
  readonly list: (route: Route, before: string, limit: number) => readonly FailedRecord[]
}

export function createFailedRecords(db: Database.Database): FailedRecords {
  const upsert = db.prepare(`
    insert into failed_record(integration, stream, external_id, snapshot, reason, label, conflict, first_at, last_at, attempts)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
    on conflict do update set snapshot = excluded.snapshot, reason = excluded.reason, label = excluded.label,
      conflict = excluded.conflict, written = null, last_at = excluded.last_at, attempts = attempts + 1`)
  const remove = db.prepare<[string, number, string]>(
    'delete from failed_record where integration = ? and stream = ? and external_id = ?',
  )
  // It is settled: which side counts was about this time only; what is left out stays left out.
  const removeDecision = db.prepare<[string, number, string]>(
    `delete from decision where integration = ? and stream = ? and external_id = ? and kind <> 'skip'`,
  )
  const selectSeen = db
    .prepare<[string, number, string], string | null>(
      'select seen from decision where integration = ? and stream = ? and external_id = ?',
    )
    .pluck()
  const selectWritten = db
    .prepare<[string, number, string], string | null>(
      'select written from failed_record where integration = ? and stream = ? and external_id = ?',
    )
    .pluck()
  const setWritten = db.prepare<[string, string, number, string]>(
    'update failed_record set written = ? where integration = ? and stream = ? and external_id = ?',
  )
  /** What was decided about other values, or cannot be carried out, would stand in the way of a new decision. */
  const dropOutdatedDecision = ({ integrationId, sourceStream }: Route, record: FailedRecord): void => {
    const { source, conflict, reason } = record
    if (!conflict) return
    const key = [integrationId, sourceStream, source.externalId] as const
    const text = selectSeen.get(...key)
    // Written by decision-store.ts as JSON of SideValues.
    const seen = text ? (JSON.parse(text) as SideValues) : undefined
    if (seen && (reason.code === 'own-value-refused' || !isWithin(conflict, seen))) removeDecision.run(...key)
  }
  const list = db.prepare<[string, number, string, number], { external_id: string; snapshot: string; reason: string }>(
    'select external_id, snapshot, reason from failed_record where integration = ? and stream = ? and last_at < ? order by last_at limit ?',
  )
  const any = db
    .prepare<[string, number], number>('select 1 from failed_record where integration = ? and stream = ? limit 1')
    .pluck()
  let emptyFor = ''

  return {
    put: (route, record, atMs) => {
      emptyFor = ''
      const at = new Date(atMs).toISOString()
      upsert.run(
        route.integrationId,
        route.sourceStream,
        record.source.externalId,
        record.source.text,
        JSON.stringify(record.reason),
        record.label ?? null,
        record.conflict ? JSON.stringify(record.conflict) : null,
        at,
        at,
      )
      dropOutdatedDecision(route, record)
    },
    remove: (route, externalId) => {
      // Most runs have none: one look answers for all records until something fails.
      const key = `${route.integrationId} ${route.sourceStream}`
      if (emptyFor === key) return
      if (any.get(route.integrationId, route.sourceStream) === undefined) emptyFor = key
      else {
        remove.run(route.integrationId, route.sourceStream, externalId)
        removeDecision.run(route.integrationId, route.sourceStream, externalId)
      }
    },
    keepHalf: ({ integrationId, sourceStream }, externalId, written) => {
      const key = [integrationId, sourceStream, externalId] as const
      const before = selectWritten.get(...key)
      if (before === undefined || (before !== null && before !== written)) return false
      setWritten.run(written, ...key)
      return true
    },
    list: (route, before, limit) =>
      list.all(route.integrationId, route.sourceStream, before, limit).map((row) => ({
        source: {
          externalId: row.external_id,
          base: JSON.parse(row.snapshot) as Values,
          text: row.snapshot,
          hash: hashOf(row.snapshot),
          version: null,
        },
        reason: JSON.parse(row.reason) as RecordReason,
      })),
  }
}

/** Whether a conflict is still about values that were seen: a field that became empty since is another value. */
function isWithin(conflict: ConflictSides, seen: SideValues): boolean {
  const units = conflict.facts?.units ?? []
  const isSeen = (side: 'source' | 'destination', fields: readonly string[]): boolean =>
    fields.every((field) => isSameValue(seen[side][field], conflict[side][field]))
  return units.every(
    ({ sourceFields, destinationFields }) => isSeen('source', sourceFields) && isSeen('destination', destinationFields),
  )
}
