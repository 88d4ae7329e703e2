/** History in figures: bytes a record, the time of every question about a long log, and how long a removal holds others up. */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { databaseName, openStore, type Store } from '#main/store/open-store.ts'
import type { RecordQuery } from '#main/store/record-log.ts'
import { pruneHistory } from '#main/use-cases/history/prune-history.ts'
import { searchRecords } from '#main/use-cases/search-records.ts'
import { historyNowMs, pastOf } from '../support/history-past.ts'
import { realClock } from '../support/real-clock.ts'
import { median } from './measure.ts'
import { temporaryFolder } from './prepare.ts'

const goalMs = 100
const goalBytes = 250

type Say = (line: string) => void

export async function measureHistory(rows: number, say: Say): Promise<void> {
  const folder = temporaryFolder()
  const store = openStore({ folder, nowMs: () => historyNowMs })
  const db = new Database(join(folder, databaseName))
  const { addRun } = pastOf(db)
  addRun({ id: 'old', daysAgo: 800, records: rows })
  addRun({ id: 'young', daysAgo: 5, records: Math.ceil(rows / 4) })
  db.exec(
    `update run_record set outcome = 'failed', reason = '{"code":"x","message":"y"}' where run = 1 and seq % 1000 = 7`,
  )
  sayBytes(db, say)
  await sayQuestions(store, rows, say)
  await sayRemoval(store, join(folder, databaseName), say)
  db.close()
  store.close()
}

function sayBytes(db: Database.Database, say: Say): void {
  const bytes =
    db.prepare<[], number>(`select sum(pgsize) from dbstat where name glob 'run_record*'`).pluck().get() ?? 0
  const count = db.prepare<[], number>('select count(*) from run_record').pluck().get() ?? 1
  const each = Math.round(bytes / count)
  say(`an update of one field in the log: ${each} bytes (goal ${goalBytes}: ${each <= goalBytes ? 'met' : 'MISSED'})`)
}

async function sayQuestions(store: Store, rows: number, say: Say): Promise<void> {
  const questions: readonly (readonly [string, Partial<RecordQuery>])[] = [
    ['first page', {}],
    ['a page in the middle', { afterSeq: rows / 2 }],
    ['failed only, one in 1,000', { outcome: 'failed' }],
    ['an outcome there is none of', { outcome: 'held' }],
    ['search, 100 found at once', { search: 'R-7' }],
    ['search, the last record', { search: `R-${rows}` }],
  ]
  for (const [name, query] of questions) {
    const times: number[] = []
    const pieces: number[] = []
    for (let round = 0; round < 5; round += 1) times.push(await askOnce(store, query, pieces))
    const time = median(times)
    const verdict = time <= goalMs ? 'met' : 'MISSED'
    const longest = Math.max(...pieces).toFixed(1)
    say(`  ${name}: ${time.toFixed(1)} ms (goal ${goalMs}: ${verdict}), others wait ${longest} ms at most`)
  }
}

async function askOnce(store: Store, query: Partial<RecordQuery>, pieces: number[]): Promise<number> {
  const page = timed(store.records.page, pieces)
  const whole = { runId: 'old', afterSeq: 0, limit: 100, ...query }
  const startMs = performance.now()
  if (query.search) await searchRecords({ ...store.records, page }, whole, new AbortController().signal)
  else page(whole)
  return performance.now() - startMs
}

async function sayRemoval(store: Store, path: string, say: Say): Promise<void> {
  const [removals, vacuums]: [number[], number[]] = [[], []]
  const watched = {
    ...store,
    retention: { ...store.retention, prune: timed(store.retention.prune, removals) },
    space: { ...store.space, giveBack: timed(store.space.giveBack, vacuums) },
  }
  const before = statSync(path).size
  const startMs = performance.now()
  const clock = { ...realClock, now: () => historyNowMs + Math.round(performance.now() - startMs) }
  const { rowCount } = await pruneHistory({ store: watched, clock, isBusy: () => false }, new AbortController().signal)
  const seconds = (performance.now() - startMs) / 1000
  say(`removing ${rowCount.toLocaleString('en')} records: ${seconds.toFixed(1)} s`)
  say(`  pieces of removal: ${spread(removals)}`)
  say(`  pieces of giving back: ${spread(vacuums)}`)
  const { fileBytes } = store.space.sizes()
  say(`  the file: ${Math.round(before / 1e6)} MB before, ${Math.round(fileBytes / 1e6)} MB after`)
}

function spread(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number): string => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(1)
  return `${sorted.length}, median ${at(0.5)} ms, 95 % below ${at(0.95)} ms, longest ${at(1)} ms`
}

function timed<Args extends readonly unknown[], Result>(work: (...args: Args) => Result, times: number[]) {
  return (...args: Args): Result => {
    const startMs = performance.now()
    const result = work(...args)
    times.push(performance.now() - startMs)
    return result
  }
}
