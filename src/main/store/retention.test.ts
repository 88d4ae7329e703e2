import type Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { historyBench } from '#test/support/history-bench.ts'
import { daysAgo } from '#test/support/history-past.ts'
import { historyRules } from './history-rules.ts'
import { createRetention, type Retention } from './retention.ts'

const at = daysAgo(0)

function measureAll(retention: Retention): void {
  while (retention.measureNext(at));
}

/** Removes everything that may be removed, in pieces of 7 rows. */
function removeAll(retention: Retention): void {
  measureAll(retention)
  for (let part = retention.oldest('9999'); part; part = retention.oldest('9999')) retention.prune(part, 7, at)
}

function bytesInFile(db: Database.Database, table: string): number {
  const sum = db
    .prepare<[string, string], number>('select sum(pgsize) from dbstat where name glob ? or name glob ?')
    .pluck()
  return sum.get(`${table}*`, `sqlite_autoindex_${table}_*`) ?? 0
}

function expectAbout(bytes: number, inFile: number): void {
  expect(bytes / inFile).toBeGreaterThan(0.85)
  expect(bytes / inFile).toBeLessThan(1.15)
}

/** An integration that ran twice since, so that none of its other runs is the latest. */
function withPast() {
  const bench = historyBench()
  bench.addRun({ id: 'old', daysAgo: 400, records: 20 })
  bench.addRun({ id: 'paused', daysAgo: 390, records: 20, state: 'paused' })
  bench.addRun({ id: 'latest', daysAgo: 380, records: 20 })
  return bench
}

describe('what history takes', () => {
  it.each([20, 300, 900, 1_600, 6_000])(
    'is known from a sample, about as the file says, for items of %i bytes',
    (itemBytes) => {
      const { store, db, addPlan } = historyBench()
      addPlan({ id: '5f3b7d0e-1c2a-4b55-9f6e-0a1b2c3d4e5f', daysAgo: 3, items: 1_000, itemBytes, state: 'discarded' })
      measureAll(store.retention)
      expectAbout(store.retention.bytes(), bytesInFile(db, 'plan_item'))
    },
  )

  it.each([0, 200, 1_200, 9_000])(
    'is known from a sample, about as the file says, for records with %i bytes more',
    (noteBytes) => {
      const { store, db, addRun } = historyBench()
      addRun({ id: 'a', daysAgo: 3, records: 1_000 })
      db.exec(`update run_record set reason = '{"code":"x","message":"${'y'.repeat(noteBytes)}"}' where run = 1`)
      db.exec('vacuum')
      measureAll(store.retention)
      expectAbout(store.retention.bytes(), bytesInFile(db, 'run_record'))
      expect(store.retention.oldestAt()).toBe(daysAgo(3))
    },
  )

  it('counts only what has ended', () => {
    const { store, addRun, addPlan } = historyBench()
    addRun({ id: 'a', daysAgo: 3, records: 50, state: 'running' })
    addPlan({ id: 'p', daysAgo: 3, items: 50, state: 'ready' })
    measureAll(store.retention)
    expect([store.retention.bytes(), store.retention.oldestAt()]).toEqual([0, null])
  })

  it('is as old as its last record, and no older than the run before it', () => {
    const { store, db, addRun } = historyBench()
    addRun({ id: 'a', daysAgo: 30, records: 5 })
    db.exec(`update run_record set at = '${daysAgo(20)}' where seq = 5`)
    // The clock of the computer said the year 1999 for a day.
    addRun({ id: 'b', daysAgo: 10_000, records: 5 })
    // And 2040 for another.
    addRun({ id: 'c', daysAgo: -5_000, records: 5 })
    measureAll(store.retention)
    const untils = db.prepare('select history_until from run order by number').pluck().all()
    expect(untils).toEqual([daysAgo(20), daysAgo(20), at])
  })
})

