import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { noOutcomes } from '#shared/model/run.ts'
import { tempFolder } from '#test/support/temp-folder.ts'
import { checkBackup, restore } from './backup.ts'
import type { Migration } from './migrate.ts'
import { migrations } from './migrations/index.ts'
import { databaseName, openStore } from './open-store.ts'

const nowMs = (): number => Date.UTC(2026, 0, 1)

function codeOf(work: () => unknown): string {
  try {
    work()
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown.code
    throw thrown
  }
  return 'nothing was thrown'
}

/** Damages the middle of the file, past the header, without changing its size. */
function damage(path: string): void {
  const bytes = readFileSync(path)
  bytes.fill(0xa5, 8192 * 2, bytes.length - 100)
  writeFileSync(path, bytes)
}

describe('the store', () => {
  it('opens an empty folder at the newest version and remembers a clean stop', () => {
    const folder = tempFolder()
    openStore({ folder, nowMs }).close()
    const again = openStore({ folder, nowMs })
    expect([again.schemaVersion, again.wasUnclean]).toEqual([migrations.length, false])
    again.close()
  })

  it('notices an unclean stop and checks the rest of the tables one by one', () => {
    const folder = tempFolder()
    openStore({ folder, nowMs })
    const again = openStore({ folder, nowMs })
    let checked = 0
    while (again.checkNext()) checked += 1
    expect(again.wasUnclean).toBe(true)
    expect(checked).toBeGreaterThan(3)
    again.close()
  })

  it('refuses a database of a newer version and changes nothing', () => {
    const folder = tempFolder()
    openStore({ folder, nowMs }).close()
    const db = new Database(join(folder, databaseName))
    db.pragma('user_version = 999')
    db.close()
    const before = readFileSync(join(folder, databaseName))
    expect(codeOf(() => openStore({ folder, nowMs }))).toBe('database-newer')
    expect(readFileSync(join(folder, databaseName)).equals(before)).toBe(true)
  })

  it('refuses a file that is no database', () => {
    const folder = tempFolder()
    writeFileSync(join(folder, databaseName), 'these are not the records you are looking for '.repeat(300))
    expect(codeOf(() => openStore({ folder, nowMs }))).toBe('database-damaged')
  })

  it('refuses a main file that was emptied while its log still has data', () => {
    const folder = tempFolder()
    const path = join(folder, databaseName)
    const store = openStore({ folder, nowMs })
    store.meta.set('x', 'y')
    expect(existsSync(`${path}-wal`)).toBe(true)
    truncateSync(path, 0)
    expect(codeOf(() => openStore({ folder, nowMs }))).toBe('database-damaged')
  })

  it('finds damage after an unclean stop before anything is written, where a plain open would not', () => {
    const folder = tempFolder()
    const path = join(folder, databaseName)
    fillWithRuns(folder)
    damage(path)
    expect(codeOf(() => openStore({ folder, nowMs }))).toBe('database-damaged')
  })

  it('is locked for a second writer with a clear error', () => {
    const folder = tempFolder()
    openStore({ folder, nowMs }).close()
    const other = new Database(join(folder, databaseName))
    other.pragma('locking_mode = EXCLUSIVE')
    other.exec('begin exclusive')
    expect(codeOf(() => openStore({ folder, nowMs }))).toBe('database-locked')
    other.close()
  }, 20_000)
})

