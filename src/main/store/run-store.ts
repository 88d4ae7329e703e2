/** Runs: begin, interrupt, take up, finish; and the checkpoint a finished run leaves. */
import type Database from 'better-sqlite3'
import type {
  Checkpoint,
  ReadPosition,
  Route,
  RunEnd,
  RunStart,
  RunStore,
  StoredRun,
} from '#main/engine/ports/sync-store.ts'
import type { ErrorInfo } from '#shared/errors.ts'
import {
  noOutcomes,
  type OutcomeCounts,
  type Run,
  type RunNote,
  type RunSelection,
  type RunState,
  type RunTimings,
  type RunTrigger,
  runSelections,
} from '#shared/model/run.ts'

export interface RunRepository extends RunStore {
  readonly get: (runId: string) => Run | undefined
  /** The latest run that took this one back. */
  readonly undoneBy: (runId: string) => string | undefined
  /** Newest first. */
  readonly list: (query: RunQuery) => readonly Run[]
  /** At start-up: runs that a killed process left running are interrupted. Answers how many. */
  readonly interruptAll: () => number
}

export interface RunQuery {
  readonly integrationId?: string
  readonly selection?: RunSelection
  /** Only older ones than this. */
  readonly before?: { readonly startedAt: string; readonly id: string }
  readonly limit: number
}

interface RunRow {
  readonly id: string
  readonly integration: string
  readonly integration_version: number
  readonly plan: string | null
  readonly state: RunState
  readonly started_at: string
  readonly ended_at: string | null
  readonly position: string
  readonly read_count: number
  readonly counts: string
  readonly resume_count: number
  readonly timings: string | null
  readonly error: string | null
  readonly server_time: string | null
  readonly started_by: RunTrigger | null
  readonly undoes: string | null
  readonly history_pruned_at: string | null
  readonly notes: string | null
}

export function createRunStore(db: Database.Database): RunRepository {
  const insert = db.prepare<[string, string, number, string | null, string, string, string | null]>(
    `insert into run(id, integration, integration_version, plan, state, started_at, counts, started_by) values (?, ?, ?, ?, 'running', ?, ?, ?)`,
  )
  const select = db.prepare<[string], RunRow>(`${selectRun} where r.id = ?`)
  const selectInterrupted = db.prepare<[string], RunRow>(
    `${selectRun} where r.integration = ? and r.state in ('interrupted', 'paused') order by r.started_at desc limit 1`,
  )
  const takeUp = db.prepare<[string]>(
    `update run set state = 'running', ended_at = null, error = null, resume_count = resume_count + 1 where id = ?`,
  )
  const setState = db.prepare<[RunState, string]>('update run set state = ? where id = ?')
  const finish = db.prepare<[RunState, string, string, string | null, string | null, string]>(
    'update run set state = ?, ended_at = ?, timings = ?, error = ?, notes = ? where id = ?',
  )
  const selectCheckpoint = db.prepare<
    [string, number],
    { since: string | null; settings_hash: string; full_at: string | null }
  >('select since, settings_hash, full_at from checkpoint where integration = ? and stream = ?')
  const upsertCheckpoint = db.prepare<[string, number, string | null, string, string | null]>(`
    insert into checkpoint(integration, stream, since, settings_hash, full_at) values (?, ?, ?, ?, ?)
    on conflict do update set since = excluded.since, settings_hash = excluded.settings_hash, full_at = excluded.full_at`)
  const undoneBy = db
    .prepare<[string], string>(
      'select r.id from plan p join run r on r.plan = p.id where p.undoes = ? order by r.started_at desc, r.id desc limit 1',
    )
    .pluck()
  const interruptAll = db.prepare(`update run set state = 'interrupted' where state = 'running'`)
  const lists = new Map(
    [undefined, ...runSelections].map((selection) => [selection, prepareList(db, selection)] as const),
  )

  const saveCheckpoint = ({ integrationId, sourceStream }: Route, { since, settingsHash, fullAt }: Checkpoint): void =>
    void upsertCheckpoint.run(integrationId, sourceStream, since, settingsHash, fullAt)

  const end = db.transaction(
    (route: Route, runId: string, { state, endedAt, timings, error, notes, checkpoint }: RunEnd) => {
      const noted = notes.length > 0 ? JSON.stringify(notes) : null
      finish.run(state, endedAt, JSON.stringify(timings), error && JSON.stringify(error), noted, runId)
      if (checkpoint) saveCheckpoint(route, checkpoint)
    },
  )

  return {
    begin: (route, start: RunStart) => {
      insert.run(
        start.id,
        route.integrationId,
        route.integrationVersion,
        start.planId,
        start.startedAt,
        JSON.stringify(noOutcomes),
        start.trigger ?? null,
      )
      return stored(select.get(start.id))
    },
    interrupted: (integrationId) => {
      const row = selectInterrupted.get(integrationId)
      return row && stored(row)
    },
    takeUp: (runId) => void takeUp.run(runId),
    setState: (runId, state) => void setState.run(state, runId),
    finish: (route, runId, runEnd) => end.immediate(route, runId, runEnd),
    checkpoint: (route): Checkpoint | undefined => {
      const row = selectCheckpoint.get(route.integrationId, route.sourceStream)
      return row && { since: row.since, settingsHash: row.settings_hash, fullAt: row.full_at }
    },
    saveCheckpoint,
    get: (runId) => {
      const row = select.get(runId)
      return row && run(row)
    },
    undoneBy: (runId) => undoneBy.get(runId),
    list: ({ integrationId = null, selection, before, limit }) =>
      (
        lists.get(selection)?.all({ integrationId, at: before?.startedAt ?? null, id: before?.id ?? '', limit }) ?? []
      ).map(run),
    interruptAll: () => interruptAll.run().changes,
  }
}

