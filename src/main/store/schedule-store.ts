/** Schedules and their slots. A slot's primary key is its defence: a due time can be recorded once and no more. */
import type Database from 'better-sqlite3'
import type {
  ScheduleState,
  ScheduleStore,
  Settlement,
  SlotDelay,
  SlotEnd,
  SlotKey,
  TurnBack,
} from '#main/engine/ports/schedule-store.ts'
import type { ErrorInfo } from '#shared/errors.ts'
import type { RunState } from '#shared/model/run.ts'
import type { Slot, SlotOutcome, SlotTrigger } from '#shared/model/slot.ts'

interface StateRow {
  readonly integration: string
  readonly body: string
  readonly zone: string
  readonly last_due_at: string
  readonly next_due_at: string | null
  readonly paused_at: string | null
}

interface SlotRow {
  readonly integration: string
  readonly due_at: string
  readonly started_by: SlotTrigger
  readonly outcome: SlotOutcome
  readonly run: string | null
  readonly attempts: number
  readonly start_at: string | null
  readonly at: string
  readonly reason: string | null
}

const allPaused = 'schedules-paused-at'

export function createScheduleStore(db: Database.Database): ScheduleStore {
  const states = db.prepare<[], StateRow>('select * from schedule order by integration')
  const state = db.prepare<[string], StateRow>('select * from schedule where integration = ?')
  const put = db.prepare<[string, string, string, string, string | null]>(`
    insert into schedule(integration, body, zone, last_due_at, next_due_at) values (?, ?, ?, ?, ?)
    on conflict do update set body = excluded.body, zone = excluded.zone, last_due_at = excluded.last_due_at, next_due_at = excluded.next_due_at`)
  const remove = db.prepare<[string]>('delete from schedule where integration = ?')
  const move = db.prepare<[string, string | null, string]>(
    'update schedule set last_due_at = ?, next_due_at = ? where integration = ?',
  )
  const pause = db.prepare<[string | null, string]>('update schedule set paused_at = ? where integration = ?')
  const metaGet = db.prepare<[string], string>('select value from meta where key = ?').pluck()
  const metaPut = db.prepare<[string, string]>(
    'insert into meta(key, value) values (?, ?) on conflict do update set value = excluded.value',
  )
  const metaRemove = db.prepare<[string]>('delete from meta where key = ?')
  const insert = db.prepare(`
    insert into slot(integration, due_at, started_by, outcome, run, start_at, at, reason) values (?, ?, ?, ?, ?, ?, ?, ?)
    on conflict do nothing`)
  const waiting = db.prepare<[], SlotRow>(`select * from slot where outcome = 'waiting' order by due_at`)
  const select = db.prepare<[string, string], SlotRow>('select * from slot where integration = ? and due_at = ?')
  const update = db.prepare(`
    update slot set started_by = ?, outcome = ?, run = ?, attempts = ?, start_at = ?, at = ?, reason = ? where integration = ? and due_at = ?`)
  const forgetLater = db.prepare<[string, string, string | null]>(`
    delete from slot where integration = ? and due_at > ? and due_at is not ?
      and (run is null or not exists (select 1 from run where run.id = slot.run))`)
  const list = db.prepare<[string, string, number], SlotRow>(
    'select * from slot where integration = ? and due_at < ? order by due_at desc limit ?',
  )
  const prune = db.prepare<[string, string, number]>(`
    delete from slot where integration = ? and outcome <> 'waiting' and due_at <=
      (select due_at from slot where integration = ? order by due_at desc limit 1 offset ?)`)
  const runState = db.prepare<[string], RunState>('select state from run where id = ?').pluck()

  const write = (key: SlotKey, change: (slot: Slot) => Slot): void => {
    const row = select.get(key.integrationId, key.dueAt)
    if (!row) return
    const next = change(slot(row))
    const reason = next.reason && JSON.stringify(next.reason)
    update.run(
      next.trigger,
      next.outcome,
      next.runId,
      next.attempts,
      next.startAt,
      next.at,
      reason,
      key.integrationId,
      key.dueAt,
    )
  }

  const end = (key: SlotKey, how: SlotEnd): void => write(key, (before) => ({ ...before, startAt: null, ...how }))

  const settle = db.transaction((integrationId: string, step: Settlement): readonly string[] => {
    for (const one of step.ends) end(one, { ...one, at: step.at })
    const added = step.drafts.filter((draft) => {
      const reason = draft.reason && JSON.stringify(draft.reason)
      const { dueAt, trigger, outcome, runId, startAt } = draft
      return insert.run(integrationId, dueAt, trigger, outcome, runId, startAt, step.at, reason).changes > 0
    })
    move.run(step.lastDueAt, step.nextDueAt, integrationId)
    return added.map((draft) => draft.dueAt)
  })

  const turnBack = db.transaction((integrationId: string, to: TurnBack) => {
    forgetLater.run(integrationId, to.lastDueAt, to.keepDueAt)
    move.run(to.lastDueAt, to.nextDueAt, integrationId)
  })

  return {
    states: () => states.all().map(stateOf),
    state: (integrationId) => {
      const row = state.get(integrationId)
      return row && stateOf(row)
    },
    put: ({ integrationId, schedule, zone, lastDueAt, nextDueAt }) =>
      void put.run(integrationId, schedule, zone, lastDueAt, nextDueAt),
    remove: (integrationId) => void remove.run(integrationId),
    settle: (integrationId, step) => settle.immediate(integrationId, step),
    turnBack: (integrationId, to) => turnBack.immediate(integrationId, to),
    pause: (integrationId, at) => void pause.run(at, integrationId),
    allPausedAt: () => metaGet.get(allPaused) ?? null,
    pauseAll: (at) => void (at === null ? metaRemove.run(allPaused) : metaPut.run(allPaused, at)),
    waiting: () => waiting.all().map(slot),
    end,
    delay: (key, how: SlotDelay) => write(key, (before) => ({ ...before, outcome: 'waiting', ...how })),
    slots: ({ integrationId, beforeDueAt = '9999', limit }) => list.all(integrationId, beforeDueAt, limit).map(slot),
    prune: (integrationId, keepCount) => void prune.run(integrationId, integrationId, keepCount),
    runState: (runId) => runState.get(runId),
  }
}

function stateOf(row: StateRow): ScheduleState {
  return {
    integrationId: row.integration,
    schedule: row.body,
    zone: row.zone,
    lastDueAt: row.last_due_at,
    nextDueAt: row.next_due_at,
    pausedAt: row.paused_at,
  }
}

function slot(row: SlotRow): Slot {
  return {
    integrationId: row.integration,
    dueAt: row.due_at,
    trigger: row.started_by,
    outcome: row.outcome,
    runId: row.run,
    attempts: row.attempts,
    startAt: row.start_at,
    at: row.at,
    // Written by this file only.
    reason: row.reason === null ? null : (JSON.parse(row.reason) as ErrorInfo),
  }
}
