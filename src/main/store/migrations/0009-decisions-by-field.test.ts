/** The step from version 8 to version 9, on decisions and conflicts as they wait. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { tempFolder } from '#test/support/temp-folder.ts'
import { migrate } from '../migrate.ts'
import { databaseName, openStore } from '../open-store.ts'
import { migrations } from './index.ts'

it('keeps what was decided, and conflicts without a base still wait and can be decided for the whole record', () => {
  const folder = tempFolder()
  const db = new Database(join(folder, databaseName))
  migrate(db, migrations.slice(0, 8))
  db.exec(`
    insert into stream(id, connection, object) values (1, 'a', 'x'), (2, 'b', 'y');
    insert into failed_record(integration, stream, external_id, snapshot, reason, label, conflict, first_at, last_at, attempts) values
      ('i', 1, 'ü''1', '{}', '{"code":"conflict","message":"m"}', null, '{"source":{"City":"Bonn"},"destination":{"city":"Bern"}}', '', '', 2);
    insert into decision(integration, stream, external_id, kind, label, decided_at) values
      ('i', 1, 'ü''1', 'destination', 'l', 'then'), ('i', 1, 'out', 'skip', 'drop table decision', 'then');
  `)
  db.close()

  const { decisions } = openStore({ folder, nowMs: () => 0 })
  const route = { integrationId: 'i', integrationVersion: 1, sourceStream: 1, destinationStream: 2 }
  expect(decisions.waiting({ limit: 5 })).toMatchObject([
    { decision: 'destination', choices: null, conflict: { source: { City: 'Bonn' } }, attempts: 2 },
  ])
  expect(decisions.ofConflict(route, "ü'1")).toEqual({ choices: 'destination', seen: null })
  expect(decisions.leftOut({ limit: 5 })).toMatchObject([{ label: 'drop table decision', decidedAt: 'then' }])
})

it('refuses a decision by fields without choices', () => {
  const folder = tempFolder()
  openStore({ folder, nowMs: () => 0 }).close()
  const db = new Database(join(folder, databaseName))
  const insert = `insert into decision(integration, stream, external_id, kind, label, decided_at) values ('i', 1, 'r', 'fields', '', '')`
  expect(() => db.exec(insert)).toThrow('CHECK constraint failed')
})
