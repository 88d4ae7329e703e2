/**
 * Tells a database that was put back to an earlier state from one that has gone on: it grows older with each start and
 * stop, and how old it is stands in a file beside it as well. A database younger than that file has lost what happened
 * since: links, deletions, writes. Nothing may be written from it before a person has looked.
 */
import type Database from 'better-sqlite3'
import { createMeta, type Meta } from './meta.ts'

const key = 'generation'
const restoredKey = 'restored-at'

/** The age of the database, outside of it. */
export interface AgeBeside {
  /** 0 where it was never written, or cannot be read. */
  readonly read: () => number
  readonly write: (age: number) => void
}

export interface Generation {
  /** At start and stop. */
  readonly advance: () => void
  /** When it was noticed that the database is an earlier one; null: never. */
  readonly restoredAt: () => string | null
}

/** Opens the count, and takes back every approval where the database is younger than it should be. */
export function openGeneration(db: Database.Database, beside: AgeBeside, nowMs: number): Generation {
  const meta = createMeta(db)
  if (beside.read() > within(meta)) distrust(db, meta, nowMs)
  const advance = (): void => {
    const next = Math.max(within(meta), beside.read()) + 1
    meta.set(key, String(next))
    beside.write(next)
  }
  advance()
  return { advance, restoredAt: () => meta.get(restoredKey) ?? null }
}

function within(meta: Meta): number {
  return Number(meta.get(key) ?? 0)
}

/**
 * Each integration needs a plan that somebody has looked at, and reads everything for it. What was being done may have
 * been done since: plans and runs are over, and writes that had not left count as uncertain.
 */
function distrust(db: Database.Database, meta: Meta, nowMs: number): void {
  const at = new Date(nowMs).toISOString()
  const endRuns = db.prepare<[string]>(
    `update run set state = 'cancelled', ended_at = coalesce(ended_at, ?) where state in ('running', 'paused', 'interrupted')`,
  )
  const doubt = db.prepare<[number, number]>(
    `update intent set state = 'uncertain', first_sent_at = coalesce(first_sent_at, ?), last_sent_at = coalesce(last_sent_at, ?) where state in ('ready', 'sent')`,
  )
  const work = db.transaction(() => {
    db.exec(`
      update definition set approved_version = null where kind = 'integration';
      delete from checkpoint;
      update plan set state = 'discarded' where state in ('making', 'ready', 'approved');`)
    endRuns.run(at)
    doubt.run(nowMs, nowMs)
    meta.set(restoredKey, at)
  })
  work.immediate()
}
