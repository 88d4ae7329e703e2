/** Records that wait for a person, over all integrations, and what was decided about them. */
import type Database from 'better-sqlite3'
import type { Route } from '#main/engine/ports/sync-store.ts'
import type { ConflictDecision } from '#main/engine/two-way/decided-units.ts'
import type { ConflictSides, SideValues } from '#shared/model/conflict.ts'
import type { DecisionKind, UnitChoices, WholeDecision } from '#shared/model/decision.ts'
import type { RecordReason } from '#shared/model/run.ts'
import type { Values } from '#shared/model/value.ts'
import { createDeletionWriter } from './deletion-writer.ts'

export interface WaitingKey {
  readonly integrationId: string
  readonly stream: number
  readonly externalId: string
}

export interface WaitingRecord extends WaitingKey {
  readonly label: string
  readonly reason: RecordReason
  /** What was read of the record. */
  readonly values: Values
  /** What both sides hold, where both changed the same. */
  readonly conflict: ConflictSides | null
  readonly firstAt: string
  readonly lastAt: string
  readonly attempts: number
  readonly decision: DecisionKind | null
  /** Of the decision `fields`: what was chosen, by unit. */
  readonly choices: UnitChoices | null
}

export interface LeftOut extends WaitingKey {
  readonly label: string
  readonly decidedAt: string
}

export interface WaitingQuery {
  readonly integrationId?: string
  readonly after?: WaitingKey
  readonly limit: number
}

export interface DecisionStore {
  readonly waiting: (query: WaitingQuery) => readonly WaitingRecord[]
  readonly countWaiting: () => number
  readonly waitingOne: (key: WaitingKey) => WaitingRecord | undefined
  readonly leftOut: (query: WaitingQuery) => readonly LeftOut[]
  readonly of: (route: Route, externalId: string) => DecisionKind | undefined
  /** Undefined: no side was chosen, neither for the record nor for its fields. */
  readonly ofConflict: (route: Route, externalId: string) => ConflictDecision | undefined
  /** Answers false where no such record waits. */
  readonly decide: (key: WaitingKey, kind: WholeDecision, at: string) => boolean
  /** A choice for each unit of a conflict. Answers false where no such record waits. */
  readonly decideFields: (key: WaitingKey, choices: UnitChoices, at: string) => boolean
  /** A record that was deleted and is there again takes part again. Answers false where no such record waits. */
  readonly readmit: (key: WaitingKey, at: string) => boolean
  /** Records that are gone from the source and that nobody has decided about, by integration. */
  readonly countGone: () => readonly { readonly integrationId: string; readonly count: number }[]
  /** One decision for all of them; answers for how many. */
  readonly decideGone: (integrationId: string, kind: 'source' | 'destination', at: string) => number
  /** Takes a decision back. Answers false where there is none. */
  readonly withdraw: (key: WaitingKey) => boolean
}

interface WaitingRow {
  readonly integration: string
  readonly stream: number
  readonly external_id: string
  readonly snapshot: string
  readonly reason: string
  readonly label: string | null
  readonly conflict: string | null
  readonly first_at: string
  readonly last_at: string
  readonly attempts: number
  readonly kind: DecisionKind | null
  readonly choices: string | null
}

const after = `(@integration is null or t.integration = @integration)
  and (@isFirst or (t.integration, t.stream, t.external_id) > (@afterIntegration, @afterStream, @afterId))
  order by t.integration, t.stream, t.external_id limit @limit`

/** Why a deletion waits: see engine/deletes. */
const isGone = `t.reason ->> '$.code' in ('source-gone', 'mass-delete')`

