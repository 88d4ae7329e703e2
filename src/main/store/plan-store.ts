/** Plans: the frozen decisions of a dry run, approved or discarded as a whole. */
import type Database from 'better-sqlite3'
import type { FrozenItem, PlanStore } from '#main/engine/ports/sync-store.ts'
import type { ErrorInfo } from '#shared/errors.ts'
import type { Plan, PlanAction, PlanItem, PlanState } from '#shared/model/plan.ts'
import { noOutcomes, type OutcomeCounts, type RecordReason } from '#shared/model/run.ts'
import type { Values } from '#shared/model/value.ts'

export interface PlanRepository extends PlanStore {
  readonly get: (planId: string) => Plan | undefined
  readonly latest: (integrationId: string) => Plan | undefined
  /** Newest first, without those that take a run back. */
  readonly list: (integrationId: string, limit: number) => readonly Plan[]
  readonly items: (query: {
    planId: string
    afterSeq: number
    limit: number
    action?: PlanAction | undefined
    /** Part of label, source id or destination id. */
    search?: string | undefined
  }) => readonly PlanItem[]
  readonly setState: (planId: string, state: PlanState) => void
  /** At start-up: plans that a killed process left half-made can never be approved. */
  readonly failUnfinished: () => void
}

const interrupted: ErrorInfo = {
  kind: 'transient',
  code: 'plan-interrupted',
  message: 'Patchbay was stopped while it made this plan.',
  kept: 'Nothing was written.',
  next: 'Make a new plan.',
}

interface PlanRow {
  readonly id: string
  readonly integration: string
  readonly integration_version: number
  readonly undoes: string | null
  readonly state: PlanState
  readonly created_at: string
  readonly read_count: number
  readonly counts: string
  readonly error: string | null
  readonly history_pruned_at: string | null
}

interface ItemRow {
  readonly seq: number
  readonly action: PlanAction
  readonly frozen: string
}

export function createPlanStore(db: Database.Database): PlanRepository {
  const insert = db.prepare<[string, string, number, string | null, string, string]>(
    `insert into plan(id, integration, integration_version, undoes, state, created_at, counts) values (?, ?, ?, ?, 'making', ?, ?)`,
  )
  const insertItem = db.prepare<[string, number, PlanAction, string, string | null, string, string]>(
    'insert into plan_item(plan, seq, action, source_id, destination_id, label, frozen) values (?, ?, ?, ?, ?, ?, ?)',
  )
  const lastSeq = db.prepare<[string], number | null>('select max(seq) from plan_item where plan = ?').pluck()
  const progress = db.prepare<[number, string, string]>('update plan set read_count = ?, counts = ? where id = ?')
  const ready = db.prepare<[string | null, string]>(`update plan set state = 'ready', next_since = ? where id = ?`)
  const fail = db.prepare<[string, string]>(`update plan set state = 'failed', error = ? where id = ?`)
  const failUnfinished = db.prepare<[string]>(`update plan set state = 'failed', error = ? where state = 'making'`)
  const setState = db.prepare<[PlanState, string]>('update plan set state = ? where id = ?')
  const select = db.prepare<[string], PlanRow>('select * from plan where id = ?')
  const list = db.prepare<[string, number], PlanRow>(
    'select * from plan where integration = ? and undoes is null order by created_at desc, id desc limit ?',
  )
  const frozen = db.prepare<[string, number, number], ItemRow>(
    'select seq, action, frozen from plan_item where plan = ? and seq > ? order by seq limit ?',
  )
  const items = db.prepare<
    [string, number, string | null, string | null, string | null, string | null, string | null, string | null, number],
    ItemRow
  >(`
    select seq, action, frozen from plan_item where plan = ? and seq > ? and (? is null or action = ?)
      and (? is null or label like ? escape '\\' or source_id like ? escape '\\' or destination_id like ? escape '\\') order by seq limit ?`)
  const ofAction = db.prepare<[string, string, number, number], ItemRow>(
    'select seq, action, frozen from plan_item where plan = ? and action = ? and seq > ? order by seq limit ?',
  )

  const addItems = db.transaction(
    (planId: string, items: readonly FrozenItem[], now: { readCount: number; counts: OutcomeCounts }) => {
      let seq = lastSeq.get(planId) ?? 0
      for (const item of items) {
        seq += 1
        insertItem.run(
          planId,
          seq,
          item.action,
          item.source.externalId,
          item.destinationId,
          item.label,
          JSON.stringify(item),
        )
      }
      progress.run(now.readCount, JSON.stringify(now.counts), planId)
    },
  )

  return {
    beginPlan: ({ integrationId, integrationVersion }, { id, createdAt, undoes }) =>
      void insert.run(id, integrationId, integrationVersion, undoes, createdAt, JSON.stringify(noOutcomes)),
    addItems: (planId, items, now) => addItems.immediate(planId, items, now),
    readyPlan: (planId, nextSince) => void ready.run(nextSince, planId),
    failPlan: (planId, error) => void fail.run(JSON.stringify(error), planId),
    frozenItems: (planId, afterSeq, limit) =>
      frozen.all(planId, afterSeq, limit).map((row) => ({ seq: row.seq, item: frozenItem(row) })),
    get: (planId) => {
      const row = select.get(planId)
      return row && plan(row)
    },
    latest: (integrationId) => list.all(integrationId, 1).map(plan)[0],
    list: (integrationId, limit) => list.all(integrationId, limit).map(plan),
    items: ({ planId, afterSeq, limit, action = null, search }) => {
      if (search) {
        const like = `%${search.replace(/[\\%_]/g, '\\$&')}%`
        return items.all(planId, afterSeq, action, action, like, like, like, like, limit).map(planItem)
      }
      const rows = action ? ofAction.all(planId, action, afterSeq, limit) : frozen.all(planId, afterSeq, limit)
      return rows.map(planItem)
    },
    setState: (planId, state) => void setState.run(state, planId),
    failUnfinished: () => void failUnfinished.run(JSON.stringify(interrupted)),
  }
}

/** JSON columns are written by this file only. */
function frozenItem(row: ItemRow): FrozenItem {
  return JSON.parse(row.frozen) as FrozenItem
}

function planItem(row: ItemRow): PlanItem {
  const item = frozenItem(row)
  const after: Values | null = item.operation === null && item.action !== 'hold' ? null : item.after
  const reason: RecordReason | null = item.reason
  return {
    seq: row.seq,
    action: item.action,
    sourceId: item.source.externalId,
    destinationId: item.destinationId,
    label: item.label,
    before: item.before,
    after,
    reason,
    ...(item.direction === 'back' && { isBack: true }),
  }
}

function plan(row: PlanRow): Plan {
  return {
    id: row.id,
    integrationId: row.integration,
    integrationVersion: row.integration_version,
    undoes: row.undoes,
    state: row.state,
    createdAt: row.created_at,
    readCount: row.read_count,
    counts: { ...noOutcomes, ...(JSON.parse(row.counts) as Partial<OutcomeCounts>) },
    error: row.error === null ? null : (JSON.parse(row.error) as ErrorInfo),
    ...(row.history_pruned_at !== null && { historyPrunedAt: row.history_pruned_at }),
  }
}