describe('removing history', () => {
  it('takes the records of a run in pieces, and the run says so from the first piece on', () => {
    const { store, addRun, rowsOf } = historyBench()
    addRun({ id: 'old', daysAgo: 400, records: 20 })
    addRun({ id: 'latest', daysAgo: 1, records: 20 })
    measureAll(store.retention)
    const part = store.retention.oldest(daysAgo(365))
    if (!part) throw new Error('nothing is old')
    expect(store.retention.prune(part, 15, at)).toEqual({ removedRows: 15, isDone: false })
    expect([rowsOf('old'), store.runs.get('old')?.historyPrunedAt]).toEqual([5, at])
    expect(store.retention.prune(part, 15, daysAgo(-1))).toEqual({ removedRows: 5, isDone: true })
    expect([rowsOf('old'), rowsOf('latest'), store.retention.oldest(daysAgo(365))]).toEqual([0, 20, undefined])
    expect(store.runs.get('old')).toMatchObject({ state: 'finished', counts: { updated: 20 }, historyPrunedAt: at })
    expect(store.runs.get('latest')).not.toHaveProperty('historyPrunedAt')
  })

  it('never takes a run that has not ended, nor the latest of an integration', () => {
    const { store, rowsOf } = withPast()
    removeAll(store.retention)
    expect([rowsOf('old'), rowsOf('paused'), rowsOf('latest')]).toEqual([0, 20, 20])
  })

  it('never takes a run that has an open write', () => {
    const { store, db, rowsOf } = withOpenWrite()
    removeAll(store.retention)
    expect(rowsOf('old')).toBe(20)
    db.exec('delete from intent')
    removeAll(store.retention)
    expect(rowsOf('old')).toBe(0)
  })

  it('takes the items of plans that are over, never of those that may still be carried out', () => {
    const { store, rowsOf } = withPlans()
    removeAll(store.retention)
    expect(Object.fromEntries(planIds.map((id) => [id, rowsOf(id)]))).toEqual({
      applied: 0,
      discarded: 0,
      failed: 0,
      'run ended': 0,
      making: 9,
      ready: 9,
      'run not begun': 9,
      'run paused': 9,
    })
    expect(store.plans.get('applied')?.historyPrunedAt).toBe(at)
    expect(store.plans.get('ready')).not.toHaveProperty('historyPrunedAt')
  })
})

describe('twins that show that these tests can fail', () => {
  const { run, plan } = historyRules
  const any = 'true'

  it('without heed to what has ended, a paused run loses its records', () => {
    const { db, rowsOf } = withPast()
    removeAll(createRetention(db, { plan, run: { ...run, isOver: any } }))
    expect(rowsOf('paused')).toBe(0)
  })

  it('without sparing it, the latest run is gone', () => {
    const { db, rowsOf } = withPast()
    removeAll(createRetention(db, { plan, run: { ...run, isSpared: 'false' } }))
    expect(rowsOf('latest')).toBe(0)
  })

  it('without heed to open writes, their run loses its records', () => {
    const { db, rowsOf } = withOpenWrite()
    removeAll(createRetention(db, { plan, run: { ...run, isOver: `o.state = 'finished'` } }))
    expect(rowsOf('old')).toBe(0)
  })

  it('without heed to their state, plans that may still be carried out lose their items', () => {
    const { db, rowsOf } = withPlans()
    removeAll(createRetention(db, { run, plan: { ...plan, isOver: any } }))
    expect(planIds.map(rowsOf)).toEqual(planIds.map(() => 0))
  })
})

const planIds = ['applied', 'discarded', 'failed', 'run ended', 'making', 'ready', 'run not begun', 'run paused']

function withOpenWrite() {
  const bench = withPast()
  bench.db.exec(`
    insert into integration_number(number, id) values (1, 'customers');
    insert into intent(run, integration, source_stream, source_id, source_base, destination_stream, operation, write_class,
      idempotency_key, request, after, facts, state)
    values (1, 1, 1, 's', '{}', 2, 'create', 'N', 'k', 'POST', '{}', '{}', 'held')`)
  return bench
}

function withPlans() {
  const bench = historyBench()
  const states = ['applied', 'discarded', 'failed', 'approved', 'making', 'ready', 'approved', 'approved']
  planIds.forEach((id, index) => {
    bench.addPlan({ id, daysAgo: 400, items: 9, state: states[index] ?? '' })
  })
  bench.addRun({ id: 'failed run', daysAgo: 400, records: 0, state: 'failed', planId: 'run ended' })
  bench.addRun({ id: 'paused run', daysAgo: 400, records: 0, state: 'paused', planId: 'run paused' })
  return bench
}
