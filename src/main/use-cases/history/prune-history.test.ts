import { statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { databaseName } from '#main/store/open-store.ts'
import { type HistoryBench, historyBench } from '#test/support/history-bench.ts'
import { historyNowMs } from '#test/support/history-past.ts'
import { historyFacts } from './history-facts.ts'
import { type PruneParts, pruneHistory } from './prune-history.ts'

const signal = new AbortController().signal
/** Never waits. */
const clock = { now: () => historyNowMs, sleep: async () => undefined }
const dayMs = 24 * 60 * 60_000

function partsOf({ store }: HistoryBench, change: Partial<PruneParts> = {}): PruneParts {
  return { store, clock, isBusy: () => false, ...change }
}

/** A run for each of these ages in days, and one of today. */
function withRuns(ages: readonly number[], records = 100): HistoryBench {
  const bench = historyBench()
  for (const age of ages) bench.addRun({ id: `${age} days`, daysAgo: age, records })
  bench.addRun({ id: 'today', daysAgo: 0, records })
  return bench
}

function kept({ rowsOf }: HistoryBench, ages: readonly number[]): readonly number[] {
  return ages.filter((age) => rowsOf(`${age} days`) > 0)
}

describe('removing by age', () => {
  it('takes the records of runs older than history is kept, and leaves the runs', async () => {
    const ages = [800, 366, 364, 91, 5]
    const bench = withRuns(ages)
    expect(await pruneHistory(partsOf(bench), signal)).toEqual({ partCount: 2, rowCount: 200 })
    expect(kept(bench, ages)).toEqual([364, 91, 5])
    expect(bench.store.runs.list({ limit: 10 })).toHaveLength(6)
    expect(await pruneHistory(partsOf(bench), signal)).toEqual({ partCount: 0, rowCount: 0 })
  })

  it('takes nothing that can still be undone, whatever the settings say', async () => {
    const bench = withRuns([60])
    bench.store.settings.saveHistory({ historyDays: 30, undoDays: 90, historyMaxBytes: 1 })
    expect(await pruneHistory(partsOf(bench), signal)).toEqual({ partCount: 0, rowCount: 0 })
  })
})

describe('removing by size', () => {
  it('takes the oldest first, until the rest is small enough', async () => {
    const ages = [300, 250, 200, 150]
    const bench = withRuns(ages)
    bench.store.settings.saveHistory({ historyDays: 365, undoDays: 90, historyMaxBytes: 60_000 })
    await pruneHistory(partsOf(bench), signal)
    expect(kept(bench, ages)).toEqual([200, 150])
    expect(bench.store.retention.bytes()).toBeLessThan(60_000)
  })

  it('never takes what can still be undone, and says so', async () => {
    const ages = [300, 92, 90, 89, 10]
    const bench = withRuns(ages)
    bench.store.settings.saveHistory({ historyDays: 365, undoDays: 90, historyMaxBytes: 1 })
    await pruneHistory(partsOf(bench), signal)
    expect(kept(bench, ages)).toEqual([90, 89, 10])
    expect(historyFacts(bench.store, historyNowMs).isOverLimit).toBe(true)
  })

  it('twin: without that floor, what can still be undone is gone', async () => {
    const ages = [300, 89, 10]
    const bench = withRuns(ages)
    bench.store.settings.saveHistory({ historyDays: 365, undoDays: 90, historyMaxBytes: 1 })
    await pruneHistory(partsOf(bench, { cutoffs: () => ({ byAge: '', bySize: '9999' }) }), signal)
    expect(kept(bench, ages)).toEqual([])
  })
})

describe('a clock that shows a wrong year', () => {
  const wrong = { ...clock, now: () => historyNowMs + 3_650 * dayMs }

  it('makes nothing old', async () => {
    const bench = withRuns([100, 50])
    await pruneHistory(partsOf(bench, { clock: wrong }), signal)
    expect(kept(bench, [100, 50])).toEqual([100, 50])
  })

  it('twin: taken at its word, it costs the history', async () => {
    const bench = withRuns([100, 50])
    bench.store.meta.set('history-clock', new Date(wrong.now()).toISOString())
    await pruneHistory(partsOf(bench, { clock: wrong }), signal)
    expect(kept(bench, [100, 50])).toEqual([])
  })

  it('delays by some days where the computer was off for a year', async () => {
    const bench = withRuns([100])
    const later = { ...clock, now: () => historyNowMs + 300 * dayMs }
    for (let day = 0; day < 60 && kept(bench, [100]).length > 0; day += 1)
      await pruneHistory(partsOf(bench, { clock: later }), signal)
    expect(kept(bench, [100])).toEqual([])
  })
})

describe('what else stands in the database', () => {
  it('is the same before and after', async () => {
    const bench = withRuns([800, 700])
    fillOtherTables(bench)
    const before = contentsOf(bench)
    expect(await pruneHistory(partsOf(bench), signal)).toMatchObject({ rowCount: 200 })
    expect(contentsOf(bench)).toEqual(before)
    expect(bench.db.pragma('integrity_check', { simple: true })).toBe('ok')
  })

  it('twin: a pruner that takes more is seen', async () => {
    const bench = withRuns([800, 700])
    fillOtherTables(bench)
    const before = contentsOf(bench)
    bench.db.exec('delete from tombstone')
    expect(contentsOf(bench)).not.toEqual(before)
  })
})

describe('the file', () => {
  it('gives the space of what was removed back to the disk, with what is kept behind it', async () => {
    const bench = withRuns([800], 40_000)
    const path = join(bench.folder, databaseName)
    const sizeBytes = (): number => {
      bench.db.pragma('wal_checkpoint(TRUNCATE)')
      return statSync(path).size
    }
    const before = sizeBytes()
    await pruneHistory(partsOf(bench), signal)
    // Seven megabytes were removed; four of them stay in the file for the next run.
    expect([before > 14_000_000, before - sizeBytes() > 2_700_000]).toEqual([true, true])
    expect(bench.store.space.freePages()).toBeLessThanOrEqual(1_000)
    expect([bench.rowsOf('today'), bench.db.pragma('integrity_check', { simple: true })]).toEqual([40_000, 'ok'])
  })
})

describe('a removal that is stopped', () => {
  it('ends after the piece under way and goes on the next time', async () => {
    const bench = withRuns([800, 700], 5_000)
    const ending = new AbortController()
    const stopping = {
      ...clock,
      sleep: async () => {
        if (bench.rowsOf('800 days') < 5_000) ending.abort()
      },
    }
    const first = await pruneHistory(partsOf(bench, { clock: stopping }), ending.signal)
    expect(first.partCount).toBe(0)
    expect(bench.rowsOf('800 days')).toBe(5_000 - first.rowCount)
    expect(bench.store.runs.get('800 days')?.historyPrunedAt).toBeDefined()
    expect(await pruneHistory(partsOf(bench), signal)).toEqual({ partCount: 2, rowCount: 10_000 - first.rowCount })
  })
})

/** A row or two in every table that history has no business with. */
function fillOtherTables({ db }: HistoryBench): void {
  db.exec(`
    insert into integration_number(number, id) values (1, 'customers');
    insert into stream(id, connection, object) values (1, 'shop', 'customer'), (2, 'crm', 'contact');
    insert into member(stream, external_id, cluster) values (1, 'R-1', 1), (2, 'con_1', 1);
    insert into agreement values (1, 1, 1, '{}', x'00', null, 1), (1, 1, 2, '{}', x'00', null, 1);
    insert into cluster(id, state) values (2, 'deleted');
    insert into tombstone values (1, 'R-9', 2, 'gone', '2020-01-01');
    insert into decision(integration, stream, external_id, kind, label, decided_at) values ('customers', 1, 'R-8', 'skip', 'Ann', '2020-01-01');
    insert into correction values ('customers', 1, 'R-7', 'phone', '"a"', '"b"', 'Bo', '2020-01-01');
    insert into failed_record(integration, stream, external_id, snapshot, reason, first_at, last_at, attempts)
      values ('customers', 1, 'R-6', '{}', '{}', '2020-01-01', '2020-01-01', 3);
    insert into checkpoint(integration, stream, since, settings_hash) values ('customers', 1, '2020-01-01', 'h');
    insert into intent(run, integration, source_stream, source_id, source_base, destination_stream, operation, write_class,
      idempotency_key, request, after, facts, state)
      select number, 1, 1, 'R-5', '{}', 2, 'create', 'N', 'k', 'POST', '{}', '{}', 'held' from run where id = 'today';`)
}

/** Every row of every table, without the records and what is noted about them. */
function contentsOf({ db }: HistoryBench): Readonly<Record<string, readonly unknown[]>> {
  const tables = db
    .prepare<[], string>(
      `select name from sqlite_schema where type = 'table' and name not in ('run_record', 'plan_item', 'meta')`,
    )
    .pluck()
    .all()
  const withoutNotes = (row: object) => Object.entries(row).filter(([column]) => !column.startsWith('history_'))
  return Object.fromEntries(
    tables.map((table) => [table, db.prepare<[], object>(`select * from "${table}"`).all().map(withoutNotes)]),
  )
}