describe('migrations', () => {
  const next: Migration = {
    version: migrations.length + 1,
    name: 'next',
    sql: 'alter table run add column note text; create table extra(id integer primary key) strict;',
  }

  it('go from the version before to the next, keeping ugly rows and a copy of the old file', () => {
    const folder = tempFolder()
    const store = openStore({ folder, nowMs })
    store.definitions.save({ kind: 'integration', id: 'x', body: '{"not":"what it was"', savedAt: '', savedBy: '' })
    store.close()
    const newer = openStore({ folder, nowMs, migrations: [...migrations, next] })
    expect([newer.schemaVersion, newer.definitions.get('integration', 'x')?.body]).toEqual([
      next.version,
      '{"not":"what it was"',
    ])
    newer.close()
    expect(readdirSync(folder)).toContain(`${databaseName}.before-version-${next.version}`)
  })

  it('leave everything as it was when a step fails', () => {
    const folder = tempFolder()
    const store = openStore({ folder, nowMs })
    store.meta.set('kept', 'yes')
    store.close()
    const bad: Migration = {
      version: next.version,
      name: 'bad',
      sql: 'create table half(id integer); insert into nowhere values (1);',
    }
    expect(codeOf(() => openStore({ folder, nowMs, migrations: [...migrations, bad] }))).toBe('migration-failed')
    const again = openStore({ folder, nowMs })
    expect([again.schemaVersion, again.meta.get('kept')]).toEqual([migrations.length, 'yes'])
    again.close()
  })
})

describe('backup and restore', () => {
  it('bring back what was there, and keep what is replaced', async () => {
    const folder = tempFolder()
    const store = openStore({ folder, nowMs })
    store.meta.set('colour', 'green')
    const backup = join(folder, 'backups', 'one.db')
    expect(await store.backUp(backup)).toEqual({ path: backup, schemaVersion: migrations.length })
    store.meta.set('colour', 'red')
    store.close()
    const kept = restore(backup, join(folder, databaseName), 'stamp')
    const restored = openStore({ folder, nowMs })
    expect(restored.meta.get('colour')).toBe('green')
    restored.close()
    expect(kept && readdirSync(kept)).toContain('patchbay.db')
    expect(readdirSync(join(folder, 'backups'))).toEqual(['one.db'])
  })

  it('refuse a damaged, a foreign and a newer backup without touching the database', async () => {
    const folder = tempFolder()
    const target = join(folder, databaseName)
    fillWithRuns(folder)
    const before = readFileSync(target)
    const damaged = join(folder, 'damaged.db')
    const store = openStore({ folder: tempFolder(), nowMs })
    for (let index = 0; index < 300; index++) store.meta.set(`key ${index}`, 'x'.repeat(500))
    await store.backUp(damaged)
    damage(damaged)
    const foreign = join(folder, 'foreign.db')
    new Database(foreign).exec('create table t(x)').close()
    const newer = join(folder, 'newer.db')
    await store.backUp(newer)
    const db = new Database(newer)
    db.pragma('user_version = 99')
    db.close()
    for (const path of [damaged, foreign, newer, join(folder, 'missing.db')]) {
      expect(codeOf(() => restore(path, target, 'stamp'))).toBe('backup-unusable')
    }
    expect(readFileSync(target).equals(before)).toBe(true)
    expect(codeOf(() => checkBackup(damaged))).toBe('backup-unusable')
    store.close()
  })
})

/** A store with a few thousand rows, closed without the clean-stop mark. */
function fillWithRuns(folder: string): void {
  const store = openStore({ folder, nowMs })
  const route = {
    integrationId: 'x',
    integrationVersion: 1,
    sourceStream: store.streams.idOf('a', 'b'),
    destinationStream: store.streams.idOf('c', 'd'),
  }
  const agreements = Array.from({ length: 2_000 }, (_, index) => ({
    source: {
      externalId: `s${index}`,
      base: {},
      text: JSON.stringify({ name: 'x'.repeat(50) }),
      hash: '00'.repeat(16),
      version: null,
    },
    destination: { externalId: `d${index}`, base: {}, version: null },
  }))
  const progress = { position: { kind: 'start' as const }, readCount: 0, counts: noOutcomes, serverTime: null }
  store.runs.begin(route, { id: 'run', planId: null, startedAt: '' })
  store.journal.recordPage(route, 'run', { agreements, intents: [], records: [], failed: [], progress })
  store.close()
  const db = new Database(join(folder, databaseName))
  db.exec(`update meta set value = 'no' where key = 'clean-stop'`)
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
}
