import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type GroupCommit, groupCommit } from './group-commit.ts'

let folder: string
let database: Database.Database
let reader: Database.Database
let nowMs = 1_000

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'group-commit-'))
  database = new Database(join(folder, 'a.sqlite'))
  database.pragma('journal_mode = WAL')
  database.exec('CREATE TABLE item (n INTEGER UNIQUE)')
  reader = new Database(join(folder, 'a.sqlite'), { readonly: true })
})
afterEach(() => {
  reader.close()
  database.close()
  rmSync(folder, { recursive: true, force: true })
})

const start = (maxWrites = 100): GroupCommit =>
  groupCommit({ database, now: () => nowMs, lastGroupAtMs: 5_000, maxWrites })
const insert = (n: number): void => void database.prepare('INSERT INTO item VALUES (?)').run(n)
const visible = (): unknown => reader.prepare('SELECT COUNT(*) AS n FROM item').pluck().get()

describe('groupCommit', () => {
  test('answers a write only when another connection can see it', async () => {
    const commit = start()
    const seenInside = await commit.run(() => {
      insert(1)
      return visible()
    })
    // Inside the write nobody else sees it yet: the expectation below could fail.
    expect(seenInside).toBe(0)
    expect(visible()).toBe(1)
  })

  test('puts what arrives together into one transaction, up to its limit', async () => {
    const commit = start(4)
    await Promise.all(Array.from({ length: 10 }, (_, n) => commit.run(() => insert(n))))
    expect([visible(), commit.commits()]).toEqual([10, 3])
  })

  test('undoes a write that throws and keeps its neighbours', async () => {
    const commit = start()
    const results = await Promise.allSettled([
      commit.run(() => insert(1)),
      commit.run(() => {
        insert(2)
        throw new Error('no')
      }),
      commit.run(() => insert(1)),
      commit.run(() => insert(3)),
    ])
    expect(results.map((one) => one.status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
    expect(reader.prepare('SELECT n FROM item ORDER BY n').pluck().all()).toEqual([1, 3])
  })

  test('answers nobody of a group whose commit fails, and works again afterwards', async () => {
    const commit = start()
    database.exec(
      'CREATE TABLE parent (id INTEGER PRIMARY KEY); CREATE TABLE child (p REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)',
    )
    database.pragma('foreign_keys = ON')
    const results = await Promise.allSettled([
      commit.run(() => insert(1)),
      commit.run(() => void database.exec('INSERT INTO child VALUES (42)')),
    ])
    expect(results.map((one) => one.status)).toEqual(['rejected', 'rejected'])
    expect(visible()).toBe(0)
    await commit.run(() => insert(7))
    expect(visible()).toBe(1)
  })

  test('gives each group a later instant than the one before, even when the clock stands or runs backwards', async () => {
    const commit = start()
    const instants: number[] = []
    for (const clock of [4_000, 4_000, 9_000, 8_000]) {
      nowMs = clock
      instants.push(await commit.run((atMs) => atMs))
    }
    expect(instants).toEqual([5_001, 5_002, 9_000, 9_001])
  })
})
