/** The step from version 4 to version 5, on records that wait since before anybody could decide about them. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { tempFolder } from '#test/support/temp-folder.ts'
import { migrate } from '../migrate.ts'
import { databaseName, openStore } from '../open-store.ts'
import { foundation } from './0001-foundation.ts'
import { narrowRows } from './0002-narrow-rows.ts'
import { approvedVersion } from './0003-approved-version.ts'
import { schedules } from './0004-schedules.ts'

const odd = 'l\'1\u0000\n"x"'

it('records that wait keep their reason and their tries, and can be decided about', () => {
  const folder = tempFolder()
  const db = new Database(join(folder, databaseName))
  migrate(db, [foundation, narrowRows, approvedVersion, schedules])
  db.prepare(`insert into failed_record(integration, stream, external_id, snapshot, reason, first_at, last_at, attempts)
    values ('a', 1, ?, '{"name":"Ü"}', '{"code":"date","message":"m"}', 'before', 'after', 7)`).run(odd)
  db.close()

  const store = openStore({ folder, nowMs: () => 0 })
  expect(store.decisions.waiting({ limit: 10 })).toEqual([
    {
      integrationId: 'a',
      stream: 1,
      externalId: odd,
      label: odd,
      reason: { code: 'date', message: 'm' },
      values: { name: 'Ü' },
      conflict: null,
      firstAt: 'before',
      lastAt: 'after',
      attempts: 7,
      decision: null,
      choices: null,
    },
  ])
  const key = { integrationId: 'a', stream: 1, externalId: odd }
  expect(store.decisions.decide(key, 'skip', 'now')).toBe(true)
  expect([store.decisions.countWaiting(), store.decisions.leftOut({ limit: 5 })]).toEqual([
    0,
    [{ ...key, label: odd, decidedAt: 'now' }],
  ])
  store.close()
})
