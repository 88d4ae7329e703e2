import { statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { tempFolder } from '#test/support/temp-folder.ts'
import { createFileSpace } from './file-space.ts'
import { makeShrinkable } from './make-shrinkable.ts'
import { databaseName, openStore } from './open-store.ts'

/** A database that was made without the setting, 2 MB of rows in it. */
function rigidDatabase() {
  const path = join(tempFolder(), databaseName)
  const db = new Database(path)
  onTestFinished(() => void db.close())
  db.exec('pragma journal_mode = wal; create table t(id integer primary key, text text)')
  const insert = db.prepare('insert into t(text) values (?)')
  for (let row = 0; row < 2_000; row += 1) insert.run('x'.repeat(1_000))
  db.pragma('wal_checkpoint(TRUNCATE)')
  return { db, path }
}

it('a new database can give space back from its first day on', () => {
  const folder = tempFolder()
  const store = openStore({ folder, nowMs: () => 0 })
  const db = new Database(join(folder, databaseName))
  db.exec('create table t(text)')
  for (let row = 0; row < 500; row += 1) db.exec(`insert into t values ('${'x'.repeat(3_000)}')`)
  db.exec('drop table t')
  db.close()
  const before = store.space.sizes()
  while (store.space.freePages() > 0) store.space.giveBack(100)
  expect(before.freeBytes).toBeGreaterThan(1_500_000)
  expect(store.space.sizes()).toEqual({ fileBytes: before.fileBytes - before.freeBytes, freeBytes: 0 })
  store.close()
  // Statistics of the closing are two pages.
  expect(statSync(join(folder, databaseName)).size).toBeLessThan(before.fileBytes - before.freeBytes + 20_000)
})

it('an older database is written anew once, with all its rows, and can give space back from then on', () => {
  const { db } = rigidDatabase()
  db.exec('delete from t where id > 1000')
  expect(createFileSpace(db).freePages()).toBe(0)
  expect(makeShrinkable(db)).toBe(true)
  expect(db.prepare('select count(*) from t where length(text) = 1000').pluck().get()).toBe(1_000)
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  db.exec('delete from t where id > 500')
  expect(createFileSpace(db).freePages()).toBeGreaterThan(100)
})

it('an older database stays as it is where the disk has no room for a second one', () => {
  const { db, path } = rigidDatabase()
  expect(makeShrinkable(db, statSync(path).size * 2)).toBe(false)
  expect(db.prepare('select count(*) from t').pluck().get()).toBe(2_000)
})

it('an older database stays as it is while somebody else writes to it, and the next start tries again', () => {
  const { db, path } = rigidDatabase()
  const other = new Database(path)
  other.exec('begin immediate')
  db.pragma('busy_timeout = 10')
  expect(makeShrinkable(db)).toBe(false)
  other.close()
  expect(makeShrinkable(db)).toBe(true)
  expect(db.prepare('select count(*) from t').pluck().get()).toBe(2_000)
})

it('opens also where the folder for temporary files is named and not there', () => {
  const { db, path } = rigidDatabase()
  db.close()
  const named = process.env.TMPDIR
  process.env.TMPDIR = join(tempFolder(), 'nowhere')
  onTestFinished(() => {
    if (named === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = named
  })
  const again = new Database(path)
  onTestFinished(() => void again.close())
  expect(makeShrinkable(again)).toBe(false)
})
