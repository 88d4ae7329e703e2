/**
 * How a commit gets to the disk. Everything waits for it (`synchronous = FULL`), except the journal: intents are flushed
 * before anything leaves (`wal-flush.ts`), and answers need not be on the disk at once: should the power fail before,
 * the intent still stands as sent and is found out like any other.
 */
import type Database from 'better-sqlite3'

export interface Durability {
  /** The commits that follow do not wait for the disk. */
  readonly relax: () => void
  /** The commits that follow are on the disk when they return. */
  readonly insist: () => void
}

/** The setting is changed only where it differs: SQLite parses it anew every time, which costs more than a small write. */
export function createDurability(db: Database.Database): Durability {
  let isStrict: boolean | undefined
  const set = (wanted: boolean): void => {
    if (isStrict === wanted) return
    // SQLite refuses the change inside a transaction, which keeps the level it began with.
    if (db.inTransaction) return
    db.pragma(`synchronous = ${wanted ? 'FULL' : 'NORMAL'}`)
    isStrict = wanted
  }
  return { relax: () => set(false), insist: () => set(true) }
}