/** A run, and of its plan the run that it takes back. */
const selectRun = 'select r.*, p.undoes from run r left join plan p on p.id = r.plan'

interface ListParameters {
  readonly integrationId: string | null
  readonly at: string | null
  readonly id: string
  readonly limit: number
}

const conditions: { readonly [S in RunSelection]: string } = {
  open: `r.state in ('running', 'paused', 'interrupted')`,
  'needs-person': `(r.state in ('failed', 'interrupted') or r.counts ->> 'failed' + r.counts ->> 'held' > 0)`,
  changed: `r.counts ->> 'created' + r.counts ->> 'updated' + r.counts ->> 'deleted' > 0`,
}

function prepareList(db: Database.Database, selection: RunSelection | undefined) {
  return db.prepare<[ListParameters], RunRow>(`
    ${selectRun}
    where (@integrationId is null or r.integration = @integrationId)
      and (@at is null or (r.started_at, r.id) < (@at, @id))
      and ${selection === undefined ? 'true' : conditions[selection]}
    order by r.started_at desc, r.id desc limit @limit`)
}

/** JSON columns are written by this folder only. */
function counts(row: RunRow): OutcomeCounts {
  return { ...noOutcomes, ...(JSON.parse(row.counts) as Partial<OutcomeCounts>) }
}

function stored(row: RunRow | undefined): StoredRun {
  if (!row) throw new Error('the run that was just written cannot be read')
  return {
    id: row.id,
    planId: row.plan,
    integrationVersion: row.integration_version,
    state: row.state,
    position: JSON.parse(row.position) as ReadPosition,
    readCount: row.read_count,
    counts: counts(row),
    serverTime: row.server_time,
  }
}

function run(row: RunRow): Run {
  return {
    id: row.id,
    integrationId: row.integration,
    integrationVersion: row.integration_version,
    planId: row.plan,
    undoes: row.undoes,
    state: row.state,
    ...(row.started_by === null ? {} : { trigger: row.started_by }),
    startedAt: row.started_at,
    endedAt: row.ended_at,
    readCount: row.read_count,
    counts: counts(row),
    resumeCount: row.resume_count,
    timings: row.timings === null ? null : (JSON.parse(row.timings) as RunTimings),
    error: row.error === null ? null : (JSON.parse(row.error) as ErrorInfo),
    notes: row.notes === null ? [] : (JSON.parse(row.notes) as RunNote[]),
    ...(row.history_pruned_at !== null && { historyPrunedAt: row.history_pruned_at }),
  }
}
