/** About how many bytes the records of a run, or the items of a plan, take in the file: by a sample of its rows. */
import type Database from 'better-sqlite3'
import type { HistoryRules } from './history-rules.ts'
import { type HistoryKind, historyTables } from './history-tables.ts'

const sampleRows = 64
/** B-tree pages that are filled in order stay about so much larger than what is in them. */
const pageFactor = 1.12

interface Unmeasured {
  readonly key: number | string
  readonly first: number | null
  readonly last: number | null
}

/**
 * Measures the next one that is over. It is as old as what happened last in it, but not older than the run before it,
 * and not of a time to come: a clock that was wrong for a day makes nothing old. Answers false when all are measured.
 */
export function createHistoryMeasure(
  db: Database.Database,
  kind: HistoryKind,
  rules: HistoryRules,
): (at: string) => boolean {
  const { key, rows, texts, localBytes, overheadBytes, until } = historyTables[kind]
  const next = db.prepare<[], Unmeasured>(`
    select o.${key} as key, (select min(seq) from ${rows} where ${kind} = o.${key}) as first,
      (select max(seq) from ${rows} where ${kind} = o.${key}) as last
    from ${kind} o where o.history_bytes is null and ${rules.isOver} order by o.${key} limit 1`)
  const sizes = db
    .prepare<[number | string, string], number>(
      `select octet_length(${texts}) from ${rows} where ${kind} = ? and seq in (select value from json_each(?))`,
    )
    .pluck()
  const save = db.prepare<[number, string, number | string]>(
    `update ${kind} as o set history_bytes = ?, history_until = min(?, ${until}) where o.${key} = ?`,
  )
  const bytesOf = ({ key: owner, first, last }: Unmeasured): number => {
    if (first === null || last === null) return 0
    const sample = sizes.all(owner, JSON.stringify(sampleOf(first, last)))
    const rowBytes = sample.reduce((sum, bytes) => sum + inFileBytes(bytes, localBytes), 0) / sample.length
    return Math.ceil((last - first + 1) * (rowBytes + overheadBytes))
  }
  return (at) => {
    const found = next.get()
    if (found) save.run(bytesOf(found), at, found.key)
    return found !== undefined
  }
}

/**
 * What a row of so many bytes takes in the file, by SQLite's file format ("Cell Payload Overflow Pages", pages of 4 kB):
 * what does not fit beside others fills pages of its own, and the rest stays only where it is short.
 */
function inFileBytes(rowBytes: number, localBytes: number): number {
  if (rowBytes <= localBytes) return rowBytes * pageFactor
  const leastLocalBytes = 489
  const [pageBytes, usableBytes] = [4_096, 4_092]
  const fullPages = Math.floor((rowBytes - leastLocalBytes) / usableBytes)
  const restBytes = leastLocalBytes + ((rowBytes - leastLocalBytes) % usableBytes)
  if (restBytes <= localBytes) return fullPages * pageBytes + restBytes * pageFactor
  return (fullPages + 1) * pageBytes + leastLocalBytes * pageFactor
}

/** Numbers from first to last, evenly spread. */
function sampleOf(first: number, last: number): readonly number[] {
  const step = Math.max(1, (last - first) / (sampleRows - 1))
  const count = Math.min(sampleRows, last - first + 1)
  return Array.from({ length: count }, (_, index) => Math.min(last, Math.round(first + index * step)))
}
