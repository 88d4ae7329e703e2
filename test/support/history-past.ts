/** Runs and plans of any age and state, written straight into a database file. */
import type Database from 'better-sqlite3'

export const historyNowMs = Date.UTC(2026, 10, 27, 12)
const dayMs = 24 * 60 * 60_000

export function daysAgo(days: number): string {
  return new Date(historyNowMs - days * dayMs).toISOString()
}

export interface PastRun {
  readonly id: string
  readonly daysAgo: number
  readonly records: number
  readonly integrationId?: string
  readonly state?: string
  readonly planId?: string
}

export interface PastPlan {
  readonly id: string
  readonly daysAgo: number
  readonly items: number
  readonly itemBytes?: number
  readonly state: string
}

export interface Past {
  readonly addRun: (run: PastRun) => void
  readonly addPlan: (plan: PastPlan) => void
  /** How many records of a run, or items of a plan, are there. */
  readonly rowsOf: (id: string) => number
}

/** Writes runs and plans; their records look like those of an update of one field. */
export function pastOf(db: Database.Database): Past {
  const run =
    db.prepare(`insert into run(id, integration, integration_version, plan, state, started_at, ended_at, counts)
    values (?, ?, 1, ?, ?, ?, ?, ?)`)
  const record =
    db.prepare(`insert into run_record(run, seq, outcome, source_id, destination_id, label, before, after, reason, at)
    values (?, ?, 'updated', ?, ?, ?, ?, ?, null, ?)`)
  const plan = db.prepare(
    `insert into plan(id, integration, integration_version, state, created_at) values (?, 'customers', 1, ?, ?)`,
  )
  const item = db.prepare(
    `insert into plan_item(plan, seq, action, source_id, label, frozen) values (?, ?, 'create', ?, ?, ?)`,
  )
  const rows = db
    .prepare<[string, string], number>(`
    select (select count(*) from run_record where run = (select number from run where id = ?))
      + (select count(*) from plan_item where plan = ?)`)
    .pluck()
  const addRun = db.transaction(({ id, integrationId = 'customers', state = 'finished', ...past }: PastRun) => {
    const at = daysAgo(past.daysAgo)
    const isOver = ['finished', 'cancelled', 'failed'].includes(state)
    const counts = JSON.stringify({ updated: past.records })
    const plans = past.planId ?? null
    const number = run.run(id, integrationId, plans, state, at, isOver ? at : null, counts).lastInsertRowid
    for (let seq = 1; seq <= past.records; seq += 1) {
      const values = [`{"phone":"+1 555 0${seq}"}`, `{"phone":"+1 666 0${seq}"}`]
      record.run(number, seq, `R-${seq}`, `con_${String(seq).padStart(12, '0')}`, `Käte Müller ${seq}`, ...values, at)
    }
  })
  const addPlan = db.transaction(({ id, state, items, itemBytes = 300, ...past }: PastPlan) => {
    plan.run(id, state, daysAgo(past.daysAgo))
    for (let seq = 1; seq <= items; seq += 1)
      item.run(
        id,
        seq,
        `R-${seq}`,
        `Käte Müller ${seq}`,
        JSON.stringify({ action: 'create', after: 'x'.repeat(itemBytes) }),
      )
  })
  return { addRun: (past) => addRun(past), addPlan: (past) => addPlan(past), rowsOf: (id) => rows.get(id, id) ?? 0 }
}
