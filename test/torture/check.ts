/**
 * Compares what the service was asked to hold with what it holds, from the service's own file. Of Patchbay it is only
 * told which records it says are held.
 */
import Database from 'better-sqlite3'

export interface Findings {
  /** Source records that do not stand at the destination with their values, and are not excused by being held. */
  readonly lost: readonly string[]
  /** Records at the destination beyond the first one of each source record. */
  readonly duplicated: readonly string[]
  /** Writes that wait for a person. */
  readonly held: readonly string[]
  /** Held by the journal and not shown by the run. */
  readonly unlisted: readonly string[]
}

export interface Held {
  /** By the journal. */
  readonly kept: readonly string[]
  /** By the run that came to its end. */
  readonly shown: readonly string[]
  /** Whether a record that is held may be absent or older (class N). */
  readonly excuses: boolean
}

interface Row {
  readonly id: string
  readonly copies: number
  readonly isEqual: number
}

const compare = `
  select s.id, count(r.id) as copies,
    coalesce(max(r.name is s.name and r.amount is s.amount and r.note is s.note), 0) as isEqual
  from source s left join record r on r.key = s.id group by s.id order by s.n`

export function checkService(path: string, held: Held): Findings {
  const db = new Database(path, { readonly: true })
  try {
    const rows = db.prepare<[], Row>(compare).all()
    const kept = new Set(held.kept)
    const shown = new Set(held.shown)
    const isExcused = (id: string): boolean => held.excuses && kept.has(id) && shown.has(id)
    return {
      lost: rows.filter((row) => row.isEqual === 0 && !isExcused(row.id)).map((row) => row.id),
      duplicated: rows.flatMap((row) => Array.from({ length: Math.max(0, row.copies - 1) }, () => row.id)),
      held: [...kept],
      unlisted: [...kept].filter((id) => !shown.has(id)),
    }
  } finally {
    db.close()
  }
}

/** Everything the service logged about one record, for a person who looks for the cause. */
export function historyOf(path: string, id: string): readonly string[] {
  const db = new Database(path, { readonly: true })
  try {
    const source = db.prepare('select * from source where id = ?').get(id)
    const records = db.prepare('select * from record where key = ?').all(id)
    const commits = db
      .prepare('select * from commit_log where record in (select id from record where key = ?) order by seq')
      .all(id)
    return [source, ...records, ...commits].map((row) => JSON.stringify(row))
  } finally {
    db.close()
  }
}
