/** Runs have an id for people and programs, and a small number that the wide tables carry. */
import type Database from 'better-sqlite3'

/** Answers the number of a run; 0 where there is no such run. The last one asked for is remembered. */
export function createRunNumbers(db: Database.Database): (runId: string) => number {
  const select = db.prepare<[string], number>('select number from run where id = ?').pluck()
  let last = { runId: '', number: 0 }
  return (runId) => {
    if (last.runId !== runId || last.number === 0) last = { runId, number: select.get(runId) ?? 0 }
    return last.number
  }
}
