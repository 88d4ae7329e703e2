/** The step from version 3 to version 4, on rows as they are after a year of use and a kill. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { tempFolder } from '#test/support/temp-folder.ts'
import { migrate } from '../migrate.ts'
import { databaseName, openStore } from '../open-store.ts'
import { foundation } from './0001-foundation.ts'
import { narrowRows } from './0002-narrow-rows.ts'
import { approvedVersion } from './0003-approved-version.ts'
import { migrations } from './index.ts'

const nowMs = (): number => Date.UTC(2026, 0, 1)
const odd = 'list "to" crm; drop table run'

/** A database of version 3: many versions, a removed definition, a body nobody can read, and a run that was killed. */
function oldDatabase(folder: string): void {
  const db = new Database(join(folder, databaseName))
  migrate(db, [foundation, narrowRows, approvedVersion])
  const version = db.prepare(`insert into definition_version values ('integration', ?, ?, ?, '2026-01-01', 'import')`)
  for (const [id, number, body] of [
    [odd, 1, '{"id":"x"}'],
    [odd, 2, '{"id":"x","name":"Ü"}'],
    [odd, 7, '{"not":"what it was"'],
    ['gone', 1, '{}'],
  ]) {
    version.run(id, number, body)
  }
  db.exec(`
    insert into definition values ('integration', '${odd}', 7, '2026-02-02', null, 2), ('integration', 'gone', 1, null, '2026-03-03', null);
    insert into run(number, id, integration, integration_version, plan, state, started_at, counts, error) values
      (1, 'run "1"', '${odd}', 2, 'plan-1', 'running', '2026-01-01T00:00:00.000Z', '{"created":3}', null),
      (2, '', 'never defined', 0, null, 'failed', 'before time', '{}', '{"kind":"bug","code":"x","message":"y"}');
    insert into plan(id, integration, integration_version, state, created_at) values
      ('plan-1', '${odd}', 7, 'ready', '2026-01-01'), ('plan-2', '${odd}', 2, 'ready', '2026-01-02'), ('plan-3', 'never defined', 4, 'failed', '');
    insert into integration_number(number, id) values (1, '${odd}');
    insert into stream(id, connection, object) values (1, 'list', 'rows'), (2, 'crm', 'contact');
    insert into intent(run, integration, source_stream, source_id, source_base, destination_stream, operation, write_class, idempotency_key, request, after, facts, state)
      values (1, 1, 1, 's', '{}', 2, 'create', 'K', 'k', 'POST', '{}', '{"label":"s"}', 'sent');
  `)
  db.close()
}

function opened() {
  const folder = tempFolder()
  oldDatabase(folder)
  const store = openStore({ folder, nowMs })
  return { folder, store, db: new Database(join(folder, databaseName), { readonly: true }) }
}

describe('a database of version 3', () => {
  it('keeps runs, which do not say what started them, and open writes', () => {
    const { store, db } = opened()
    expect(store.runs.get('run "1"')).toMatchObject({ integrationVersion: 2, state: 'running', counts: { created: 3 } })
    expect(store.runs.list({ limit: 10 }).map((run) => 'trigger' in run)).toEqual([false, false])
    expect(store.journal.openIntents(odd, ['sent'], 10)).toHaveLength(1)
    store.close()
    db.close()
  })

  it('keeps every version, what was approved and what was removed', () => {
    const { store, db } = opened()
    expect(store.definitions.versions('integration', odd).map((one) => one.version)).toEqual([7, 2, 1])
    expect(store.definitions.get('integration', odd)).toMatchObject({ approvedAt: '2026-02-02', approvedVersion: 2 })
    expect(store.definitions.get('integration', 'gone')).toBeUndefined()
    expect(store.plans.list(odd, 10).map((plan) => plan.integrationVersion)).toEqual([2, 7])
    expect(store.plans.get('plan-3')?.integrationVersion).toBe(4)
    expect(store.schemaVersion).toBe(migrations.length)
    store.close()
    db.close()
  })

  it('has no schedules yet, and takes them', () => {
    const { store, db } = opened()
    expect([store.schedules.states(), store.schedules.waiting(), store.schedules.allPausedAt()]).toEqual([[], [], null])
    store.schedules.put({ integrationId: odd, schedule: '{}', zone: 'UTC', lastDueAt: 'a', nextDueAt: null })
    expect(store.schedules.state(odd)).toMatchObject({ lastDueAt: 'a', pausedAt: null })
    store.close()
    db.close()
  })

  it('finds waiting slots and the history of an integration by an index', () => {
    const { store, db } = opened()
    const planOf = (sql: string): string =>
      db
        .prepare<[], { detail: string }>(`explain query plan ${sql}`)
        .all()
        .map((row) => row.detail)
        .join()
    expect(planOf(`select * from slot where outcome = 'waiting' order by due_at`)).toContain('slot_waiting')
    const history = planOf(`select * from slot where integration = 'a' and due_at < 'b' order by due_at desc limit 5`)
    expect(history).toContain('PRIMARY KEY (integration=? AND due_at<?)')
    expect(history).not.toContain('TEMP B-TREE')
    store.close()
    db.close()
  })
})
