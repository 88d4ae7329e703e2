/** The step from version 5 to version 7, on runs and plans as years of use and a kill leave them. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { tempFolder } from '#test/support/temp-folder.ts'
import { migrate } from '../migrate.ts'
import { databaseName, openStore } from '../open-store.ts'
import { migrations } from './index.ts'

const odd = 'list "to" crm; drop table run'
const item = JSON.stringify({
  action: 'update',
  source: { externalId: 'Ü' },
  label: 'ø',
  after: { note: 'x'.repeat(5_000) },
})
const at = '2026-11-27T12:00:00.000Z'

function oldDatabase(folder: string): void {
  const db = new Database(join(folder, databaseName))
  migrate(db, migrations.slice(0, 5))
  db.exec(`
    insert into run(number, id, integration, integration_version, plan, state, started_at, ended_at, counts) values
      (1, 'ended', '${odd}', 1, 'p', 'finished', '2024-01-01T00:00:00.000Z', '2024-01-02T00:00:00.000Z', '{"updated":2}'),
      (2, '', 'never defined', 0, null, 'failed', 'before time', null, '{}'),
      (3, 'killed', '${odd}', 1, null, 'running', '2026-01-01T00:00:00.000Z', null, '{}');
    insert into run_record(run, seq, outcome, source_id, label, after, at) values
      (1, 1, 'updated', 's', '${odd}', '{}', '2024-01-01T00:00:01.000Z'), (1, 2, 'updated', 'Ü', '', null, ''), (3, 1, 'held', 's', 'l', null, '');
    insert into plan(id, integration, integration_version, state, created_at) values ('p', '${odd}', 1, 'applied', ''), ('q', '${odd}', 1, 'ready', '');
    insert into plan_item(plan, seq, action, source_id, label, frozen) values ('q', 2, 'update', 's', '${odd}', '${item}'), ('q', 1, 'create', 'Ü', '', '${item}'), ('p', 1, 'update', 's', 'l', '${item}');
  `)
  db.close()
}

function opened() {
  const folder = tempFolder()
  oldDatabase(folder)
  const store = openStore({ folder, nowMs: () => 0 })
  return { folder, store, db: new Database(join(folder, databaseName), { readonly: true }) }
}

describe('a database of version 5', () => {
  it('keeps every record, and no run or plan says that its records are gone', () => {
    const { store, db } = opened()
    expect(store.records.page({ runId: 'ended', afterSeq: 0, limit: 5 }).map(({ sourceId }) => sourceId)).toEqual([
      's',
      'Ü',
    ])
    expect(store.runs.list({ limit: 5 }).some((run) => 'historyPrunedAt' in run)).toBe(false)
    expect(store.plans.get('p')).not.toHaveProperty('historyPrunedAt')
    store.close()
    db.close()
  })

  it('keeps every item of every plan, in its order', () => {
    const { store, db } = opened()
    const items = store.plans.frozenItems('q', 0, 5)
    expect(items.map(({ seq, item: frozen }) => [seq, JSON.stringify(frozen)])).toEqual([
      [1, item],
      [2, item],
    ])
    expect(store.plans.items({ planId: 'q', afterSeq: 0, limit: 5, action: 'create' })).toMatchObject([
      { seq: 1, sourceId: 'Ü' },
    ])
    expect(store.plans.items({ planId: 'q', afterSeq: 1, limit: 5, search: 'to" crm;' })).toHaveLength(1)
    expect(db.pragma('foreign_key_check')).toEqual([])
    store.close()
    db.close()
  })

  it('has its history measured: what is over, and when the last of it was', () => {
    const { store, db } = opened()
    while (store.retention.measureNext(at));
    const rows = db.prepare('select id, history_bytes > 0 as has, history_until as until from run').all()
    expect(rows).toEqual([
      { id: 'ended', has: 1, until: '2024-01-02T00:00:00.000Z' },
      { id: '', has: 0, until: at },
      { id: 'killed', has: null, until: null },
    ])
    const plans = db.prepare('select id, history_bytes > 0 as has, history_until as until from plan').all()
    expect(plans).toEqual([
      { id: 'p', has: 1, until: '2024-01-02T00:00:00.000Z' },
      { id: 'q', has: null, until: null },
    ])
    store.close()
    db.close()
  })

  it('finds what is old, what is not measured, and the run of a plan by an index', () => {
    const { store, db } = opened()
    const planOf = (sql: string): string =>
      db
        .prepare<[], { detail: string }>(`explain query plan ${sql}`)
        .all()
        .map((row) => row.detail)
        .join()
    for (const kind of ['run', 'plan']) {
      const oldest = planOf(
        `select history_until from ${kind} where history_bytes > 0 and history_until < 'x' order by history_until limit 1`,
      )
      expect(oldest).toContain(`${kind}_history`)
      expect(oldest).not.toContain('TEMP B-TREE')
      expect(planOf(`select 1 from ${kind} where history_bytes is null`)).toContain(`${kind}_unmeasured`)
    }
    expect(planOf(`select 1 from run where plan = 'p'`)).toContain('run_by_plan')
    store.close()
    db.close()
  })
})
