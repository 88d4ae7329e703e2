/** Values that a person corrected for an integration, without touching the source. */
import type Database from 'better-sqlite3'
import type { Correction, Route } from '#main/engine/ports/sync-store.ts'
import type { Value } from '#shared/model/value.ts'
import type { WaitingKey } from './decision-store.ts'

export interface StoredCorrection extends WaitingKey, Correction {
  readonly label: string
  readonly at: string
}

export interface CorrectionStore {
  readonly of: (route: Route, externalId: string) => readonly Correction[]
  readonly list: (limit: number) => readonly StoredCorrection[]
  readonly put: (correction: StoredCorrection) => void
  /** Answers false where there is none. */
  readonly remove: (key: WaitingKey, field: string) => boolean
}

interface CorrectionRow {
  readonly integration: string
  readonly stream: number
  readonly external_id: string
  readonly field: string
  readonly was: string
  readonly value: string
  readonly label: string
  readonly at: string
}

export function createCorrectionStore(db: Database.Database): CorrectionStore {
  const any = db.prepare<[string], number>('select 1 from correction where integration = ? limit 1').pluck()
  const select = db.prepare<[string, number, string], CorrectionRow>(
    'select * from correction where integration = ? and stream = ? and external_id = ?',
  )
  const list = db.prepare<[number], CorrectionRow>('select * from correction order by at desc limit ?')
  const upsert = db.prepare<[string, number, string, string, string, string, string, string]>(`
    insert into correction(integration, stream, external_id, field, was, value, label, at) values (?, ?, ?, ?, ?, ?, ?, ?)
    on conflict do update set
      -- a corrected value that is corrected once more still stands for what the source says
      was = case when value = excluded.was then was else excluded.was end, value = excluded.value, label = excluded.label, at = excluded.at`)
  const remove = db.prepare<[string, number, string, string]>(
    'delete from correction where integration = ? and stream = ? and external_id = ? and field = ?',
  )
  return {
    // Asked for every record: most integrations have none.
    of: (route, externalId) =>
      any.get(route.integrationId) === undefined
        ? []
        : select.all(route.integrationId, route.sourceStream, externalId).map(correction),
    list: (limit) =>
      list.all(limit).map((row) => ({
        integrationId: row.integration,
        stream: row.stream,
        externalId: row.external_id,
        label: row.label,
        at: row.at,
        ...correction(row),
      })),
    put: ({ integrationId, stream, externalId, field, was, value, label, at }) =>
      void upsert.run(integrationId, stream, externalId, field, JSON.stringify(was), JSON.stringify(value), label, at),
    remove: ({ integrationId, stream, externalId }, field) =>
      remove.run(integrationId, stream, externalId, field).changes > 0,
  }
}

/** Written above as JSON of Value. */
function correction(row: CorrectionRow): Correction {
  return { field: row.field, was: JSON.parse(row.was) as Value, value: JSON.parse(row.value) as Value }
}
