/** Removes history piece by piece: the records of runs and the items of plans, never the runs and plans themselves. */
import type Database from 'better-sqlite3'
import { createHistoryMeasure } from './history-measure.ts'
import { type HistoryRules, historyRules } from './history-rules.ts'
import { type HistoryKind, historyTables } from './history-tables.ts'

/** The records of a run, or the items of a plan. */
export interface HistoryPart {
  readonly kind: HistoryKind
  readonly key: number | string
  /** When the last of it happened, as an instant. */
  readonly until: string
}

export interface HistoryStep {
  readonly removedRows: number
  readonly isDone: boolean
}

export interface Retention {
  /** Measures one run or plan that is over and was not measured yet. Answers false when all are. */
  readonly measureNext: (at: string) => boolean
  /** About how many bytes all history that is over takes in the file. */
  readonly bytes: () => number
  /** When the last of the oldest part happened; null: there is no history. */
  readonly oldestAt: () => string | null
  /** The oldest part that may be removed and ended before this instant. */
  readonly oldest: (before: string) => HistoryPart | undefined
  /** Removes up to `rowCount` rows of it in one transaction and notes that it was done at `at`. */
  readonly prune: (part: HistoryPart, rowCount: number, at: string) => HistoryStep
  /** When the newest run began; null: there is none. */
  readonly newestRunAt: () => string | null
}

export function createRetention(db: Database.Database, rules = historyRules): Retention {
  const [runs, plans] = [createParts(db, 'run', rules.run), createParts(db, 'plan', rules.plan)]
  const newest = db.prepare<[], string | null>('select max(started_at) from run').pluck()
  return {
    measureNext: (at) => runs.measureNext(at) || plans.measureNext(at),
    bytes: () => runs.bytes() + plans.bytes(),
    oldestAt: () => [runs.first(), plans.first()].filter((at) => at !== null).toSorted()[0] ?? null,
    oldest: (before) =>
      [runs.oldest(before), plans.oldest(before)]
        .filter((part) => part !== undefined)
        .toSorted((a, b) => (a.until < b.until ? -1 : 1))[0],
    prune: (part, rowCount, at) => (part.kind === 'run' ? runs : plans).prune(part.key, rowCount, at),
    newestRunAt: () => newest.get() ?? null,
  }
}

function createParts(db: Database.Database, kind: HistoryKind, rules: HistoryRules) {
  const { key, rows } = historyTables[kind]
  const bytes = db
    .prepare<[], number>(`select coalesce(sum(history_bytes), 0) from ${kind} where history_bytes > 0`)
    .pluck()
  const first = db.prepare<[], string | null>(`select min(history_until) from ${kind} where history_bytes > 0`).pluck()
  const oldest = db.prepare<[string], Omit<HistoryPart, 'kind'>>(`
    select o.${key} as key, o.history_until as until from ${kind} o
    where o.history_bytes > 0 and o.history_until < ? and not (${rules.isSpared}) order by o.history_until limit 1`)
  const firstSeq = db
    .prepare<[number | string], number | null>(`select min(seq) from ${rows} where ${kind} = ?`)
    .pluck()
  const remove = db.prepare<[number | string, number]>(`delete from ${rows} where ${kind} = ? and seq < ?`)
  const mark = db.prepare<[string, number, number | string]>(`
    update ${kind} set history_pruned_at = coalesce(history_pruned_at, ?), history_bytes = iif(?, 0, history_bytes) where ${key} = ?`)

  // Noted with the first rows: whoever looks in between is told that records were removed.
  const prune = db.transaction((owner: number | string, rowCount: number, at: string): HistoryStep => {
    const { changes } = remove.run(owner, (firstSeq.get(owner) ?? 0) + rowCount)
    const isDone = (firstSeq.get(owner) ?? null) === null
    mark.run(at, isDone ? 1 : 0, owner)
    return { removedRows: changes, isDone }
  })

  return {
    measureNext: createHistoryMeasure(db, kind, rules),
    bytes: (): number => bytes.get() ?? 0,
    first: (): string | null => first.get() ?? null,
    oldest: (before: string): HistoryPart | undefined => {
      const found = oldest.get(before)
      return found && { kind, ...found }
    },
    prune: (owner: number | string, rowCount: number, at: string) => prune.immediate(owner, rowCount, at),
  }
}
