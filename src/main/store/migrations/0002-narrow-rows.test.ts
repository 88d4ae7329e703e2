/** The step from version 1 to version 2, on rows as an interrupted run of version 1 leaves them. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { tempFolder } from '#test/support/temp-folder.ts'
import { migrate } from '../migrate.ts'
import { databaseName, openStore } from '../open-store.ts'
import { foundation } from './0001-foundation.ts'

const nowMs = (): number => Date.UTC(2026, 0, 1)
const hash = 'ab'.repeat(16)
const route = { integrationId: 'list "to" crm', integrationVersion: 3, sourceStream: 1, destinationStream: 2 }

/** A database of version 1 with a run that was killed, links of two integrations, and ids nobody would choose. */
function oldDatabase(folder: string): void {
  const db = new Database(join(folder, databaseName))
  migrate(db, [foundation])
  db.exec(`
    insert into stream(id, connection, object) values (1, 'list', 'rows'), (2, 'crm', 'contact'), (3, 'shop', 'customer');
    insert into integration_number(number, id) values (7, 'list "to" crm');
    insert into run(number, id, integration, integration_version, state, started_at) values
      (1, 'run-1', 'list "to" crm', 3, 'interrupted', '2026-01-01T00:00:00.000Z'),
      (2, 'run-2', 'never numbered', 1, 'running', '2026-01-01T00:00:00.000Z');
    insert into cluster(id, state) values (1, 'live'), (2, 'live'), (3, 'held'), (9, 'live');
    insert into member(stream, external_id, cluster) values
      (1, '  O''Neil,"Ü"', 1), (2, 'c-1', 1), (3, 's-1', 1), (1, '', 2), (1, 'x', 3), (2, 'c-3', 3);
  `)
  const agree = db.prepare('insert into agreement values (?, ?, ?, ?, ?, ?, ?)')
  agree.run(7, 1, '  O\'Neil,"Ü"', '{"Name":"Ü"}', Buffer.from(hash, 'hex'), null, 3)
  agree.run(7, 2, 'c-1', '{"name":"Ü","note":null}', Buffer.alloc(0), '12', 3)
  const intend = db.prepare(`
    insert into intent(run, integration, source_stream, source_id, source_base, destination_stream, destination_id, operation,
      write_class, idempotency_key, request, facts, state, attempts, first_sent_at, last_sent_at, error)
    values (?, ?, 1, ?, ?, 2, ?, ?, 'K', ?, ?, ?, ?, 1, 5, 6, ?)`)
  const facts = (more: object): string =>
    JSON.stringify({
      label: 'Ü',
      before: null,
      after: { name: 'Ü' },
      nextBase: null,
      findBy: null,
      version: null,
      ...more,
    })
  const own = 'list "to" crm'
  intend.run(
    'run-1',
    own,
    'new',
    '{"Name":"Ü"}',
    null,
    'create',
    'k1',
    'POST',
    facts({ hash, sourceVersion: null }),
    'sent',
    null,
  )
  intend.run(
    'run-1',
    own,
    'x',
    '{}',
    'c-3',
    'update',
    'k2',
    'PATCH',
    facts({ hash, sourceVersion: 'v', before: { name: null }, nextBase: { name: 'Ü', a: 1 } }),
    'held',
    '{"kind":"conflict"}',
  )
  intend.run('run-1', own, 'done', null, 'c-9', 'create', 'k3', null, null, 'done', null)
  intend.run('run-1', own, 'no', null, null, 'create', 'k4', null, null, 'rejected', '{"kind":"data"}')
  intend.run(
    'run-2',
    'never numbered',
    'late',
    '{}',
    null,
    'create',
    'k5',
    'POST',
    facts({ hash, sourceVersion: null }),
    'ready',
    null,
  )
  db.close()
}

function opened() {
  const folder = tempFolder()
  oldDatabase(folder)
  const store = openStore({ folder, nowMs })
  return { store, db: new Database(join(folder, databaseName), { readonly: true }) }
}

describe('a database of version 1', () => {
  it('keeps its open writes with key, request and facts, and only those', () => {
    const { store, db } = opened()
    const open = store.journal.openIntents(route.integrationId, ['ready', 'sent', 'uncertain', 'held'], 10)
    expect(
      open.map(({ id, runId, state, idempotencyKey, request, facts }) => ({
        id,
        runId,
        state,
        idempotencyKey,
        request,
        facts,
      })),
    ).toEqual([
      {
        id: 1,
        runId: 'run-1',
        state: 'sent',
        idempotencyKey: 'k1',
        request: 'POST',
        facts: {
          label: 'Ü',
          before: null,
          after: { name: 'Ü' },
          nextBase: { name: 'Ü' },
          findBy: null,
          version: null,
          source: { externalId: 'new', base: { Name: 'Ü' }, text: '{"Name":"Ü"}', hash, version: null },
        },
      },
      {
        id: 2,
        runId: 'run-1',
        state: 'held',
        idempotencyKey: 'k2',
        request: 'PATCH',
        facts: {
          label: 'Ü',
          before: { name: null },
          after: { name: 'Ü' },
          nextBase: { name: 'Ü', a: 1 },
          findBy: null,
          version: null,
          source: { externalId: 'x', base: {}, text: '{}', hash, version: 'v' },
        },
      },
    ])
    expect(store.journal.openIntents('never numbered', ['ready'], 10)).toHaveLength(1)
    expect(db.prepare('select count(*) from intent').pluck().get()).toBe(3)
    store.close()
    db.close()
  })

  it('keeps what was agreed, and the links of every integration', () => {
    const { store, db } = opened()
    const link = store.links.linkState(route, '  O\'Neil,"Ü"')
    expect(link).toEqual({ cluster: 1, sourceHash: hash, agreedVersion: 3 })
    expect(store.links.destinationState(route, 1)).toEqual({
      externalId: 'c-1',
      base: { name: 'Ü', note: null },
      version: '12',
    })
    expect(store.links.linkState(route, '')).toEqual({ cluster: 2, sourceHash: null, agreedVersion: null })
    expect(store.links.linkedSource({ ...route, sourceStream: 3 }, 'c-1')).toBe('s-1')
    store.close()
    db.close()
  })

  it('remembers the clusters that are not simply live, and numbers new ones beyond all others', () => {
    const { store, db } = opened()
    expect(db.prepare('select id, state from cluster').all()).toEqual([{ id: 3, state: 'held' }])
    const source = { externalId: 'n', base: {}, text: '{}', hash, version: null }
    const progress = { position: { kind: 'start' as const }, readCount: 0, counts: zero, serverTime: null }
    const agreements = [{ source, destination: { externalId: 'c-n', base: {}, version: null } }]
    store.journal.recordPage(route, 'run-1', { agreements, intents: [], records: [], failed: [], progress })
    expect(store.links.linkState(route, 'n')?.cluster).toBe(4)
    store.close()
    db.close()
  })
})

const zero = { created: 0, updated: 0, unchanged: 0, deleted: 0, skipped: 0, held: 0, failed: 0 }
