/**
 * Group commit: writes queue up and become durable together, in one transaction, before any of them is answered.
 * All writes of a group carry one instant that is later than that of every earlier group. A list ordered by
 * (changed at, id) therefore never gets a record before a place a reader has already passed.
 */
import type Database from 'better-sqlite3'

export interface GroupCommitOptions {
  readonly database: Database.Database
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Instant of the last group that is already stored. */
  readonly lastGroupAtMs: number
  /** How long a group waits before it is committed (0: until the event loop has taken in what already arrived). */
  readonly delayMs?: () => number
  readonly maxWrites?: number
}

export interface GroupCommit {
  /** Resolves once the write is on disk; rejects with what `write` threw (its own changes are undone) or when the commit failed. */
  readonly run: <Result>(write: (atMs: number) => Result) => Promise<Result>
  readonly commits: () => number
  /** Resolves when nothing is queued any more. */
  readonly drained: () => Promise<void>
}

interface Queued {
  readonly write: (atMs: number) => unknown
  readonly resolve: (result: unknown) => void
  readonly reject: (thrown: unknown) => void
}

type Settle = () => void

export function groupCommit(options: GroupCommitOptions): GroupCommit {
  const statement = (sql: string) => options.database.prepare(sql)
  const sql = {
    begin: statement('BEGIN IMMEDIATE'),
    commit: statement('COMMIT'),
    rollback: statement('ROLLBACK'),
    mark: statement('SAVEPOINT one_write'),
    undo: statement('ROLLBACK TO one_write'),
    unmark: statement('RELEASE one_write'),
  }
  const maxWrites = options.maxWrites ?? 100
  let queue: Queued[] = []
  let isScheduled = false
  let lastGroupAtMs = options.lastGroupAtMs
  let commitCount = 0
  let whenDrained: Array<() => void> = []

  function schedule(): void {
    if (isScheduled) return
    isScheduled = true
    const delayMs = options.delayMs?.() ?? 0
    if (delayMs > 0) setTimeout(flush, delayMs)
    else setImmediate(flush)
  }

  function runOne(item: Queued, atMs: number): Settle {
    sql.mark.run()
    try {
      const result = item.write(atMs)
      return () => item.resolve(result)
    } catch (thrown) {
      sql.undo.run()
      return () => item.reject(thrown)
    } finally {
      sql.unmark.run()
    }
  }

  function commitGroup(group: readonly Queued[]): Settle[] {
    const atMs = Math.max(options.now(), lastGroupAtMs + 1)
    try {
      sql.begin.run()
      const settles = group.map((item) => runOne(item, atMs))
      sql.commit.run()
      lastGroupAtMs = atMs
      commitCount += 1
      return settles
    } catch (thrown) {
      if (options.database.inTransaction) sql.rollback.run()
      return group.map((item) => () => item.reject(thrown))
    }
  }

  function flush(): void {
    isScheduled = false
    const group = queue.slice(0, maxWrites)
    queue = queue.slice(maxWrites)
    for (const settle of commitGroup(group)) settle()
    if (queue.length > 0) schedule()
    else {
      for (const resolve of whenDrained) resolve()
      whenDrained = []
    }
  }

  return {
    run: (write) =>
      new Promise((resolve, reject) => {
        // The queue holds writes of every result type; each `resolve` only ever gets the result of its own write.
        queue.push({ write, resolve: resolve as (result: unknown) => void, reject })
        schedule()
      }),
    commits: () => commitCount,
    drained: () => (isScheduled ? new Promise<void>((resolve) => whenDrained.push(resolve)) : Promise.resolve()),
  }
}