export function createDecisionStore(db: Database.Database): DecisionStore {
  const waiting = db.prepare<[object], WaitingRow>(`
    select t.*, d.kind, d.choices from failed_record t left join decision d using (integration, stream, external_id) where ${after}`)
  const leftOut = db.prepare<
    [object],
    { integration: string; stream: number; external_id: string; label: string; decided_at: string }
  >(`select t.* from decision t where t.kind = 'skip' and ${after}`)
  const waitingOne = db.prepare<[string, number, string], WaitingRow>(`
    select t.*, d.kind, d.choices from failed_record t left join decision d using (integration, stream, external_id)
    where t.integration = ? and t.stream = ? and t.external_id = ?`)
  const count = db.prepare<[], number>('select count(*) from failed_record').pluck()
  const select = db
    .prepare<[string, number, string], DecisionKind>(
      'select kind from decision where integration = ? and stream = ? and external_id = ?',
    )
    .pluck()
  const any = db.prepare<[string], number>('select 1 from decision where integration = ? limit 1').pluck()
  const selectConflict = db.prepare<
    [string, number, string],
    { kind: DecisionKind; choices: string | null; seen: string | null }
  >('select kind, choices, seen from decision where integration = ? and stream = ? and external_id = ?')
  // What both sides held is what the person saw: newer values make it another question.
  const upsert = db.prepare<[{ kind: DecisionKind; choices: string | null; at: string } & WaitingKey]>(`
    insert into decision(integration, stream, external_id, kind, label, decided_at, choices, seen)
    select integration, stream, external_id, @kind, coalesce(label, external_id), @at, @choices,
      case when conflict -> '$.facts' is not null
        then json_object('source', conflict -> '$.source', 'destination', conflict -> '$.destination') end
    from failed_record where integration = @integrationId and stream = @stream and external_id = @externalId
    on conflict do update set kind = excluded.kind, decided_at = excluded.decided_at, choices = excluded.choices, seen = excluded.seen`)
  const removeWaiting = db.prepare<[string, number, string]>(
    'delete from failed_record where integration = ? and stream = ? and external_id = ?',
  )
  const remove = db.prepare<[string, number, string]>(
    'delete from decision where integration = ? and stream = ? and external_id = ?',
  )
  const partsOf = ({ integrationId, stream, externalId }: WaitingKey) => [integrationId, stream, externalId] as const

  const put = (key: WaitingKey, kind: DecisionKind, at: string, choices?: UnitChoices): boolean => {
    const { integrationId, stream, externalId } = key
    const parts = { integrationId, stream, externalId, kind, at, choices: choices ? JSON.stringify(choices) : null }
    return upsert.run(parts).changes > 0
  }

  const decide = db.transaction((key: WaitingKey, kind: WholeDecision, at: string): boolean => {
    const isWaiting = put(key, kind, at)
    // What is left out waits for nobody any more.
    if (isWaiting && kind === 'skip') removeWaiting.run(...partsOf(key))
    return isWaiting
  })

  const countGone = db.prepare<[], { integrationId: string; count: number }>(`
    select t.integration as integrationId, count(*) as count
    from failed_record t left join decision d using (integration, stream, external_id)
    where ${isGone} and d.kind is null group by t.integration`)
  const decideGone = db.prepare<[DecisionKind, string, string]>(`
    insert into decision(integration, stream, external_id, kind, label, decided_at)
    select integration, stream, external_id, ?, coalesce(label, external_id), ? from failed_record t
    where integration = ? and ${isGone} on conflict do nothing`)
  const forgetCheckpoint = db.prepare<[string, number]>('delete from checkpoint where integration = ? and stream = ?')
  const withdraw = db.transaction((key: WaitingKey): boolean => {
    const wasLeftOut = select.get(...partsOf(key)) === 'skip'
    // Nothing may have changed in it since: only reading everything meets it.
    if (wasLeftOut) forgetCheckpoint.run(key.integrationId, key.stream)
    return remove.run(...partsOf(key)).changes > 0
  })
  const deletions = createDeletionWriter(db)
  const readmit = db.transaction((key: WaitingKey, at: string): boolean => {
    const isWaiting = put(key, 'source', at)
    if (isWaiting) deletions.exhume(key.stream, key.externalId)
    return isWaiting
  })

  return {
    countGone: () => countGone.all(),
    decideGone: (integrationId, kind, at) => decideGone.run(kind, at, integrationId).changes,
    readmit: (key, at) => readmit.immediate(key, at),
    waiting: (query) => waiting.all(parametersOf(query)).map(waitingRecord),
    waitingOne: (key) => {
      const row = waitingOne.get(...partsOf(key))
      return row && waitingRecord(row)
    },
    countWaiting: () => count.get() ?? 0,
    leftOut: (query) =>
      leftOut.all(parametersOf(query)).map((row) => ({ ...keyOf(row), label: row.label, decidedAt: row.decided_at })),
    of: (route, externalId) =>
      any.get(route.integrationId) === undefined
        ? undefined
        : select.get(route.integrationId, route.sourceStream, externalId),
    ofConflict: (route, externalId) => {
      if (any.get(route.integrationId) === undefined) return undefined
      const row = selectConflict.get(route.integrationId, route.sourceStream, externalId)
      return row && conflictDecision(row)
    },
    decide: (key, kind, at) => decide.immediate(key, kind, at),
    decideFields: (key, choices, at) => put(key, 'fields', at, choices),
    withdraw: (key) => withdraw.immediate(key),
  }
}

function parametersOf({ integrationId, after: last, limit }: WaitingQuery) {
  return {
    integration: integrationId ?? null,
    isFirst: last ? 0 : 1,
    afterIntegration: last?.integrationId ?? '',
    afterStream: last?.stream ?? 0,
    afterId: last?.externalId ?? '',
    limit,
  }
}

function keyOf(row: Pick<WaitingRow, 'integration' | 'stream' | 'external_id'>): WaitingKey {
  return { integrationId: row.integration, stream: row.stream, externalId: row.external_id }
}

/** JSON columns are written by this folder only. */
function conflictDecision(row: {
  readonly kind: DecisionKind
  readonly choices: string | null
  readonly seen: string | null
}): ConflictDecision | undefined {
  if (row.kind === 'skip') return undefined
  const seen = row.seen === null ? null : (JSON.parse(row.seen) as SideValues)
  return { choices: row.kind === 'fields' ? (JSON.parse(row.choices ?? '{}') as UnitChoices) : row.kind, seen }
}

/** JSON columns, see above. */
function waitingRecord(row: WaitingRow): WaitingRecord {
  return {
    ...keyOf(row),
    label: row.label ?? row.external_id,
    reason: JSON.parse(row.reason) as RecordReason,
    values: JSON.parse(row.snapshot) as Values,
    conflict: row.conflict === null ? null : (JSON.parse(row.conflict) as ConflictSides),
    firstAt: row.first_at,
    lastAt: row.last_at,
    attempts: row.attempts,
    decision: row.kind,
    choices: row.choices === null ? null : (JSON.parse(row.choices) as UnitChoices),
  }
}
